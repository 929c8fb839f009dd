import { cheapest } from './cheapest.ts';
import { cutAtUnique } from './cut.ts';
import { parts, wholePairs } from './pairs.ts';
import type { Span } from './span.ts';
import { isGap, isIsland, isStop, isWord, type Tokens, wordAt } from './tokens.ts';

/** Beyond so many cells a slot is cut first, and what no cut divides and no way near the diagonal explains is one hunk. Counted in steps, not in time: the same on every machine. */
export const CUT = 250_000, CELLS = 1_000_000;
const SWAP_REACH = 9;

/** The differences between two slots, in order, never touching each other: none cuts a token or half a pair of marks. */
export function align(a: Tokens, b: Tokens): Span[] {
  const spans = differing(a, b, { a0: 0, a1: a.keys.length, b0: 0, b1: b.keys.length });
  return spans.length === 0 ? spans : wholePairs(a, b, withoutIslands(a, swapped(a, b, slid(a, b, spans))));
}

function differing(a: Tokens, b: Tokens, all: Span): Span[] {
  const whole = trim(a, b, all);
  return cellsOf(whole) > CUT ? cutAtUnique(a, b, whole).flatMap((part) => aligned(a, b, trim(a, b, part))) : aligned(a, b, whole);
}

const cellsOf = (s: Span): number => (s.a1 - s.a0 + 1) * (s.b1 - s.b0 + 1);

function aligned(a: Tokens, b: Tokens, span: Span): Span[] {
  if (span.a0 === span.a1 && span.b0 === span.b1) return [];
  if (span.a0 === span.a1 || span.b0 === span.b1) return [span];
  return cheapest(a, b, span, CELLS) ?? [span];
}

/** `span` without the equal tokens at its ends. */
function trim(a: Tokens, b: Tokens, span: Span): Span {
  let { a0, a1, b0, b1 } = span;
  while (a0 < a1 && b0 < b1 && a.keys[a0] === b.keys[b0]) { a0++; b0++; }
  while (a1 > a0 && b1 > b0 && a.keys[a1 - 1] === b.keys[b1 - 1]) { a1--; b1--; }
  return { a0, a1, b0, b1 };
}

const shifted = (s: Span, by: number): Span => ({ a0: s.a0 + by, a1: s.a1 + by, b0: s.b0 + by, b1: s.b1 + by });

/** Moves every pure insertion and deletion to its canonical place, at least one token away from its neighbours. */
function slid(a: Tokens, b: Tokens, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  spans.forEach((span, k) => {
    const before = out.at(-1), after = spans[k + 1];
    if (span.b0 === span.b1) out.push(shifted(span, bestShift(a, span.a0, span.a1, before ? before.a1 + 1 : 0, after ? after.a0 - 1 : a.keys.length)));
    else if (span.a0 === span.a1) out.push(shifted(span, bestShift(b, span.b0, span.b1, before ? before.b1 + 1 : 0, after ? after.b0 - 1 : b.keys.length)));
    else out.push(span);
  });
  return out;
}

/** How far `from..to` goes: to the best place between `low` and `high` that it can reach over equal tokens; the leftmost of equals. */
function bestShift(tokens: Tokens, from: number, to: number, low: number, high: number): number {
  const { keys } = tokens;
  let x = from, y = to;
  while (x > low && keys[x - 1] === keys[y - 1]) { x--; y--; }
  let best = x, rank = standing(tokens, x, y);
  while (y < high && keys[x] === keys[y]) {
    x++; y++;
    const here = standing(tokens, x, y);
    if (here > rank) { rank = here; best = x; }
  }
  return best - from;
}

/** 2: a sentence after a full stop `.[ They consult.]`; 1: `word[, supply]␣`; 0: anything else; -1: half a pair of marks. */
function standing(tokens: Tokens, from: number, to: number): number {
  if (parts(tokens, from, to)) return -1;
  if (from > 0 && isStop(tokens, from - 1) && isStop(tokens, to - 1)) return 2;
  return isGap(tokens, from) && isWord(tokens, to - 1) ? 1 : 0;
}

const words = (tokens: Tokens, from: number, to: number): string => {
  const out: string[] = [];
  for (let i = from; i < to; i++) if (isWord(tokens, i)) out.push(wordAt(tokens, i));
  return out.join(' ');
};

/** A deletion and an insertion of the same words close to each other are one replacement: accepting one half would double the words. */
function swapped(a: Tokens, b: Tokens, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && isSwap(a, b, last, span)) out[out.length - 1] = trim(a, b, { a0: last.a0, a1: span.a1, b0: last.b0, b1: span.b1 });
    else out.push(span);
  }
  return out;
}

function isSwap(a: Tokens, b: Tokens, s: Span, t: Span): boolean {
  if (t.a0 - s.a1 > SWAP_REACH) return false;
  const [gone, come] = s.b0 === s.b1 ? [s, t] : [t, s];
  if (gone.b0 !== gone.b1 || come.a0 !== come.a1) return false;
  const moved = words(a, gone.a0, gone.a1);
  return moved !== '' && moved === words(b, come.b0, come.b1);
}

/** One Chinese character, or one mark that ends no sentence, alone between two spans is no common text: one span. */
function withoutIslands(a: Tokens, spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && span.a0 - last.a1 === 1 && isIsland(a, last.a1)) out[out.length - 1] = { ...last, a1: span.a1, b1: span.b1 };
    else out.push(span);
  }
  return out;
}
