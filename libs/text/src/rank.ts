/**
 * Ranks: fractional strings that say where a provision stands. Read as digits of base 62 after a point and
 * compared by code unit, which for this alphabet is the same order. A move is one new rank; nothing else is renumbered.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
/** A gap is refined, digit by digit, until it holds this many places. */
const ROOMY = BASE ** 3;
/** The longest step away from the last or first: small, so that appending does not halve what is left. */
const STRIDE = BASE ** 2;
/** Random digits behind the place: two members who choose the same gap meet once in 10^9. */
const TAIL = 3;

/** The longest rank the validator lets in. */
export const RANK_LIMIT = 200;

const RANK = new RegExp(`^[0-9A-Za-z]{0,${RANK_LIMIT - 1}}[1-9A-Za-z]$`);

/** True for what the validator lets in: the alphabet, the length, and no final `0` (nothing would fit between `a` and `a0`). */
export const isRank = (value: unknown): value is string => typeof value === 'string' && RANK.test(value);

/** Order of ranks and of ids: by code unit, never by locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const digitAt = (rank: string, i: number): number => (i < rank.length ? Math.max(0, DIGITS.indexOf(rank[i]!)) : 0);
const pick = (random: () => number, below: number): number => Math.min(below - 1, Math.floor(random() * below));

/** How far one must read to find room between the two, and how many places there are then; undefined when there is none. */
function gapBetween(before: string, after: string | null): { depth: number; places: number } | undefined {
  let places = after === null ? 1 : 0;
  for (let depth = 1; depth <= RANK_LIMIT - TAIL; depth++) {
    places = places * BASE + (after === null ? 0 : digitAt(after, depth - 1)) - digitAt(before, depth - 1);
    if (places >= ROOMY) return { depth, places };
    if (places < 0) return undefined;
  }
  return places >= 2 ? { depth: RANK_LIMIT - TAIL, places } : undefined;
}

/** The first `depth` digits of `rank` with `by` added in the last place. */
function plus(rank: string, depth: number, by: number): string {
  const out: string[] = [];
  let carry = by;
  for (let i = depth - 1; i >= 0; i--) {
    const digit = digitAt(rank, i) + carry;
    out.push(DIGITS[((digit % BASE) + BASE) % BASE]!);
    carry = Math.floor(digit / BASE);
  }
  return out.reverse().join('');
}

function tail(random: () => number): string {
  let out = '';
  for (let i = 1; i < TAIL; i++) out += DIGITS[pick(random, BASE)];
  return out + DIGITS[1 + pick(random, BASE - 1)];
}

/**
 * How many places above `before`: the middle of an empty list, a short stride from the one neighbour at an end, about a quarter up in a
 * gap. A quarter, because one writes on behind what was just written more often than before it.
 */
function stepFor(before: string | null, after: string | null, places: number, random: () => number): number {
  if (before !== null && after !== null) return Math.max(1, Math.floor(places / 8) + pick(random, Math.max(1, Math.floor(places / 4))));
  if (before === null && after === null) return Math.floor(places / 2) + pick(random, STRIDE);
  const step = 1 + pick(random, Math.min(places - 1, STRIDE));
  return before === null ? places - step : step;
}

/**
 * A rank strictly between the two (`null`: the end of the list on that side), with a random tail. At the ends it grows by one digit in
 * several thousand insertions; in one gap by one in fourteen that follow each other, by one in three right behind the same neighbour.
 *
 * Never longer than `RANK_LIMIT`. When the two are equal, in the wrong order or too close to part, the answer only stands after
 * `before`; when not even that is possible (a rank of 200 `z`) it is `before` again, and the ids decide.
 */
export function rankBetween(before: string | null, after: string | null, random: () => number): string {
  const lower = before ?? '';
  const gap = gapBetween(lower, after);
  if (gap) return plus(lower, gap.depth, stepFor(before, after, gap.places, random)) + tail(random);
  const open = after === null ? undefined : gapBetween(lower, null);
  if (before === null && after !== null) return rankBetween(null, null, random);
  return open ? plus(lower, open.depth, 1 + pick(random, Math.min(open.places - 1, STRIDE))) + tail(random) : lower;
}
