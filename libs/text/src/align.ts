import { isGap, isStop, isWord, type Tokens, wordAt } from './tokens.ts';

/** One difference, in tokens: `a0..a1` of the common slot stands as `b0..b1` in the position. */
export interface Span { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number }

const OPEN = 520;
/** Smaller than OPEN on purpose: at equal prices "insert, keep, delete" ties with "keep, replace" and hunks change shape after an accept. */
const MIX = 510;
/** Beyond this many cells the slot is one hunk. Counted in steps, not in time: the answer must be the same on every machine. */
export const CELLS = 4_000_000;
const SWAP_REACH = 9;
const FAR = 1 << 29;

/** Where the last step into a state came from, one bit field per cell of the trace. */
const E = 0, D = 1, I = 2, R = 3, DEL_ON = 4, INS_ON = 8, REP_ON = 16;

/** The differences between two slots, in order, never touching each other (COMPARE 2.2 to 2.4). */
export function align(a: Tokens, b: Tokens): Span[] {
  const whole = trim(a, b, { a0: 0, a1: a.keys.length, b0: 0, b1: b.keys.length });
  if (whole.a0 === whole.a1 && whole.b0 === whole.b1) return [];
  const cells = (whole.a1 - whole.a0 + 1) * (whole.b1 - whole.b0 + 1);
  const plain = whole.a0 === whole.a1 || whole.b0 === whole.b1 || cells > CELLS;
  const spans = plain ? [whole] : cheapest(a, b, whole);
  return swapped(a, b, slid(a, b, spans));
}

/** `span` without the equal tokens at its ends. */
function trim(a: Tokens, b: Tokens, span: Span): Span {
  let { a0, a1, b0, b1 } = span;
  while (a0 < a1 && b0 < b1 && a.keys[a0] === b.keys[b0]) { a0++; b0++; }
  while (a1 > a0 && b1 > b0 && a.keys[a1 - 1] === b.keys[b1 - 1]) { a1--; b1--; }
  return { a0, a1, b0, b1 };
}

/** Equal keys get equal numbers. */
function numbered(a: Tokens, b: Tokens, { a0, a1, b0, b1 }: Span): [Int32Array, Int32Array] {
  const ids = new Map<string, number>();
  const number = (key: string): number => {
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  };
  const x = new Int32Array(a1 - a0), y = new Int32Array(b1 - b0);
  for (let i = a0; i < a1; i++) x[i - a0] = number(a.keys[i]!);
  for (let j = b0; j < b1; j++) y[j - b0] = number(b.keys[j]!);
  return [x, y];
}

/**
 * One alignment with a price for every hunk: four states (equal, deleting, inserting, replacing; in a hunk deletions come first),
 * one byte of trace per cell, costs in two rows. Trimming equal ends before loses no cheaper alignment.
 */
function cheapest(a: Tokens, b: Tokens, span: Span): Span[] {
  const [x, y] = numbered(a, b, span);
  const wx = new Int32Array(a.weights.slice(span.a0, span.a1)), wy = new Int32Array(b.weights.slice(span.b0, span.b1));
  const width = y.length + 1;
  const trace = new Uint8Array((x.length + 1) * width);
  // Cost of each state at column j: of the row above until column j is done, of this row afterwards.
  const eq = new Int32Array(width).fill(FAR), del = eq.slice(), ins = eq.slice(), rep = eq.slice();
  eq[0] = 0;
  for (let i = 0; i <= x.length; i++) {
    let diagonal = FAR, from = E;   // the best state at (i-1, j-1)
    for (let j = 0; j < width; j++) {
      let above = eq[j]!, state = E;
      if (del[j]! < above) { above = del[j]!; state = D; }
      if (ins[j]! < above) { above = ins[j]!; state = I; }
      if (rep[j]! < above) { above = rep[j]!; state = R; }
      let step = 0;
      if (i > 0) {
        const opened = eq[j]! + OPEN;
        if (del[j]! <= opened) step |= DEL_ON; else del[j] = opened;
        del[j] = del[j]! + wx[i - 1]!;
        eq[j] = FAR;
        if (j > 0 && x[i - 1] === y[j - 1]) { eq[j] = diagonal; step |= from; }
      }
      if (j > 0) {
        const w = wy[j - 1]!, opened = eq[j - 1]! + OPEN, mixed = del[j - 1]! + MIX;
        if (ins[j - 1]! <= opened) { ins[j] = ins[j - 1]! + w; step |= INS_ON; } else ins[j] = opened + w;
        if (rep[j - 1]! <= mixed) { rep[j] = rep[j - 1]! + w; step |= REP_ON; } else rep[j] = mixed + w;
      } else ins[j] = rep[j] = FAR;
      trace[i * width + j] = step;
      diagonal = above; from = state;
    }
  }
  const ends = [eq, del, ins, rep].map((row) => row[width - 1]!);
  return follow(trace, width, ends.indexOf(Math.min(...ends)), span);
}

/** Reads the trace from the end and gathers the steps between two equal tokens into spans. */
function follow(trace: Uint8Array, width: number, last: number, span: Span): Span[] {
  const out: Span[] = [];
  let i = span.a1 - span.a0, j = span.b1 - span.b0, state = last, a1 = -1, b1 = -1;
  while (i > 0 || j > 0) {
    const step = trace[i * width + j]!;
    if (state === E) { state = step & 3; i--; j--; continue; }
    if (a1 < 0) { a1 = i; b1 = j; }
    if (state === D) { state = step & DEL_ON ? D : E; i--; }
    else if (state === I) { state = step & INS_ON ? I : E; j--; }
    else { state = step & REP_ON ? R : D; j--; }
    if (state === E) { out.push({ a0: span.a0 + i, a1: span.a0 + a1, b0: span.b0 + j, b1: span.b0 + b1 }); a1 = -1; }
  }
  return out.reverse();
}

const shifted = (s: Span, by: number): Span => ({ a0: s.a0 + by, a1: s.a1 + by, b0: s.b0 + by, b1: s.b1 + by });

/** Moves every pure insertion and deletion to its canonical place, at least one token away from its neighbours (COMPARE 2.3). */
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

/** 2: a sentence after a full stop `.[ They consult.]`; 1: `word[, supply]␣`; 0: anything else. */
function standing(tokens: Tokens, from: number, to: number): number {
  if (from > 0 && isStop(tokens, from - 1) && isStop(tokens, to - 1)) return 2;
  return isGap(tokens, from) && isWord(tokens, to - 1) ? 1 : 0;
}

const words = (tokens: Tokens, from: number, to: number): string => {
  const out: string[] = [];
  for (let i = from; i < to; i++) if (isWord(tokens, i)) out.push(wordAt(tokens, i));
  return out.join(' ');
};

/** A deletion and an insertion of the same words close to each other are one replacement: accepting one half would double the words (COMPARE 2.4). */
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
