import { compareSlots, type Hunk } from './compare.ts';
import { partnersOf } from './pairs.ts';
import type { PartyId } from './provision.ts';
import { drawnChanges, type WholeRange, wholeRanges } from './rewritten.ts';
import { EMPTY_SLOT, equalSlots, type Slot, slice, splice } from './slot.ts';
import { type Tokens, tokenAt, tokensOf } from './tokens.ts';

/** What some parties want a place to read: their whole text over it. Empty when they delete it. */
export interface Alternative { readonly parties: readonly PartyId[]; readonly text: Slot }

/**
 * Hunks of all parties that concern the same words. `from..to` may lie one equal-meaning slide beside the hunks' own ranges (TL7);
 * `hunks` are the ones that compare gives and acts carry.
 */
export interface BracketPlace {
  readonly from: number;
  readonly to: number;
  readonly kind: 'single' | 'convergent' | 'contested';
  readonly alternatives: readonly Alternative[];
  readonly hunks: readonly { readonly party: PartyId; readonly hunk: Hunk }[];
}

/** A party's slot. Lists of these are in party order: it decides what is read first. */
export interface PartySlot { readonly party: PartyId; readonly slot: Slot }

/**
 * A change where it is drawn: `shape` is `hunk` or an equal-meaning slide of it. `hunk` is one that compare gives, or all that the party changes in a stretch that is
 * read whole (TL8): `hunks` are the ones that compare gives.
 */
export interface Laid { readonly party: PartyId; readonly hunks: readonly Hunk[]; readonly hunk: Hunk; readonly shape: Hunk }

/** A place with its laid hunks, in order. */
export type LaidPlace = BracketPlace & { readonly laid: readonly Laid[] };

/** Slides farther than this look for nothing: a bound in steps, so that endless repetitions cost nothing. */
const SLIDE_LIMIT = 64;

export const isInsertion = (h: Hunk): boolean => h.from === h.to;

/** Both write the same words over the same range: convergent. */
export const sameChange = (a: Hunk, b: Hunk): boolean => a.from === b.from && a.to === b.to && equalSlots(a.inserted, b.inserted);

/** Ranges overlap, or one inserts inside the other's range, or both insert at one offset. Touching is not overlapping. */
export const overlaps = (a: Hunk, b: Hunk): boolean =>
  isInsertion(a) && isInsertion(b) ? a.from === b.from : a.from < b.to && b.from < a.to;

const shifted = (h: Hunk, by: number, removed: Slot, inserted: Slot): Hunk =>
  ({ from: h.from + by, to: h.to + by, posFrom: h.posFrom + by, posTo: h.posTo + by, removed, inserted });

/** The length of the shortest sequence that `from..to` repeats; its own length when it repeats none. */
function period(keys: readonly string[], from: number, to: number): number {
  const border = new Int32Array(to - from + 1);
  for (let i = 1, k = 0; i < to - from; i++) {
    while (k > 0 && keys[from + i] !== keys[from + k]) k = border[k]!;
    if (keys[from + i] === keys[from + k]) k++;
    border[i + 1] = k;
  }
  return to - from - border[to - from]!;
}

/** Offsets by which `from..to` of `tokens` slides over equal tokens of `around`. Never a whole period: there stands another repetition. */
function shifts(tokens: Tokens, from: number, to: number, around: Tokens, left: number, right: number): number[] {
  const out: number[] = [], reach = Math.min(period(tokens.keys, from, to) - 1, SLIDE_LIMIT);
  let by = 0;
  for (let k = 0; k < reach && right + k < around.keys.length && tokens.keys[from + k] === around.keys[right + k]; k++) {
    out.push(by += around.at[right + k + 1]! - around.at[right + k]!);
  }
  by = 0;
  for (let k = 1; k <= reach && left - k >= 0 && tokens.keys[to - k] === around.keys[left - k]; k++) {
    out.push(by -= around.at[left - k + 1]! - around.at[left - k]!);
  }
  return out;
}

function rotated(slot: Slot, by: number, length: number): Slot {
  const cut = by > 0 ? by : length + by;
  return splice(slice(slot, cut, length), length - cut, length - cut, slice(slot, 0, cut));
}

/** How many brackets and quotation marks of `slot` have their partner in it. */
const paired = (slot: Slot): number => partnersOf(tokensOf(slot)).size;

/** `hunk` and its equal-meaning slides, nearest first: a pure insertion or deletion moved over words that it repeats. None parts a pair of marks that the hunk holds. */
export function slides(hunk: Hunk, common: Slot): Hunk[] {
  const around = tokensOf(common), left = tokenAt(around, hunk.from), right = tokenAt(around, hunk.to);
  if (hunk.inserted.length === 0) {
    const whole = paired(hunk.removed);
    return [hunk, ...shifts(around, left, right, around, left, right)
      .map((by) => shifted(hunk, by, slice(common, hunk.from + by, hunk.to + by), EMPTY_SLOT)).filter((s) => paired(s.removed) === whole)];
  }
  if (!isInsertion(hunk)) return [hunk];
  const own = tokensOf(hunk.inserted), length = hunk.posTo - hunk.posFrom, whole = paired(hunk.inserted);
  return [hunk, ...shifts(own, 0, own.keys.length, around, left, right)
    .map((by) => shifted(hunk, by, EMPTY_SLOT, rotated(hunk.inserted, by, length))).filter((s) => paired(s.inserted) === whole)];
}

/** Two insertions at one point: never parted by a slide, which could only shuffle a space. */
export const atOnePoint = (a: Hunk, b: Hunk): boolean => isInsertion(a) && isInsertion(b) && a.from === b.from;

function canPart(a: Hunk, b: Hunk, common: Slot): boolean {
  if (!overlaps(a, b)) return true;
  if (atOnePoint(a, b)) return false;
  const others = slides(b, common);
  return slides(a, common).some((x) => others.some((y) => !overlaps(x, y)));
}

/**
 * Whether two hunks of different parties concern the same words in different ways. The same change twice is convergent and
 * never contested; two hunks that only share words which both repeat are not contested either.
 */
export const contested = (a: Hunk, b: Hunk, common: Slot): boolean => !sameChange(a, b) && !canPart(a, b, common);

const clash = (laid: readonly Laid[], party: PartyId, shape: Hunk): Laid[] =>
  laid.filter((l) => l.party !== party && overlaps(l.shape, shape) && !sameChange(l.shape, shape));

/** A slide may not come to lie over words that the same party replaces as a whole. */
const isFree = (laid: readonly Laid[], party: PartyId, shape: Hunk): boolean => !laid.some((l) => l.party === party && l.hunks.length > 1 && overlaps(l.shape, shape));

/** Puts one more change on the common text: as it is, or slid, or with the one in its way slid; else on top of it. */
function put(laid: Laid[], party: PartyId, hunk: Hunk, hunks: readonly Hunk[], common: Slot): void {
  const beside = (l: Laid) => l.party !== party && atOnePoint(l.hunk, hunk);
  laid.forEach((l, i) => { if (beside(l)) laid[i] = { ...l, shape: l.hunk }; });
  const choices = laid.some(beside) ? [hunk] : slides(hunk, common).filter((s) => s === hunk || isFree(laid, party, s));
  const shape = choices.find((s) => clash(laid, party, s).length === 0) ?? choices.find((s) => yields(laid, party, s, common)) ?? hunk;
  laid.push({ party, hunk, hunks, shape });
}

/** Slides the one hunk in the way of `shape` aside, if it is one and can. */
function yields(laid: Laid[], party: PartyId, shape: Hunk, common: Slot): boolean {
  const [only, ...more] = clash(laid, party, shape);
  if (!only || more.length > 0 || laid.some((l) => l !== only && atOnePoint(l.hunk, only.hunk)) || atOnePoint(only.hunk, shape)) return false;
  const moved = slides(only.hunk, common).find((s) => !overlaps(s, shape) && isFree(laid, only.party, s) && clash(laid, only.party, s).length === 0);
  if (moved) laid[laid.indexOf(only)] = { ...only, shape: moved };
  return moved !== undefined;
}

/** All changes of all parties on the common text: hunks, and where a sentence is rewritten each party's wording as a whole (TL8). */
export function lay(common: Slot, positions: readonly PartySlot[]): Laid[] {
  const sides = positions.map(({ slot }) => compareSlots(common, slot));
  return laidWith(common, positions, sides, wholeRanges(common, sides));
}

function laidWith(common: Slot, positions: readonly PartySlot[], sides: readonly (readonly Hunk[])[], ranges: readonly WholeRange[]): Laid[] {
  const laid: Laid[] = [];
  positions.forEach(({ party }, i) => {
    for (const { as, hunks } of drawnChanges(common, sides[i]!, ranges)) put(laid, party, as, hunks, common);
  });
  return laid;
}

/** `common` from `from` to `to` with `shapes` applied, all of them inside. */
function over(common: Slot, from: number, to: number, shapes: readonly Hunk[]): Slot {
  return [...shapes].sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((text, h) => splice(text, h.from - from, h.to - from, h.inserted), slice(common, from, to));
}

function placeOf(common: Slot, laid: readonly Laid[], order: readonly PartyId[]): LaidPlace {
  const from = Math.min(...laid.map((l) => l.shape.from)), to = Math.max(...laid.map((l) => l.shape.to));
  const alternatives: { parties: PartyId[]; text: Slot }[] = [];
  for (const party of order.filter((p) => laid.some((l) => l.party === p))) {
    const text = over(common, from, to, laid.filter((l) => l.party === party).map((l) => l.shape));
    const same = alternatives.find((a) => equalSlots(a.text, text));
    if (same) same.parties.push(party); else alternatives.push({ parties: [party], text });
  }
  const parties = new Set(laid.map((l) => l.party)).size;
  const kind = parties === 1 ? 'single' : alternatives.length === 1 ? 'convergent' : 'contested';
  return { from, to, kind, alternatives, hunks: laid.flatMap(({ party, hunks }) => hunks.map((hunk) => ({ party, hunk }))), laid };
}

/** Connected hunks form a place. `order`: parties in party order. */
export function placesOf(common: Slot, laid: readonly Laid[], order: readonly PartyId[]): LaidPlace[] {
  const groups: Laid[][] = [];
  for (const l of [...laid].sort((a, b) => a.shape.from - b.shape.from || a.shape.to - b.shape.to)) {
    const met = groups.filter((group) => group.some((m) => m.party !== l.party && overlaps(m.shape, l.shape)));
    const joined = [...met.flat(), l];
    for (const group of met) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map((group) => placeOf(common, group, order)).sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The places of one slot in reading order. Places may touch, they never overlap. */
export const layOut = (common: Slot, positions: readonly PartySlot[]): readonly BracketPlace[] =>
  placesOf(common, lay(common, positions), positions.map((p) => p.party));

/** The same with every hunk for itself, also in a rewritten sentence: for what is written, not for what is read. */
export const layOutHunks = (common: Slot, positions: readonly PartySlot[]): readonly BracketPlace[] =>
  placesOf(common, laidWith(common, positions, positions.map(({ slot }) => compareSlots(common, slot)), []), positions.map((p) => p.party));
