import { type Edit, type RoomView, writeEdits } from '@parley/text';
import type { EditorState, Transaction } from 'prosemirror-state';
import type * as Y from 'yjs';
import { differences, healed, type RoomEvent, roomRoot, roomToTransaction, touchedBy } from './from-room.ts';
import { caretAt } from './selection.ts';
import { transactionToRoom } from './to-room.ts';
import { Undo } from './undo.ts';

/** Set on every transaction that follows the room: ids it touched, and whether provisions came, went or moved. */
export const FOLLOWS = 'followsRoom';
export interface Follows { readonly touched: ReadonlySet<string>; readonly structure: boolean }

export interface BindingHost {
  readonly state: EditorState;
  /** Applies a transaction that follows the room. */
  follow(tr: Transaction): void;
}

/**
 * Keeps one editor's document and one room the same text (E1). Words go both ways step by step; structure goes one way, from the room: a
 * command writes edits, and the document follows. `view` must have been made on `room` before the binding.
 */
export class Binding {
  readonly undo: Undo;
  /** The origins of what this editor writes: the ones that undo follows. */
  readonly origins = { typing: { what: 'typing' }, structure: { what: 'structure' } };

  constructor(readonly room: Y.Doc, readonly view: RoomView, private readonly host: BindingHost, private readonly random: () => number) {
    this.undo = new Undo(room, this.origins);
    roomRoot(room).observeDeep(this.observe);
  }

  /** Writes a local transaction of text steps (see `lawful`) into the room. */
  write(tr: Transaction): void {
    if (tr.docChanged) transactionToRoom(tr, this.room, this.origins.typing, this.random);
  }

  /** Runs a structural command: one Yjs transaction, one undo step. */
  edit(edits: readonly Edit[]): void {
    if (edits.length > 0) this.undo.command(() => this.view.text, () => writeEdits(this.room, edits, this.random, this.origins.structure));
  }

  undoLast(): boolean {
    return this.undo.undo(this.view.text, this.writeBack);
  }

  redoLast(): boolean {
    return this.undo.redo(this.view.text, this.writeBack);
  }

  destroy(): void {
    roomRoot(this.room).unobserveDeep(this.observe);
    this.undo.destroy();
  }

  private readonly writeBack = (edits: readonly Edit[]): void => writeEdits(this.room, edits, this.random, 'undo');

  private readonly observe = (events: RoomEvent[], transaction: Y.Transaction): void => {
    if (transaction.origin === this.origins.typing) return;
    const tr = roomToTransaction(this.host.state.tr, events, this.view.text);
    if (this.undo.isOrigin(transaction.origin) && tr.docChanged) showChange(tr);
    if (differences(tr.doc, this.view.text).length > 0) healed(tr, this.view.text);
    if (!tr.docChanged) return;
    const follows: Follows = { touched: touchedBy(events), structure: tr.before.childCount !== tr.doc.childCount || events.some((e) => e.path.length < 2) };
    this.host.follow(tr.setMeta(FOLLOWS, follows).setMeta('addToHistory', false));
  };
}

/** After an undo the caret stands where words changed last. */
function showChange(tr: Transaction): void {
  const last = tr.mapping.maps.length - 1;
  let end = -1;
  tr.mapping.maps[last]?.forEach((_from, _to, _newFrom, newTo) => { end = newTo; });
  if (end >= 0) tr.setSelection(caretAt(tr.doc, end)).scrollIntoView();
}
