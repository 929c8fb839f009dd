import type { Span } from './span.ts';
import { increasing } from './increasing.ts';
import type { Tokens } from './tokens.ts';

/** A stretch of so many tokens that both sides have once is the same stretch. */
const STRETCH = 5;

/** `span` cut in the middle of every stretch that stands once on each side, as many as keep their order; `[span]` where there is none. Each token is looked at a fixed number of times. */
export function cutAtUnique(a: Tokens, b: Tokens, span: Span): Span[] {
  const ids = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()], keys = new Map<string, number>();
  const first = stretches(numbers(a, span.a0, span.a1, keys), ids), second = stretches(numbers(b, span.b0, span.b1, keys), ids);
  const where = once(first), there = once(second);
  const both = [...where].filter(([id, i]) => i >= 0 && (there.get(id) ?? -1) >= 0).map(([id, i]) => ({ i, j: there.get(id)! }));
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

function numbers(tokens: Tokens, from: number, to: number, known: Map<string, number>): Float64Array {
  const out = new Float64Array(to - from);
  for (let i = from; i < to; i++) out[i - from] = numbered(known, tokens.keys[i]!);
  return out;
}

function numbered<Key>(known: Map<Key, number>, key: Key): number {
  let id = known.get(key);
  if (id === undefined) known.set(key, (id = known.size));
  return id;
}

/** A number for the stretch that begins at each token; equal stretches have equal numbers. */
function stretches(x: Float64Array, [twos, fours, fives]: readonly Map<number, number>[]): Float64Array {
  const step = (y: Float64Array, ids: Map<number, number>, z: Float64Array, by: number): Float64Array =>
    Float64Array.from({ length: Math.max(0, x.length - STRETCH + 1) }, (_, i) => numbered(ids, y[i]! * 0x200000 + z[i + by]!));
  const pairs = Float64Array.from({ length: Math.max(0, x.length - 1) }, (_, i) => numbered(twos!, x[i]! * 0x200000 + x[i + 1]!));
  return step(step(pairs, fours!, pairs, 2), fives!, x, STRETCH - 1);
}

/** Where each stretch stands; -1 where it stands more than once. In order. */
function once(stretch: Float64Array): ReadonlyMap<number, number> {
  const out = new Map<number, number>();
  stretch.forEach((id, i) => out.set(id, out.has(id) ? -1 : i));
  return out;
}
