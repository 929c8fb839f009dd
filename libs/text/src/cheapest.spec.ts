import { expect, it } from 'vitest';
import { seeded } from '../test-support/seeded.ts';
import { cheapest } from './cheapest.ts';
import { plainSlot } from './slot.ts';
import type { Span } from './span.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import { cases } from '../test-support/cases.ts';

const OPEN = 520, MIX = 510, CELLS = 1_000_000;
const weight = (tokens: Tokens, from: number, to: number): number => tokens.weights.slice(from, to).reduce((sum, w) => sum + w, 0);
const priceOf = (a: Tokens, b: Tokens, spans: readonly Span[]): number => spans.reduce((sum, { a0, a1, b0, b1 }) =>
  sum + OPEN + weight(a, a0, a1) + weight(b, b0, b1) + (a1 > a0 && b1 > b0 ? MIX : 0), 0);

/** The least price over all cells, told without a trace: 0 equal, 1 deleting, 2 inserting, 3 replacing. */
function leastPrice(a: Tokens, b: Tokens): number {
  const start = [0, Infinity, Infinity, Infinity];
  let above: number[][] = [];
  for (let i = 0; i <= a.keys.length; i++) {
    const row: number[][] = [];
    for (let j = 0; j <= b.keys.length; j++) {
      if (i === 0 && j === 0) { row.push(start); continue; }
      const up = above[j], left = row[j - 1], back = i > 0 && j > 0 && a.keys[i - 1] === b.keys[j - 1] ? above[j - 1]! : null;
      row.push([
        back ? Math.min(...back) : Infinity, up ? Math.min(up[0]! + OPEN, up[1]!) + a.weights[i - 1]! : Infinity,
        left ? Math.min(left[0]! + OPEN, left[2]!) + b.weights[j - 1]! : Infinity, left ? Math.min(left[1]! + MIX, left[3]!) + b.weights[j - 1]! : Infinity,
      ]);
    }
    above = row;
  }
  return Math.min(...above.at(-1)!);
}

it('[C4] what is found near the diagonal is the cheapest way of all', () => {
  const draw = seeded(2_028), below = (n: number): number => Math.floor(draw() * n);
  for (let n = 0; n < cases(60); n++) {
    const vocabulary = [4, 12, 80][n % 3]!, word = (): string => ['and', 'the', 'reply', 'notice', ', or', '.'][below(6)]! + (below(3) > 0 ? ` w${below(vocabulary)}` : '');
    const words = Array.from({ length: 5 + below(120) }, word), own = [...words];
    for (let k = below(8); k > 0; k--) own.splice(below(own.length), below(12), ...Array.from({ length: below(12) }, word));
    if (n % 4 === 0) own.splice(below(own.length), 0, ...own.splice(below(own.length), below(30)));
    const a = tokensOf(plainSlot(words.join(' '))), b = tokensOf(plainSlot(own.join(' ')));
    expect(priceOf(a, b, cheapest(a, b, { a0: 0, a1: a.keys.length, b0: 0, b1: b.keys.length }, CELLS)!), `case ${n}`).toBe(leastPrice(a, b));
  }
});
