import { describe, expect, it } from 'vitest';
import { compareSlots } from './compare.ts';
import { CHINESE_FRAMES, CHINESE_VALUES, ENGLISH_FRAMES, ENGLISH_VALUES, valueCases } from '../test-support/values.ts';
import { plainSlot } from './slot.ts';
import { someOf } from '../test-support/cases.ts';

/** Which of the places `from..to` begin or end inside a value. */
const cutsInto = (edges: readonly number[], values: readonly { from: number; to: number }[]) => edges.filter((x) => values.some((v) => v.from < x && x < v.to));

/** `frame` with values in it, and where they stand. */
function filled(frame: string, values: readonly string[]) {
  const where: { from: number; to: number }[] = [];
  let text = '', n = 0;
  for (const part of frame.split(/(#)/)) {
    if (part === '#') { const value = values[n++ % values.length]!; where.push({ from: text.length, to: text.length + value.length }); text += value; } else text += part;
  }
  return { text, where };
}

/** What is wrong with comparing a frame with other values in it: a value is cut, or nothing is found that differs. */
function wrong(frame: string, before: readonly string[], after: readonly string[]): string[] {
  const common = filled(frame, before), own = filled(frame, after), hunks = compareSlots(plainSlot(common.text), plainSlot(own.text));
  const cut = [...cutsInto(hunks.flatMap((h) => [h.from, h.to]), common.where), ...cutsInto(hunks.flatMap((h) => [h.posFrom, h.posTo]), own.where)];
  return cut.length > 0 || hunks.length === 0 ? [`${common.text} → ${own.text}`] : [];
}

/** Each value with the three after it, both ways. */
const pairs = (values: readonly string[]) => values.flatMap((v, i) => [1, 2, 3].map((n) => values[(i + n) % values.length]!).filter((w) => w !== v).flatMap((w): [string, string][] => [[v, w], [w, v]]));

/** One value changed, or of two one or both. */
const changes = (frame: string, v: string, w: string): [readonly string[], readonly string[]][] => (frame.indexOf('#') === frame.lastIndexOf('#') ? [[[v], [w]]] : [[[v, w], [w, v]], [[v, v], [v, w]], [[v, v], [w, v]]]);

/** Every value of a kind for every other, in every frame: how many were compared, and what went wrong. */
function compared(values: readonly string[], frames: readonly string[]) {
  const cases = pairs(values).flatMap(([v, w]) => frames.flatMap((frame) => changes(frame, v, w).map(([before, after]) => wrong(frame, before, after))));
  return { enough: cases.length >= 2 * frames.length, wrong: cases.flat() };
}

describe('values', () => {
  it.each(valueCases)('[K1] $id: no hunk cuts $whole.common into parts', (c) => {
    const where = (text: string, whole: readonly string[]) => whole.map((v) => ({ from: text.indexOf(v), to: text.indexOf(v) + v.length }));
    const hunks = compareSlots(plainSlot(c.common), plainSlot(c.own));
    expect(hunks.length).toBeGreaterThan(0);
    expect(cutsInto(hunks.flatMap((h) => [h.from, h.to]), where(c.common, c.whole.common))).toEqual([]);
    expect(cutsInto(hunks.flatMap((h) => [h.posFrom, h.posTo]), where(c.own, c.whole.own))).toEqual([]);
  });

  it.each(Object.entries(ENGLISH_VALUES))('[K1] %s: any other of its kind, in any sentence', (_, values) => expect(compared(values, someOf(ENGLISH_FRAMES))).toEqual({ enough: true, wrong: [] }));
  it.each(Object.entries(CHINESE_VALUES))('[K1] Chinese %s: any other of its kind, in any sentence', (_, values) => expect(compared(values, someOf(CHINESE_FRAMES))).toEqual({ enough: true, wrong: [] }));
});
