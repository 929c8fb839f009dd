import type { Json } from '@parley/ledger';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Assembly, cut, type Piece, sizeOf } from './pieces.ts';

const together = (pieces: readonly Piece[]): unknown => {
  const act = new Assembly();
  for (const piece of pieces) act.take(structuredClone(piece));
  return act.whole;
};
const sizes = (pieces: readonly Piece[]): number[] => pieces.map(({ parts }) => parts.reduce((sum, [, part]) => sum + sizeOf(part), 0));

it('[HG55] an object in pieces is the same when it is put together, and its fields stand in the same order', () => {
  const key = fc.stringMatching(/^[a-z:]{1,6}$/);
  const value = fc.letrec<{ any: Json }>((tie) => ({ any: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('any'), { maxLength: 6 }), fc.dictionary(key, tie('any'), { maxKeys: 5, noNullPrototype: true })) })).any;
  fc.assert(fc.property(fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), fc.integer({ min: 2, max: 12 }), (act, most) => {
    const pieces = [...cut(act, most)], again = together(pieces);
    expect(again).toEqual(act);
    expect(JSON.stringify(again)).toBe(JSON.stringify(act));
    expect(Math.max(0, ...sizes(pieces))).toBeLessThanOrEqual(most);
  }), { numRuns: 500, seed: 1 });
});

it.each<[string, Json]>([
  ['many small values', { t: 'x', parts: Array.from({ length: 50_000 }, () => 'x') }],
  ['one part that is large in itself', { parts: [{ hunks: Array.from({ length: 500 }, () => ({ removed: Array.from({ length: 40 }, () => ({ t: 'x', m: 'em' })) })) }] }],
  ['many fields', { slots: Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [`k${n}`, [{ t: 'x' }]])) }],
  ['long texts', { provisions: Array.from({ length: 1_000 }, () => ({ t: 'w'.repeat(20_000) })) }],
])('[HG55] no piece has more than some thousand values: %s', (_what, value) => {
  const pieces = [...cut(value)];
  expect(Math.max(...sizes(pieces))).toBeLessThanOrEqual(1_000);
  expect(pieces.length).toBeLessThan(2 * sizeOf(value) / 1_000 + 1_200);
  expect(together(pieces)).toEqual(value);
});

it('[HG55] what is small is one piece', () => {
  expect([...cut({ v: 1, parts: [{ a: [] }], none: {} })]).toEqual([{ at: [], parts: [['v', 1], ['parts', [{ a: [] }]], ['none', {}]] }]);
});
