import { fromCommon, type Hunk } from './compare.ts';
import { type Change, isRewritten, sentencesOf } from './link-slot.ts';
import { equalSlots, lengthOf, normal, type Slot, slice, textOf } from './slot.ts';

/** A stretch of a common slot. */
interface Range { readonly from: number; readonly to: number }

const known = new WeakMap<readonly Change[], readonly Range[]>();
const NONE: readonly Range[] = [];

/** From the first to the last hunk of every sentence that is more than half rewritten (J2); kept as long as the hunks are. */
export function rewrittenRanges(common: Slot, hunks: readonly Change[]): readonly Range[] {
  if (hunks.length < 2) return NONE;
  let ranges = known.get(hunks);
  if (!ranges) {
    known.set(hunks, (ranges = sentencesOf(common, hunks).filter((sentence) => isRewritten(common, hunks, sentence))
      .map(({ first, last }) => ({ from: hunks[first]!.from, to: hunks[last]!.to }))));
  }
  return ranges;
}

const touches = (a: Range, b: Range): boolean => a.from <= b.to && b.from <= a.to;
const meets = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;
const hull = (ranges: readonly Range[]): Range => ({ from: Math.min(...ranges.map((r) => r.from)), to: Math.max(...ranges.map((r) => r.to)) });

/** What one side changes in `range`, with what it changes at its borders; nothing where it only stands beside it. */
const within = <H extends Change>(range: Range, hunks: readonly H[]): readonly H[] => (hunks.some((h) => meets(h, range)) ? hunks.filter((h) => touches(h, range)) : []);

/** Ranges that touch as one, in order. */
function merged(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && touches(last, range)) out[out.length - 1] = hull([last, range]); else out.push(range);
  }
  return out;
}

/** A stretch that is read whole; `lead` and `tail`: so much white space at its ends is the same in every wording, and no part of what is read. */
export interface WholeRange extends Range { readonly lead: number; readonly tail: number }

/** How many characters of white space all `texts` begin with; none where one is nothing else. */
function sharedLead(texts: readonly string[]): number {
  if (texts.some((t) => t.trim() === '')) return 0;
  let n = 0;
  while (/\s/.test(texts[0]!.charAt(n)) && texts.every((t) => t[n] === texts[0]![n])) n++;
  return n;
}

const reversed = (text: string): string => text.split('').reverse().join('');

/** White space that stands alike, marks and all, at the beginning and at the end of every wording. */
function shared(wordings: readonly Slot[]): Pick<WholeRange, 'lead' | 'tail'> {
  const texts = wordings.map(textOf), alike = (part: (slot: Slot) => Slot): boolean => wordings.every((w) => equalSlots(part(w), part(wordings[0]!)));
  let lead = sharedLead(texts), tail = sharedLead(texts.map(reversed));
  while (!alike((slot) => slice(slot, 0, lead))) lead--;
  while (!alike((slot) => slice(slot, lengthOf(slot) - tail, lengthOf(slot)))) tail--;
  return { lead, tail };
}

/** `common` over a range as it reads after `hunks`, which are in order and lie inside. */
function after(common: Slot, { from, to }: Range, hunks: readonly Change[]): Slot {
  const ends = [from, ...hunks.map((h) => h.to)], starts = [...hunks.map((h) => h.from), to];
  return normal(ends.flatMap((end, i) => [...slice(common, end, starts[i]!), ...(hunks[i]?.inserted ?? [])]));
}

/** The stretches over which every side's wording is read whole, because at least one side rewrites a sentence there: no change of any side lies across their borders. */
export function wholeRanges(common: Slot, sides: readonly (readonly Change[])[]): readonly WholeRange[] {
  let ranges = merged(sides.flatMap((hunks) => rewrittenRanges(common, hunks)));
  if (ranges.length === 0) return [];
  for (let before = ''; before !== JSON.stringify(ranges);) {
    before = JSON.stringify(ranges);
    ranges = merged(ranges.map((range) => hull([range, ...sides.flatMap((hunks) => within(range, hunks))])));
  }
  return ranges.map((range) => {
    const wordings = sides.map((hunks) => within(range, hunks)).filter((some) => some.length > 0).map((some) => after(common, range, some));
    return { ...range, ...shared([slice(common, range.from, range.to), ...wordings]) };
  });
}

/** All that one side changes in a stretch, as one change. */
function whole(common: Slot, { from, to, lead, tail }: WholeRange, some: readonly Change[]): Change {
  const words = after(common, { from, to }, some);
  return { from: from + lead, to: to - tail, removed: slice(common, from + lead, to - tail), inserted: slice(words, lead, lengthOf(words) - tail) };
}

/** What a reader takes for one change: a hunk, or all that one side changes in a stretch that is read whole. `as` is drawn; `hunks` are the ones that acts carry. */
export interface DrawnChange { readonly as: Hunk; readonly hunks: readonly Hunk[] }

/** The changes of one side, those in `ranges` first, as one each. */
export function drawnChanges(common: Slot, hunks: readonly Hunk[], ranges: readonly WholeRange[]): DrawnChange[] {
  const out: DrawnChange[] = [], done = new Set<Hunk>();
  for (const range of ranges) {
    const some = within(range, hunks);
    if (some.length === 0) continue;
    for (const h of some) done.add(h);
    const as = whole(common, range, some), posFrom = fromCommon(hunks, range.from, false) + range.lead;
    out.push({ hunks: some, as: { ...as, posFrom, posTo: posFrom + lengthOf(as.inserted) } });
  }
  return [...out, ...hunks.filter((h) => !done.has(h)).map((h): DrawnChange => ({ as: h, hunks: [h] }))];
}

/** One side's changes of a slot as they are put in words: the hunks of a rewritten sentence as one replacement. `hunks` in order, each with the words of `common` that it takes. */
export function changesAsRead(common: Slot, hunks: readonly Change[]): readonly Change[] {
  const ranges = wholeRanges(common, [hunks]);
  if (ranges.length === 0) return hunks;
  const some = ranges.map((range) => within(range, hunks)), done = new Set(some.flat());
  return [...ranges.map((range, i) => whole(common, range, some[i]!)), ...hunks.filter((h) => !done.has(h))].sort((a, b) => a.from - b.from || a.to - b.to);
}
