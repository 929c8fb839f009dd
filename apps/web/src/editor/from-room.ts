import { compareSlots, keptInPlace, type Provision, provisionsOf, ROOT, type Slot, type SlotKey, slotKeys, slotOf, type Text } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import * as Y from 'yjs';
import { inChunkAt } from './chunks.ts';
import { pmMarks, posOf, provisionAt, provisionNode, shows, slotAt, slotValue, spotAt, textNodes } from './nodes.ts';
import { caretAt } from './selection.ts';
import { schema } from './schema.ts';

export type RoomEvent = Y.YEvent<Y.AbstractType<unknown>>;

const MARKS = ['em', 'strong', 'ref'] as const;

const marksIn = (attributes: Record<string, unknown> | undefined) => {
  const names = [attributes?.em === true ? 'em' : '', attributes?.strong === true ? 'strong' : '', typeof attributes?.ref === 'string' ? `ref:${attributes.ref}` : ''];
  return pmMarks(names.filter(Boolean).sort().join(' ') || undefined);
};

/** Marks of words that stay: an attribute that is named is set or taken off. */
function remark(tr: Transaction, from: number, to: number, attributes: Record<string, unknown>): void {
  for (const name of MARKS.filter((n) => n in attributes)) {
    const value = attributes[name], type = schema.marks[name];
    if (value === null || value === undefined) tr.removeMark(from, to, type);
    else tr.addMark(from, to, name === 'ref' ? type.create({ id: value }) : type.create());
  }
}

/** A colleague's change of one text, step by step as it was made, so that carets and decorations beside it stay. */
function applyDelta(tr: Transaction, start: number, delta: Y.YEvent<Y.Text>['delta']): void {
  let at = start;
  for (const op of delta) {
    if (op.retain !== undefined) {
      if (op.attributes) remark(tr, at, at + op.retain, op.attributes);
      at += op.retain;
    } else if (op.delete !== undefined) tr.delete(at, at + op.delete);
    else if (typeof op.insert === 'string' && op.insert) {
      tr.replaceWith(at, at, schema.text(op.insert, marksIn(op.attributes)));
      at += op.insert.length;
    }
  }
}

const sum = (delta: Y.YEvent<Y.Text>['delta']): number => delta.reduce((n, op) => n + (op.retain ?? 0) + (op.delete ?? 0), 0);

function followText(tr: Transaction, event: RoomEvent): void {
  const [id, key] = event.path as [string, SlotKey];
  const slot = slotAt(tr.doc, id, key);
  const delta = (event as Y.YEvent<Y.Text>).delta;
  // Beyond the end: the document already shows another text under this key; `mend` will put it right by value.
  if (slot && sum(delta) <= slot.node.content.size) applyDelta(tr, slot.start, delta);
}

/** Makes a slot read `wanted` by as few steps as the words differ in. */
function mendSlot(tr: Transaction, start: number, has: Slot, wanted: Slot): void {
  for (const h of [...compareSlots(has, wanted)].reverse()) tr.replaceWith(start + h.from, start + h.to, textNodes(h.inserted));
}

/** Makes the node of a provision show `p`. */
function mend(tr: Transaction, p: Provision): void {
  const place = provisionAt(tr.doc, p.id);
  if (!place || shows(place.node, p)) return;
  const keys = slotKeys(p.kind);
  const sameSlots = place.node.childCount === keys.length && keys.every((key, i) => place.node.child(i).attrs.key === key);
  if (!sameSlots) { tr.replaceWith(place.pos, place.pos + place.node.nodeSize, provisionNode(p).mark(place.node.marks)); return; }
  for (const key of keys) {
    const slot = slotAt(tr.doc, p.id, key)!;
    mendSlot(tr, slot.start, slotValue(slot.node), slotOf(p, key));
  }
  const attrs = { ...place.node.attrs, kind: p.kind, label: p.label, level: p.level };
  if ((['kind', 'label', 'level'] as const).some((name) => place.node.attrs[name] !== p[name])) tr.setNodeMarkup(place.pos, undefined, attrs);
}

const idsOf = (doc: PmNode): string[] => doc.children.map((node) => node.attrs.id as string);
const asList = (ids: readonly string[]): Text => ({ list: ids, by: new Map(ids.map((id) => [id, {} as Provision])) });

/** Removes, moves and adds provisions until the document has those of `text` in its order; the others' nodes stay as they are. */
function followList(tr: Transaction, text: Text): void {
  const ids = idsOf(tr.doc);
  if (ids.length === text.list.length && ids.every((id, i) => id === text.list[i])) return;
  const kept = keptInPlace(asList(ids), text), nodes = new Map(tr.doc.children.map((node) => [node.attrs.id as string, node]));
  for (const id of ids.filter((one) => !kept.has(one))) {
    const place = provisionAt(tr.doc, id)!;
    tr.delete(place.pos, place.pos + place.node.nodeSize);
  }
  let pos = 0;
  provisionsOf(text).forEach((p, index) => {
    if (!kept.has(p.id)) tr.insert(pos, inChunkAt(tr.doc, index, nodes.get(p.id) ?? provisionNode(p)));
    pos += tr.doc.child(index).nodeSize;
  });
}

/** Keeps caret and selection on the same words while provisions move under them. */
function keepingSelection(tr: Transaction, change: () => void): void {
  const { anchor, head } = tr.selection;
  const [a, h] = [anchor, head].map((pos) => (tr.doc.content.size > 0 ? spotAt(tr.doc, pos) : null));
  change();
  const anchorNow = a ? posOf(tr.doc, a) : null, headNow = h ? posOf(tr.doc, h) : null;
  if (anchorNow !== null && headNow !== null) tr.setSelection(caretAt(tr.doc, anchorNow, headNow));
}

/**
 * Lets `tr` follow the events of one Yjs transaction of the room whose text is now `text`. Words follow the events, structure follows the
 * text; at the end every touched provision shows what the room holds, whatever the events said.
 */
export function roomToTransaction(tr: Transaction, events: readonly RoomEvent[], text: Text): Transaction {
  const isText = (event: RoomEvent) => event.target instanceof Y.Text && event.path.length === 2;
  for (const event of events.filter(isText)) followText(tr, event);
  if (events.some((event) => !isText(event))) keepingSelection(tr, () => followList(tr, text));
  for (const id of touchedBy(events)) {
    const p = text.by.get(id);
    if (p) mend(tr, p);
  }
  return tr;
}

/** Ids that the events name. */
export function touchedBy(events: readonly RoomEvent[]): Set<string> {
  const out = new Set<string>();
  for (const event of events) {
    if (event.path.length > 0) out.add(String(event.path[0]));
    else for (const id of event.keys.keys()) out.add(id);
  }
  return out;
}

/** Provisions in which the document differs from the room; empty always, and in tests asserted to be. */
export function differences(doc: PmNode, text: Text): string[] {
  const ids = idsOf(doc);
  if (ids.length !== text.list.length || ids.some((id, i) => id !== text.list[i])) return [...ids, ...text.list];
  return provisionsOf(text).filter((p, i) => !shows(doc.child(i), p)).map((p) => p.id);
}

/** Brings a document that has parted from its room back to it: whatever differs is drawn again. */
export function healed(tr: Transaction, text: Text): Transaction {
  keepingSelection(tr, () => {
    followList(tr, text);
    for (const p of provisionsOf(text)) mend(tr, p);
  });
  return tr;
}

export const roomRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(ROOT);
