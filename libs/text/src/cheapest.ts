import { Leaving, MIX } from './leaving.ts';
import type { Span } from './span.ts';
import type { Tokens } from './tokens.ts';

/** The price of every hunk. MIX is smaller on purpose: at equal prices "insert, keep, delete" ties with "keep, replace" and hunks change shape after an accept. */
const OPEN = 520;
const FAR = 1 << 29;
/** How far from the diagonal the cheapest way is looked for first, how much farther after that, and how much smaller than the whole that must be to be worth it. */
const FIRST_BAND = 8, WIDER = 3, SMALLER = 2;
/** Where the whole is too much to look at, what lies farther from the diagonal is not found. Another choice gives other hunks, and needs another COMPARE_VERSION. */
const FARTHEST = [96, 24], FARTHEST_SMALLER = 4;

/** Where the last step into a state came from, one bit field per cell of the trace. */
const E = 0, D = 1, I = 2, R = 3, DEL_ON = 4, INS_ON = 8, REP_ON = 16;

interface Sides { readonly x: Int32Array; readonly y: Int32Array; readonly wx: Int32Array; readonly wy: Int32Array }

/**
 * The cheapest alignment of `span`: what differs in it, in order. Looked for near the diagonal first; enough as soon as no way outside can be as cheap: the same answer. Null where more
 * than `cells` would have to be looked at.
 */
export function cheapest(a: Tokens, b: Tokens, span: Span, cells: number): Span[] | null {
  const [x, y] = numbered(a, b, span);
  const sides = { x, y, wx: new Int32Array(a.weights.slice(span.a0, span.a1)), wy: new Int32Array(b.weights.slice(span.b0, span.b1)) };
  const whole = (x.length + 1) * (y.length + 1) <= cells;
  return near(sides, whole ? widest(sides) : farthest(sides, cells), whole, span) ?? (whole ? alignment(sides, x.length, y.length, span).spans : null);
}

const below = ({ x, y }: Sides, band: number): number => band + Math.max(0, x.length - y.length);
const above = ({ x, y }: Sides, band: number): number => band + Math.max(0, y.length - x.length);
const breadth = (sides: Sides, band: number): number => below(sides, band) + above(sides, band) + 1;

/** The widest band that is worth it; below 1: none is. */
const widest = (sides: Sides): number => (Math.ceil(sides.y.length / SMALLER) - 1 - breadth(sides, 0)) >> 1;

const farthest = (sides: Sides, cells: number): number =>
  FARTHEST.find((band) => FARTHEST_SMALLER * breadth(sides, band) < sides.y.length && (sides.x.length + 1) * breadth(sides, band) <= cells) ?? 0;

/** The cheapest alignment, if it can be told within `most` tokens beside the diagonal. `whole`: it need not be, where it takes as long as to look at everything. */
function near(sides: Sides, most: number, whole: boolean, span: Span): Span[] | null {
  if (most < FIRST_BAND) return null;
  const leaving = new Leaving(sides.wx, sides.wy);
  for (let band = FIRST_BAND; ;) {
    const found = alignment(sides, below(sides, band), above(sides, band), span), needed = leaving.bandFor(found.price, band, most);
    if (needed === band) return found.spans;
    if (band === most || (whole && needed > most && band * WIDER > most)) return null;
    band = Math.min(needed, band * WIDER, most);
  }
}

/** Equal keys get equal numbers. */
function numbered(a: Tokens, b: Tokens, { a0, a1, b0, b1 }: Span): [Int32Array, Int32Array] {
  const ids = new Map<string, number>();
  const number = (key: string): number => {
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = ids.size));
    return id;
  };
  const x = new Int32Array(a1 - a0), y = new Int32Array(b1 - b0);
  for (let i = a0; i < a1; i++) x[i - a0] = number(a.keys[i]!);
  for (let j = b0; j < b1; j++) y[j - b0] = number(b.keys[j]!);
  return [x, y];
}

/**
 * One alignment with a price for every hunk: four states (equal, deleting, inserting, replacing; in a hunk deletions come first), one byte of trace per cell, costs
 * in two rows. Cells lie at most `below` rows under and `above` columns beside the diagonal that begins at the first token.
 */
function alignment({ x, y, wx, wy }: Sides, below: number, above: number, span: Span): { price: number; spans: Span[] } {
  const width = y.length + 1, breadth = below + above + 1;
  const trace = new Uint8Array((x.length + 1) * Math.min(width, breadth));
  const stride = Math.min(width, breadth), start = (i: number) => (stride === width ? 0 : i - below);
  // Cost of each state at column j: of the row above until column j is done, of this row afterwards.
  const eq = new Int32Array(width).fill(FAR), del = eq.slice(), ins = eq.slice(), rep = eq.slice();
  eq[0] = 0;
  for (let i = 0; i <= x.length; i++) {
    const first = Math.max(0, i - below), last = Math.min(y.length, i + above), row = i * stride - start(i);
    const token = i > 0 ? x[i - 1]! : -1, price = i > 0 ? wx[i - 1]! : 0;
    let diagonal = FAR, from = E; // the best state at (i-1, j-1)
    if (first > 0) {
      diagonal = eq[first - 1]!;
      if (del[first - 1]! < diagonal) { diagonal = del[first - 1]!; from = D; }
      if (ins[first - 1]! < diagonal) { diagonal = ins[first - 1]!; from = I; }
      if (rep[first - 1]! < diagonal) { diagonal = rep[first - 1]!; from = R; }
    }
    // What stands to the left in this row.
    let leftEq = FAR, leftDel = FAR, leftIns = FAR, leftRep = FAR;
    for (let j = first; j <= last; j++) {
      let nowEq = eq[j]!, nowDel = del[j]!, best = nowEq, state = E, step = 0;
      if (nowDel < best) { best = nowDel; state = D; }
      if (ins[j]! < best) { best = ins[j]!; state = I; }
      if (rep[j]! < best) { best = rep[j]!; state = R; }
      if (i > 0) {
        const opened = nowEq + OPEN;
        if (nowDel <= opened) step = DEL_ON; else nowDel = opened;
        del[j] = nowDel += price;
        nowEq = FAR;
        if (j > 0 && token === y[j - 1]) { nowEq = diagonal; step |= from; }
        eq[j] = nowEq;
      }
      if (j > first) {
        const w = wy[j - 1]!, opened = leftEq + OPEN, mixed = leftDel + MIX;
        if (leftIns <= opened) { leftIns += w; step |= INS_ON; } else leftIns = opened + w;
        if (leftRep <= mixed) { leftRep += w; step |= REP_ON; } else leftRep = mixed + w;
      }
      ins[j] = leftIns;
      rep[j] = leftRep;
      leftEq = nowEq;
      leftDel = nowDel;
      trace[row + j] = step;
      diagonal = best; from = state;
    }
  }
  const ends = [eq, del, ins, rep].map((costs) => costs[y.length]!), price = Math.min(...ends);
  return { price, spans: followed((i, j) => trace[i * stride - start(i) + j]!, ends.indexOf(price), span) };
}

/** Reads the trace from the end and gathers the steps between two equal tokens into spans. */
function followed(stepAt: (i: number, j: number) => number, last: number, span: Span): Span[] {
  const out: Span[] = [];
  let i = span.a1 - span.a0, j = span.b1 - span.b0, state = last, a1 = -1, b1 = -1;
  while (i > 0 || j > 0) {
    const step = stepAt(i, j);
    if (state === E) { state = step & 3; i--; j--; continue; }
    if (a1 < 0) { a1 = i; b1 = j; }
    if (state === D) { state = step & DEL_ON ? D : E; i--; }
    else if (state === I) { state = step & INS_ON ? I : E; j--; }
    else { state = step & REP_ON ? R : D; j--; }
    if (state === E) { out.push({ a0: span.a0 + i, a1: span.a0 + a1, b0: span.b0 + j, b1: span.b0 + b1 }); a1 = -1; }
  }
  return out.reverse();
}
