import { attributesOf, type Edit, EMPTY_SLOT, equalSlots, lengthOf, partsPair, type SlotKey, textAt, toSlot, writeEdits } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from 'prosemirror-transform';
import type * as Y from 'yjs';
import { slotAt, slotValue, spotAt, valueMarks } from './nodes.ts';
import { schema } from './schema.ts';

interface SlotRange { readonly id: string; readonly key: SlotKey; readonly node: PmNode; readonly from: number; readonly to: number }

/** The slots that `from..to` meets, with offsets. */
export function rangesIn(doc: PmNode, from: number, to: number): SlotRange[] {
  const out: SlotRange[] = [];
  doc.nodesBetween(from, to, (node, pos, provision) => {
    if (node.type !== schema.nodes.slot) return true;
    const start = pos + 1;
    out.push({ id: provision!.attrs.id as string, key: node.attrs.key as string, node, from: Math.max(0, from - start), to: Math.min(node.content.size, to - start) });
    return false;
  });
  return out;
}

/** The edits that take away what is selected, slot by slot, where it may be written. */
export const cutEdits = (doc: PmNode, from: number, to: number, writable: (id: string) => boolean): Edit[] =>
  rangesIn(doc, from, to).filter((range) => range.from < range.to && writable(range.id)).map((range) => ({ do: 'splice', id: range.id, key: range.key, from: range.from, to: range.to, insert: EMPTY_SLOT }));

/** True for a step that only changes words inside one slot, or their marks. */
export function isTextStep(step: Step, doc: PmNode): boolean {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return true;
  if (!(step instanceof ReplaceStep)) return false;
  const { from, to, slice } = step;
  if (slice.openStart > 0 || slice.openEnd > 0 || slice.content.content.some((node) => !node.isText)) return false;
  const $from = doc.resolve(from);
  return $from.parent.type === schema.nodes.slot && $from.sameParent(doc.resolve(to));
}

/** Writes a replacement as it was made; false when it would cut a character in two and the slot must be written by value. */
function writeReplace(room: Y.Doc, step: ReplaceStep, doc: PmNode): boolean {
  const spot = spotAt(doc, step.from)!;
  const text = textAt(room, spot.id, spot.key);
  const words = spot.slot.textContent, end = spot.offset + (step.to - step.from);
  const inserted = step.slice.content.textBetween(0, step.slice.content.size);
  const joint = words.slice(0, spot.offset) + inserted + words.slice(end);
  if (!text || text.length !== words.length || partsPair(words, spot.offset) || partsPair(words, end)) return false;
  if (partsPair(joint, spot.offset) || partsPair(joint, spot.offset + inserted.length)) return false;
  if (end > spot.offset) text.delete(spot.offset, end - spot.offset);
  let at = spot.offset;
  for (const node of step.slice.content.content) {
    text.insert(at, node.text!, attributesOf(valueMarks(node.marks)));
    at += node.text!.length;
  }
  return true;
}

function writeMark(room: Y.Doc, step: AddMarkStep | RemoveMarkStep, doc: PmNode): void {
  const name = step.mark.type.name;
  const value = step instanceof RemoveMarkStep ? null : name === 'ref' ? (step.mark.attrs.id as string) : true;
  for (const { id, key, from, to } of rangesIn(doc, step.from, step.to)) {
    const text = textAt(room, id, key);
    if (text && to > from && to <= text.length) text.format(from, to - from, { [name]: value });
  }
}

/** The slots a transaction touched, as the document after it has them. */
function touchedSlots(tr: Transaction): { id: string; key: SlotKey }[] {
  const out = new Map<string, { id: string; key: SlotKey }>();
  tr.steps.forEach((step, i) => {
    const { from, to } = step as ReplaceStep | AddMarkStep;
    for (const { id, key } of rangesIn(tr.docs[i]!, from, to)) out.set(`${id} ${key}`, { id, key });
  });
  return [...out.values()];
}

/**
 * Writes a transaction of text steps (see `normalizeTransaction`) into the room, in one Yjs transaction of `origin`: the very operations that were typed,
 * so that colleagues' concurrent words stay where they are. Afterwards each touched slot is compared with the document and, should it
 * differ, written by value: document and room never part.
 */
export function transactionToRoom(tr: Transaction, room: Y.Doc, origin: unknown, random: () => number): void {
  room.transact(() => {
    tr.steps.forEach((step, i) => {
      const doc = tr.docs[i]!;
      if (step instanceof ReplaceStep) writeReplace(room, step, doc);
      else if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) writeMark(room, step, doc);
    });
    for (const { id, key } of touchedSlots(tr)) {
      const place = slotAt(tr.doc, id, key), text = textAt(room, id, key);
      const wanted = place ? slotValue(place.node) : null, has = text ? toSlot(text) : [];
      if (wanted && !equalSlots(has, wanted)) writeEdits(room, [{ do: 'splice', id, key, from: 0, to: lengthOf(has), insert: wanted }], random, origin);
    }
  }, origin);
}
