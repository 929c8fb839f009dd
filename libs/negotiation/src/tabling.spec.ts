import { applyEdits, digestOf, orderDigest, plainSlot, provisionsOf, sameProvision, type Slot, slotDigest, slotKeys, slotOf, type Text, textDigest, textFrom } from '@parley/text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../text/test-support/seeded.ts';
import type { Draw } from '../../text/test-support/slots.ts';
import { cases } from '../../text/test-support/cases.ts';
import { drawn } from '../test-support/tabling-cases.ts';
import { FIELD_SCHEMAS, tabledEdits, type TabledPart, tabling } from './index.ts';
import { table } from './acts/table.ts';

const SEED = 72_025;
const seeds = fc.noBias(fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })));
const always = (numRuns: number, law: (draw: Draw) => void): void => fc.assert(fc.property(seeds, (seed) => law(seeded(seed))), { seed: SEED, numRuns: cases(numRuns) });

const shuffled = <T>(list: readonly T[], draw: Draw): T[] => list.map((one) => ({ one, at: draw() })).sort((a, b) => a.at - b.at).map(({ one }) => one);

/** The position with these parts tabled in one act. */
function tabled(position: Text, parts: readonly TabledPart[]): Text {
  const edits = tabledEdits(position, parts);
  if (!edits.ok) throw new Error(`${edits.reason}: ${JSON.stringify(parts)}`);
  return applyEdits(position, edits.value);
}

const sameText = (got: Text, wanted: Text): void => {
  expect([got.list, textDigest(got), orderDigest(got)]).toEqual([wanted.list, textDigest(wanted), orderDigest(wanted)]);
  expect(provisionsOf(got).every((p) => sameProvision(p, wanted.by.get(p.id)!))).toBe(true);
};
const isWords = (part: TabledPart): boolean => part.on === 'words';
const changesKind = (part: TabledPart): boolean => part.on === 'item' && part.item.type === 'field' && part.item.field === 'kind';
/** Words that stand by themselves: their provision keeps its kind. */
const freeWords = (parts: readonly TabledPart[]): TabledPart[] => {
  const turned = new Set(parts.filter(changesKind).map(({ provision }) => provision));
  return parts.filter((part) => isWords(part) && !turned.has(part.provision));
};

describe('[NT7] what leads from a position to the text that is wanted', () => {
  it('is each place once, is taken over the wire, and gives exactly that text, to the digest', () => {
    const schema = table.fields(FIELD_SCHEMAS).parts;
    let items = 0, words = 0;
    always(1_500, (draw) => {
      const { position, wanted } = drawn(draw), parts = tabling(position, wanted);
      if (parts.length > 0) expect(schema.parse(parts)).toEqual(parts);
      sameText(tabled(position, parts), wanted);
      items += parts.filter((part) => !isWords(part)).length;
      words += parts.filter(isWords).length;
    });
    expect([items > cases(1_000), words > cases(1_000)]).toEqual([true, true]);
  });

  it('is nothing where nothing is wanted, and nothing more once it was tabled', () => always(300, (draw) => {
    const { position, wanted } = drawn(draw);
    expect(tabling(position, position)).toEqual([]);
    expect(tabling(tabled(position, tabling(position, wanted)), wanted)).toEqual([]);
  }));

  it('any of the words, in any order, change exactly their slots', () => always(800, (draw) => {
    const { position, wanted } = drawn(draw), some = shuffled(freeWords(tabling(position, wanted)), draw).filter(() => draw() < 0.6), after = tabled(position, some);
    const named = new Set(some.map((part) => (part.on === 'words' ? `${part.provision} ${part.key}` : '')));
    expect(after.list).toEqual(position.list);
    for (const p of provisionsOf(position)) {
      const now = after.by.get(p.id)!;
      expect([now.label, now.kind, now.level]).toEqual([p.label, p.kind, p.level]);
      for (const key of slotKeys(p.kind)) expect(slotDigest(slotOf(now, key))).toBe(slotDigest(slotOf((named.has(`${p.id} ${key}`) ? wanted : position).by.get(p.id), key)));
    }
  }));

  it('after some of it was tabled the rest still stands and leads to the same words, fields and provisions; the words of a provision go with its kind', () => always(1_500, (draw) => {
    const { position, wanted } = drawn(draw), parts = tabling(position, wanted);
    const turned = new Set(parts.filter(changesKind).map(({ provision }) => provision)), chosen = new Set(parts.filter(() => draw() < 0.5));
    const isFirst = (part: TabledPart): boolean => (turned.has(part.provision) ? chosen.has(parts.find((one) => changesKind(one) && one.provision === part.provision)!) : chosen.has(part));
    const [first, rest] = [parts.filter(isFirst), parts.filter((part) => !isFirst(part))], half = tabled(position, first);
    for (const part of rest) if (!turned.has(part.provision)) tabled(half, [part]);
    const whole = tabled(half, rest);
    expect(new Set(whole.list)).toEqual(new Set(wanted.list));
    for (const p of provisionsOf(wanted)) expect([sameProvision(whole.by.get(p.id)!, p), digestOf(whole.by.get(p.id)!)]).toEqual([true, digestOf(p)]);
    sameText(tabled(whole, tabling(whole, wanted)), wanted);
  }));

  it('each part stands alone, but words of another kind', () => always(500, (draw) => {
    const { position, wanted } = drawn(draw), parts = tabling(position, wanted), free = new Set(freeWords(parts));
    for (const part of parts) if (!isWords(part) || free.has(part)) tabled(position, [part]);
  }));

  it('keeps to its limits where everything is another word', () => {
    const words = (n: number, from: number): string => Array.from({ length: n }, (_, i) => `w${i % 2 === 0 ? i : i + from}`).join(' ');
    const of = (slot: Slot): Text => textFrom([{ id: 'p', kind: 'paragraph', label: '', level: 0, slots: { 'en:text': slot } }]);
    const [position, wanted] = [of(plainSlot(words(2_000, 1))), of(plainSlot(words(2_000, 5_000)))], parts = tabling(position, wanted);
    expect(table.fields(FIELD_SCHEMAS).parts.parse(parts)).toEqual(parts);
    expect(parts.map((part) => part.on === 'words' && part.splices.length)).toEqual([1]);
    sameText(tabled(position, parts), wanted);
  });
});
