import { type Edit, type RoomView, type Text, writeEdits } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import type * as Y from 'yjs';
import { differences, healed, type RoomEvent, roomRoot, roomToTransaction, touchedBy } from './from-room.ts';
import { aroundHeld, editsBetween, type HeldWords, shownText, wordsBetween } from './held-words.ts';
import { caretAt } from './selection.ts';
import { transactionToRoom } from './to-room.ts';
import { Undo } from './undo.ts';

/** Set on every transaction that follows the room: ids it touched, and whether provisions came, went or moved. */
export const FOLLOWS = 'followsRoom';
export interface Follows { readonly touched: ReadonlySet<string>; readonly structure: boolean }

export interface BindingContext {
  readonly state: EditorState;
  /** Applies a transaction that follows the room. */
  follow(tr: Transaction): void;
  /** Words are held back from the room, or none any more. */
  heldBack(now: boolean): void;
  /** Words that were held back have no place any more: others removed it. */
  homeless(words: readonly HeldWords[]): void;
}

/**
 * Keeps one editor's document and one room the same text (E1). Words go both ways step by step; structure goes one way, from the room: a
 * command writes edits, and the document follows. `view` must have been made on `room` before the binding.
 */
export class Binding {
  readonly undo: Undo;
  /** The origins of what this editor writes: the ones that undo follows. */
  readonly origins = { typing: { what: 'typing' }, structure: { what: 'structure' } };
  /** While words are held back: the document that the room has. */
  private inRoom: PmNode | null = null;

  constructor(readonly room: Y.Doc, readonly view: RoomView, private readonly context: BindingContext, private readonly random: () => number) {
    this.undo = new Undo(room, this.origins);
    roomRoot(room).observeDeep(this.observe);
  }

  /** Writes a local transaction of text steps (see `normalizeTransaction`) into the room, unless words are held back. */
  write(tr: Transaction): void {
    if (tr.docChanged && !this.inRoom) transactionToRoom(tr, this.room, this.origins.typing, this.random);
  }

  /** From now on what is written stays on the screen, until `letGo`: what an input method composes is not text yet. */
  holdBack(): void {
    this.inRoom ??= this.context.state.doc;
    this.context.heldBack(true);
  }

  get holdsBack(): boolean {
    return this.inRoom !== null;
  }

  /** Writes what was held back: one change, one step of undo. */
  letGo(): void {
    const { inRoom } = this;
    this.inRoom = null;
    const edits = inRoom ? editsBetween(inRoom, this.context.state.doc) : [];
    if (edits.length > 0) this.undo.alone(() => writeEdits(this.room, edits, this.random, this.origins.typing));
    // Told last: between the two nothing may be called saved.
    if (inRoom) this.context.heldBack(false);
  }

  /** Ends holding back where nothing can be written any more; answers the words that were held. */
  giveUp(): HeldWords[] {
    const { inRoom } = this;
    this.inRoom = null;
    if (inRoom) this.context.heldBack(false);
    return inRoom ? wordsBetween(inRoom, this.context.state.doc) : [];
  }

  /** The room's text for a command to work on: nothing is held back from it. */
  get text(): Text {
    this.letGo();
    return this.view.text;
  }

  /** The text on the screen. */
  get shown(): Text {
    return this.inRoom ? shownText(this.view.text, this.inRoom, this.context.state.doc) : this.view.text;
  }

  /** Runs a structural command: one Yjs transaction, one undo step. */
  edit(edits: readonly Edit[]): void {
    this.letGo();
    if (edits.length > 0) this.undo.command(() => this.view.text, () => writeEdits(this.room, edits, this.random, this.origins.structure));
  }

  /** Runs something that can be taken back as one, until something else is done (see `Undo.asOne`). */
  asOne(run: () => void): () => boolean {
    this.letGo();
    return this.undo.asOne(run, () => this.undoLast());
  }

  undoLast(): boolean {
    return this.undo.undo(this.text, this.writeBack);
  }

  redoLast(): boolean {
    return this.undo.redo(this.text, this.writeBack);
  }

  destroy(): void {
    roomRoot(this.room).unobserveDeep(this.observe);
    this.undo.destroy();
  }

  private readonly writeBack = (edits: readonly Edit[]): void => writeEdits(this.room, edits, this.random, 'undo');

  private readonly observe = (events: RoomEvent[], transaction: Y.Transaction): void => {
    if (transaction.origin === this.origins.typing) return;
    const { tr } = this.context.state, follow = (): void => this.followRoom(tr, events, transaction.origin);
    const around = this.inRoom ? aroundHeld(tr, this.inRoom, follow) : follow();
    if (around) this.inRoom = around.inRoom;
    if (around && around.homeless.length > 0) this.context.homeless(around.homeless);
    if (!tr.docChanged) return;
    const follows: Follows = { touched: touchedBy(events), structure: tr.before.childCount !== tr.doc.childCount || events.some((e) => e.path.length < 2) };
    this.context.follow(tr.setMeta(FOLLOWS, follows).setMeta('addToHistory', false));
  };

  private followRoom(tr: Transaction, events: RoomEvent[], origin: unknown): void {
    roomToTransaction(tr, events, this.view.text);
    if (this.undo.isOrigin(origin) && tr.docChanged) showChange(tr);
    if (differences(tr.doc, this.view.text).length > 0) healed(tr, this.view.text);
  }
}

/** After an undo the caret stands where words changed last. */
function showChange(tr: Transaction): void {
  const last = tr.mapping.maps.length - 1;
  let end = -1;
  tr.mapping.maps[last]?.forEach((_from, _to, _newFrom, newTo) => { end = newTo; });
  if (end >= 0) tr.setSelection(caretAt(tr.doc, end)).scrollIntoView();
}
