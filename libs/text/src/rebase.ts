import { compareSlots, fromCommon, type Hunk } from './compare.ts';
import { liesBetween } from './distance.ts';
import { atOnePoint, isInsertion, overlaps, sameChange, slides } from './layout.ts';
import type { PartyId } from './provision.ts';
import { type Slot, slice, splice, type Splice } from './slot.ts';
import { tokensOf } from './tokens.ts';

export { acceptInRemoved, acceptItem, itemInCommon, type ItemRebase, withdrawItem } from './rebase-list.ts';

/** Where both insert at one point: the accepting side drops its own words, or keeps them beside the accepted ones in party order. */
export type Alongside = 'withdrawn' | 'alongside';

/** What an act does to one position: nothing or one splice, and the position's own hunks that it gives up by it. */
export interface Rebase { readonly splice: Splice | null; readonly givesUp: readonly Hunk[] }

interface Situation {
  readonly common: Slot;
  readonly proposer: PartyId;
  readonly order: readonly PartyId[];
  readonly position: { readonly party: PartyId; readonly slot: Slot };
  readonly accepting: boolean;
  readonly own?: Alongside;
}

const NOTHING: Rebase = { splice: null, givesUp: [] };

/** The common slot with one or several hunks of one compare applied. */
export const acceptInCommon = (common: Slot, hunks: readonly Hunk[]): Slot =>
  fromTheEnd(hunks).reduce((text, h) => splice(text, h.from, h.to, h.inserted), common);

const fromTheEnd = (hunks: readonly Hunk[]): Hunk[] => [...hunks].sort((a, b) => b.from - a.from || b.to - a.to);

/** The common words back in the own position, which is the one that `hunk` was computed from. */
export const withdrawSlot = (hunk: Hunk, common: Slot): Splice =>
  ({ from: hunk.posFrom, to: hunk.posTo, insert: slice(common, hunk.from, hunk.to) });

/**
 * What accepting `hunk` of `proposer` does to the position of another party. `hunk` is a hunk of
 * `compareSlots(common, proposer's slot)`: whether it still stands is the caller's question. Never call it for the proposer's own
 * position, which already has the words.
 */
export function rebaseSlot(input: Situation & { readonly hunk: Hunk }): Rebase {
  const theirs = compareSlots(input.common, input.position.slot);
  if (theirs.some((g) => sameChange(g, input.hunk))) return NOTHING;
  const [hunk, shapes] = apart(input.hunk, theirs, input.common);
  const against = shapes.filter((g) => overlaps(g, hunk));
  if (against.length === 0) {
    return { splice: { from: fromCommon(shapes, hunk.from, !isInsertion(hunk)), to: fromCommon(shapes, hunk.to, false), insert: hunk.inserted }, givesUp: [] };
  }
  const union = unionOf(input.common, input.position.slot, hunk, shapes, against);
  if (goesFurther(union)) return NOTHING;
  if (atOnePoint(hunk, against[0]!) && (!input.accepting || input.own === 'alongside')) {
    const at = input.order.indexOf(input.proposer) < input.order.indexOf(input.position.party) ? against[0]!.posFrom : against[0]!.posTo;
    return { splice: { from: at, to: at, insert: hunk.inserted }, givesUp: [] };
  }
  if (!input.accepting) return NOTHING;
  return { splice: { from: union.posFrom, to: union.posTo, insert: union.accepted }, givesUp: theirs.filter((_, i) => against.includes(shapes[i]!)) };
}

/** The hunk and the position's hunks, slid apart where that resolves every overlap of a slid hunk (TL7); what still overlaps is contested. */
function apart(hunk: Hunk, theirs: readonly Hunk[], common: Slot): [Hunk, readonly Hunk[]] {
  if (!theirs.some((g) => overlaps(g, hunk)) || theirs.some((g) => atOnePoint(g, hunk))) return [hunk, theirs];
  let kept: readonly Hunk[] = theirs;
  for (const shape of slides(hunk, common)) {
    const shapes = theirs.map((g, i) => beside(g, shape, common, theirs[i - 1], theirs[i + 1]));
    if (!shapes.some((g) => overlaps(g, shape))) return [shape, shapes];
    if (shape === hunk) kept = shapes;
  }
  return [hunk, kept];
}

function beside(g: Hunk, shape: Hunk, common: Slot, before: Hunk | undefined, after: Hunk | undefined): Hunk {
  if (!overlaps(g, shape)) return g;
  const free = (s: Hunk) => !overlaps(s, shape) && (!before || before.to < s.from) && (!after || s.to < after.from);
  return slides(g, common).find(free) ?? g;
}

interface Union { readonly common: Slot; readonly accepted: Slot; readonly theirs: Slot; readonly posFrom: number; readonly posTo: number }

/** The three texts over everything that `hunk` and the hunks against it touch. Insertions of the position at its borders stay outside. */
function unionOf(common: Slot, position: Slot, hunk: Hunk, shapes: readonly Hunk[], against: readonly Hunk[]): Union {
  const from = Math.min(hunk.from, ...against.map((g) => g.from)), to = Math.max(hunk.to, ...against.map((g) => g.to));
  const posFrom = from === to ? against[0]!.posFrom : fromCommon(shapes, from, true);
  const posTo = from === to ? against[0]!.posTo : fromCommon(shapes, to, false);
  const words = slice(common, from, to);
  return { common: words, accepted: splice(words, hunk.from - from, hunk.to - from, hunk.inserted), theirs: slice(position, posFrom, posTo), posFrom, posTo };
}

/** The accepted words lie on the way from the common ones to theirs: what remains stays their bracket. */
function goesFurther({ common, accepted, theirs }: Union): boolean {
  return liesBetween(tokensOf(accepted).keys, tokensOf(common).keys, tokensOf(theirs).keys);
}

/**
 * Several hunks of one compare of the proposer, accepted in one act: from the last to the first, so that the offsets of those before
 * stand. `splices` are sequential; `givesUp` are the hunks of `compareSlots(common, position)` as it was before.
 */
export function rebaseSlotAll(input: Situation & { readonly hunks: readonly Hunk[] }): { splices: readonly Splice[]; givesUp: readonly Hunk[]; slot: Slot } {
  const before = compareSlots(input.common, input.position.slot);
  const splices: Splice[] = [], givenUp = new Set<Hunk>();
  let { common } = input, { slot } = input.position;
  const done: Hunk[] = [];
  for (const hunk of fromTheEnd(input.hunks)) {
    const { splice: write, givesUp } = rebaseSlot({ ...input, common, hunk, position: { ...input.position, slot } });
    for (const g of givesUp) for (const h of before) if (overlaps(h, inOriginal(g, done))) givenUp.add(h);
    if (write) { splices.push(write); slot = splice(slot, write.from, write.to, write.insert); }
    common = splice(common, hunk.from, hunk.to, hunk.inserted);
    done.unshift(hunk);
  }
  return { splices, givesUp: before.filter((h) => givenUp.has(h)), slot };
}

/** `g`, a hunk against the common slot in which `done` is already accepted, with the range it had before. */
function inOriginal(g: Hunk, done: readonly Hunk[]): Hunk {
  const back = (offset: number, end: boolean): number => {
    let shift = 0;
    for (const h of done) {
      const start = h.from - shift, length = h.posTo - h.posFrom;
      if (offset < start || (offset === start && end)) break;
      if (offset < start + length) return end ? h.to : h.from;
      shift += h.to - h.from - length;
    }
    return offset + shift;
  };
  const from = back(g.from, false);
  return { ...g, from, to: g.from === g.to ? from : Math.max(from, back(g.to, true)) };
}
