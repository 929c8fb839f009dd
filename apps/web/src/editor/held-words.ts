import { compareSlots, type Edit, lengthOf, type Provision, type SlotKey, type Text, textOf } from '@parley/text';
import type { Fragment, Node as PmNode } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { allSlots, provisionAt, slotAt, slotValue, spotAt } from './nodes.ts';
import { caretAt } from './selection.ts';

interface ChangedSlot { readonly id: string; readonly key: SlotKey; readonly before: PmNode; readonly after: PmNode }

/** The slots in which two documents differ that have the same provisions. */
function changedSlots(before: PmNode, after: PmNode): ChangedSlot[] {
  return allSlots(after).flatMap(({ id, key, node }) => {
    const had = slotAt(before, id, key)?.node;
    return had && had !== node && !had.eq(node) ? [{ id, key, before: had, after: node }] : [];
  });
}

/** What the words on the screen are, written into the room that has those of `before`. */
export const editsBetween = (before: PmNode, after: PmNode): Edit[] =>
  changedSlots(before, after).map(({ id, key, before: had, after: has }) => ({ do: 'splice', id, key, from: 0, to: lengthOf(slotValue(had)), insert: slotValue(has) }));

/** Words that are on the screen of a slot and not in the room. */
export interface HeldWords { readonly id: string; readonly key: SlotKey; readonly words: string }

/** The words that one document has beyond another, slot by slot. */
export const wordsBetween = (before: PmNode, after: PmNode): HeldWords[] => changedSlots(before, after).flatMap(({ id, key, before: had, after: has }) => {
  const words = compareSlots(slotValue(had), slotValue(has)).map((hunk) => textOf(hunk.inserted)).join('');
  return words ? [{ id, key, words }] : [];
});

/** The text of the room with what is on the screen and not in it yet. */
export function shownText(text: Text, before: PmNode, after: PmNode): Text {
  const by = new Map(text.by);
  for (const { id, key, after: has } of changedSlots(before, after)) {
    const p: Provision | undefined = by.get(id);
    if (p) by.set(id, { ...p, slots: { ...p.slots, [key]: slotValue(has) } });
  }
  return { list: text.list, by };
}

/** Words that were taken off the screen for a moment: positions are those of the document without them. */
interface Held { readonly id: string; readonly key: SlotKey; readonly from: number; readonly to: number; readonly words: Fragment; readonly anchor: number; readonly head: number }

/** Takes off the screen what the room does not have; `before` is the document that the room has. */
function takeOff(tr: Transaction, before: PmNode): Held[] {
  const { anchor, head } = tr.selection;
  const held = changedSlots(before, tr.doc).map(({ id, key, before: had, after: has }) => {
    const from = had.content.findDiffStart(has.content)!, ends = had.content.findDiffEnd(has.content)!;
    const overlap = Math.max(0, from - Math.min(ends.a, ends.b)), to = ends.a + overlap, end = ends.b + overlap;
    const shown = slotAt(tr.doc, id, key)!.start, start = slotAt(before, id, key)!.start;
    return { id, key, from: start + from, to: start + to, words: has.content.cut(from, end), anchor: anchor - shown - from, head: head - shown - from, shown: shown + from, end: shown + end, had: had.content.cut(from, to) };
  });
  for (const { shown, end, had } of [...held].reverse()) tr.replaceWith(shown, end, had);
  return held;
}

/** Answers what has no place any more. */
function putOn(tr: Transaction, held: readonly Held[], since: number): Held[] {
  const homeless: Held[] = [];
  for (const one of [...held].reverse()) {
    const { id, from, to, words, anchor, head } = one;
    const mapping = tr.mapping.slice(since), at = mapping.map(from, -1), end = Math.max(at, mapping.map(to, 1));
    if (!provisionAt(tr.doc, id) || spotAt(tr.doc, at)?.id !== id || !tr.doc.resolve(at).sameParent(tr.doc.resolve(end))) { homeless.push(one); continue; }
    tr.replaceWith(at, end, words);
    const inside = (offset: number): boolean => offset >= 0 && offset <= words.size;
    if (inside(anchor) && inside(head)) tr.setSelection(caretAt(tr.doc, at + anchor, at + head));
  }
  return homeless;
}

/**
 * Lets `follow` bring a document to what the room has become, around words that are on the screen and not in the room: they stand again where they stood.
 * Answers the document that the room has now, and the words that have no place any more.
 */
export function aroundHeld(tr: Transaction, before: PmNode, follow: () => void): { readonly inRoom: PmNode; readonly homeless: readonly HeldWords[] } {
  const words = wordsBetween(before, tr.doc), held = takeOff(tr, before);
  const since = tr.steps.length;
  follow();
  const { doc } = tr;
  const gone = putOn(tr, held, since);
  return { inRoom: doc, homeless: words.filter(({ id, key }) => gone.some((one) => one.id === id && one.key === key)) };
}
