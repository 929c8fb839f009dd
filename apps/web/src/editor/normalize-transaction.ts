import { cleanText, isCleanText, partsPair, SLOT_LIMIT } from '@parley/text';
import type { Node as PmNode } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import { AddMarkStep, RemoveMarkStep, type ReplaceStep } from 'prosemirror-transform';
import { allSlots, type SlotPlace } from './nodes.ts';
import { caretAt } from './selection.ts';
import { isTextStep, rangesIn } from './to-room.ts';

/** Why a local change did not enter the text. */
export type Refused = 'locked' | 'too-long' | 'not-read';

export interface NormalizedTransaction {
  /** What may enter instead of the transaction that was asked about; null: nothing. */
  readonly tr: Transaction | null;
  readonly refused: Refused | null;
}

/** Line breaks that are read from the screen: nobody wrote them, a browser put them there. What is pasted has none by now. */
const PLACEHOLDERS = /[\t-\r\u0085\u2028\u2029]/g;

const METAS = ['composition', 'paste', 'uiEvent', 'addToHistory'] as const;

/** Every slot's words, one after the other without a sign between them: joins and splits do not show in it. */
const flat = (slots: readonly SlotPlace[]): string => slots.map((s) => s.node.textContent).join('');

interface FlatChange { readonly from: number; readonly to: number; readonly inserted: string }

function flatChange(before: string, after: string): FlatChange {
  const shorter = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < shorter && before[head] === after[head]) head++;
  if (partsPair(before, head) || partsPair(after, head)) head--;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (partsPair(before, before.length - tail) || partsPair(after, after.length - tail)) tail--;
  return { from: head, to: before.length - tail, inserted: after.slice(head, after.length - tail) };
}

/**
 * The same change where the selection is, if it can be that: repeated words would let the plain difference slip aside, and the words of
 * another provision would go.
 */
function atSelection(state: EditorState, slots: readonly SlotPlace[], before: string, after: string, plain: FlatChange): FlatChange {
  const offsetOf = (pos: number) => slots.reduce((n, s) => n + Math.max(0, Math.min(pos - s.start, s.node.content.size)), 0);
  const from = offsetOf(state.selection.from), to = from + plain.to - plain.from, inserted = plain.inserted.length;
  const fits = after.startsWith(before.slice(0, from)) && after.endsWith(before.slice(to)) && !partsPair(before, from) && !partsPair(before, to);
  return fits ? { from, to, inserted: after.slice(from, from + inserted) } : plain;
}

interface Cut { readonly slot: SlotPlace; readonly from: number; readonly to: number }

/** The parts of each slot that a change takes; the point where it puts words in as well, where it takes nothing there. */
function cutsOf(slots: readonly SlotPlace[], change: FlatChange, caret: number, writable: (id: string) => boolean): Cut[] {
  let offset = 0;
  const all = slots.map((slot): Cut => {
    const size = slot.node.content.size, cut = { slot, from: Math.max(change.from - offset, 0), to: Math.min(change.to - offset, size) };
    offset += size;
    return cut;
  });
  const here = ({ slot }: Cut) => slot.start <= caret && caret <= slot.start + slot.node.content.size;
  // What is selected may begin behind the last word of a slot: nothing goes there, and what is put in stands there.
  if (change.from < change.to) return all.filter((cut) => cut.from < cut.to || (cut.from === cut.to && here(cut) && writable(cut.slot.id)));
  const points = all.filter((cut) => cut.from === cut.to);
  return [points.find(here) ?? points[0]].filter((cut) => cut !== undefined);
}

function textOfDoc(doc: PmNode): string {
  const out: string[] = [];
  doc.descendants((node) => { if (node.isText) out.push(node.text!); });
  return out.join('');
}

/**
 * What a change of the document's shape comes to when only words may change: deletions in each slot it touched, and the words it brought,
 * cleaned, where it began. Words that it merely carried from one slot into another stay where they were.
 */
function asWords(state: EditorState, tr: Transaction, writable: (id: string) => boolean): NormalizedTransaction {
  const slots = allSlots(state.doc);
  const before = flat(slots), after = textOfDoc(tr.doc);
  const change = atSelection(state, slots, before, after, flatChange(before, after));
  const out = state.tr, cuts = cutsOf(slots, change, state.selection.$from.pos, writable);
  const open = cuts.filter((cut) => writable(cut.slot.id)), first = open[0];
  const words = cleanText(change.inserted.replace(PLACEHOLDERS, ''));
  if (!first) return { tr: null, refused: words || change.from < change.to ? 'locked' : null };
  for (const { slot, from, to } of [...open].reverse()) if (from < to) out.delete(slot.start + from, slot.start + to);
  const at = first.slot.start + first.from;
  if (words) out.insertText(words, at);
  if (!out.docChanged) return { tr: null, refused: null };
  out.setSelection(caretAt(out.doc, at + words.length)).scrollIntoView();
  for (const meta of METAS) if (tr.getMeta(meta) !== undefined) out.setMeta(meta, tr.getMeta(meta));
  return { tr: out, refused: open.length < cuts.length ? 'locked' : null };
}

/** Marks over a range, on whole characters, except where nobody may write. */
function marksOnly(state: EditorState, tr: Transaction, writable: (id: string) => boolean): NormalizedTransaction {
  const out = state.tr;
  for (const step of tr.steps as (AddMarkStep | RemoveMarkStep)[]) {
    for (const slot of allSlots(state.doc).filter((s) => writable(s.id))) {
      const words = slot.node.textContent;
      const whole = (pos: number) => (partsPair(words, pos - slot.start) ? pos - 1 : pos);
      const from = whole(Math.max(step.from, slot.start)), to = whole(Math.min(step.to, slot.start + words.length));
      if (from >= to) continue;
      if (step instanceof AddMarkStep) out.addMark(from, to, step.mark); else out.removeMark(from, to, step.mark);
    }
  }
  return { tr: out.docChanged ? out : null, refused: touched(tr).some((id) => !writable(id)) ? 'locked' : null };
}

const isMarkStep = (step: unknown): boolean => step instanceof AddMarkStep || step instanceof RemoveMarkStep;

/** The words that a transaction puts in. */
export function broughtIn(tr: Transaction): string {
  return tr.steps.map((step) => (isMarkStep(step) ? '' : (step as ReplaceStep).slice.content.textBetween(0, (step as ReplaceStep).slice.content.size))).join('');
}

function partsCharacter(tr: Transaction): boolean {
  return tr.steps.some((step, i) => {
    const { from, to } = step as ReplaceStep;
    return [from, to].some((pos) => {
      const at = tr.docs[i]!.resolve(pos);
      return at.parent.inlineContent && partsPair(at.parent.textContent, at.parentOffset);
    });
  });
}

/** The provisions in whose slots a transaction changes something. */
const touched = (tr: Transaction): string[] =>
  tr.steps.flatMap((step, i) => rangesIn(tr.docs[i]!, (step as ReplaceStep).from, (step as ReplaceStep).to).map((range) => range.id));

/** Whether a slot that is not the same in the document before is too long. */
const hasLongSlot = (doc: PmNode, before: PmNode): boolean =>
  doc.content.size > before.content.size && doc.children.some((node, i) => node !== before.maybeChild(i) && node.children.some((slot) => slot.content.size > SLOT_LIMIT));

/**
 * What of a local transaction may enter the text (E2, E3): words inside slots, and their marks. A transaction that is no more than that
 * passes as it is; whatever else comes (a selection over several provisions replaced, a join or split of Chromium's making, unclean
 * characters, a provision nobody may write in) comes out as words alone, or not at all.
 */
export function normalizeTransaction(state: EditorState, tr: Transaction, writable: (id: string) => boolean): NormalizedTransaction {
  const result = decided(state, tr, writable);
  return result.tr && hasLongSlot(result.tr.doc, state.doc) ? { tr: null, refused: 'too-long' } : result;
}

function decided(state: EditorState, tr: Transaction, writable: (id: string) => boolean): NormalizedTransaction {
  const textOnly = tr.steps.every((step, i) => isTextStep(step, tr.docs[i]!));
  if (!textOnly || !isCleanText(broughtIn(tr))) return asWords(state, tr, writable);
  const ids = touched(tr), closed = ids.filter((id) => !writable(id));
  if (ids.length > 0 && closed.length === ids.length) return { tr: null, refused: 'locked' };
  if (closed.length > 0 || partsCharacter(tr)) return (tr.steps.every(isMarkStep) ? marksOnly : asWords)(state, tr, writable);
  return { tr, refused: null };
}
