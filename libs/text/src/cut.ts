import type { Span } from './span.ts';
import { increasing } from './increasing.ts';
import type { Tokens } from './tokens.ts';

/** A stretch of so many tokens that both sides have once is the same stretch. */
const STRETCH = 5;

/** `span` cut in the middle of every stretch that stands once on each side, as many as keep their order; `[span]` where there is none. Each token is looked at a fixed number of times. */
export function cutAtUnique(a: Tokens, b: Tokens, span: Span): Span[] {
  const numbers = new Stretches(span.a1 - span.a0 + span.b1 - span.b0);
  const first = numbers.of(a.keys.slice(span.a0, span.a1)), second = numbers.of(b.keys.slice(span.b0, span.b1));
  const where = once(first, numbers.count), there = once(second, numbers.count), both: { readonly i: number; readonly j: number }[] = [];
  first.forEach((id, i) => { if (where[id] === i && there[id]! >= 0) both.push({ i, j: there[id]! }); });
  const kept = increasing(both.map(({ j }) => j)).map((n) => both[n]!);
  const out: Span[] = [];
  let { a0, b0 } = span;
  for (const { i, j } of kept) {
    const [a1, b1] = [span.a0 + i + (STRETCH >> 1), span.b0 + j + (STRETCH >> 1)];
    out.push({ a0, a1, b0, b1 });
    [a0, b0] = [a1, b1];
  }
  return [...out, { a0, a1: span.a1, b0, b1: span.b1 }];
}

function numbered<Key>(known: Map<Key, number>, key: Key): number {
  let id = known.get(key);
  if (id === undefined) known.set(key, (id = known.size));
  return id;
}

/** Numbers stretches of tokens: equal ones have equal numbers, from 0 on. */
class Stretches {
  private readonly keys = new Map<string, number>();
  private readonly twos = new Map<number, number>();
  private readonly fours = new Map<number, number>();
  private readonly fives = new Map<number, number>();

  /** `most`: so many tokens are asked about in all. Two numbers below it make one that is whole, and for any slot one of 31 bits, which a Map finds sooner. */
  constructor(private readonly most: number) {}

  /** How many different stretches there were. */
  get count(): number {
    return this.fives.size;
  }

  /** The number of the stretch that begins at each of these tokens. */
  of(keys: readonly string[]): Int32Array {
    const ones = Int32Array.from(keys, (key) => numbered(this.keys, key));
    const twos = this.joined(ones, ones, 1, this.twos), fours = this.joined(twos, twos, 2, this.fours);
    return this.joined(fours, ones, STRETCH - 1, this.fives);
  }

  /** A number for each of `x` with that of `y` which stands so far behind. */
  private joined(x: Int32Array, y: Int32Array, behind: number, ids: Map<number, number>): Int32Array {
    const out = new Int32Array(Math.max(0, y.length - behind));
    for (let i = 0; i < out.length; i++) out[i] = numbered(ids, x[i]! * this.most + y[i + behind]!);
    return out;
  }
}

/** By its number, where each stretch stands: -1 where it stands more than once, -2 where it does not. */
function once(stretch: Int32Array, count: number): Int32Array {
  const out = new Int32Array(count).fill(-2);
  stretch.forEach((id, i) => { out[id] = out[id] === -2 ? i : -1; });
  return out;
}
