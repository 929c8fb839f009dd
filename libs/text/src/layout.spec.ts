import { describe, expect, it } from 'vitest';
import { compareSlots } from './compare.ts';
import { slot, textCases } from '../test-support/compare-cases.ts';
import { contested, layOut, slides } from './layout.ts';
import { plainSlot, textOf } from './slot.ts';

const places = (common: string, texts: Record<string, string>) =>
  layOut(plainSlot(common), Object.entries(texts).map(([party, text]) => ({ party, slot: plainSlot(text) })))
    .map((p) => `${p.from}-${p.to} ${p.kind} ${p.alternatives.map((a) => `${a.parties.join('+')}:${textOf(a.text)}`).join('|')}`);

describe('places', () => {
  it.each(textCases)('[TL1] $id $note', (c) => {
    const laid = layOut(slot(c.common), [{ party: 'A', slot: slot(c.positions.A) }, { party: 'B', slot: slot(c.positions.B) }]);
    expect(laid.map(({ from, to, kind, alternatives }) => ({ from, to, kind, alternatives }))).toEqual(
      c.places.map((p) => ({ ...p, alternatives: p.alternatives.map((a) => ({ ...a, text: slot(a.text) })) })));
  });

  it('[TL2] a third party may agree with one of two that differ', () => {
    expect(places('within 24 hours', { A: 'within 12 hours', B: 'within 72 hours', C: 'within 12 hours' })).toEqual(['7-9 contested A+C:12|B:72']);
  });

  it('[TL3] one long change connects two short ones of another party', () => {
    expect(places('one two three four five', { A: 'one 2 three 4 five', B: 'one six' })).toEqual(['4-23 contested A:2 three 4 five|B:six']);
  });

  it('[TL4] places carry the hunks that compare gives, also where one is drawn a slide beside its range', () => {
    const common = plainSlot('Without delay the two sides shall consult.'), b = plainSlot('Without delay shall consult.');
    const laid = layOut(common, [{ party: 'A', slot: plainSlot('the two sides shall consult.') }, { party: 'B', slot: b }]);
    expect(laid[1]).toMatchObject({ from: 14, to: 28 });
    expect(laid[1]!.hunks[0]!.hunk).toBe(compareSlots(common, b)[0]);
  });

  it('[K4] a slide parts no pair of marks: what would have to is contested', () => {
    const common = plainSlot('a (b) (b) c'), [hunk] = compareSlots(common, plainSlot('a (b) c'));
    expect(slides(hunk!, common).map((s) => textOf(s.removed))).not.toContain(') (b');
    expect(slides(hunk!, common)).not.toHaveLength(0);
  });

  it('[TL5] without changes there is no place', () => expect(places('a b', { A: 'a b' })).toEqual([]));
});

describe('contested', () => {
  const hunk = (common: string, position: string) => compareSlots(plainSlot(common), plainSlot(position))[0]!;
  const c = 'the first substantive reply';
  const meet = (a: string, b: string, common = c) => contested(hunk(common, a), hunk(common, b), plainSlot(common));

  it('[TL6] overlap, insertion inside a range, two insertions at one point', () => {
    expect(meet('the early reply', 'the first reply')).toBe(true);
    expect(meet('the reply', 'the first very substantive reply')).toBe(true);
    expect(meet('the very first substantive reply', 'the truly first substantive reply')).toBe(true);
  });

  it('[TL6] touching is not contested, nor the same change', () => {
    expect(meet('the reply', 'the first substantive written reply')).toBe(false);
    expect(meet('the early reply', 'the early reply')).toBe(false);
  });

  it('[TL7] words that both repeat are shared: slides part the two', () => {
    expect(meet('the two sides shall', 'Without delay shall', 'Without delay the two sides shall')).toBe(false);
  });

  it('[TL7] a slide never goes as far as another repetition', () => {
    expect(meet('a very very b', 'a very b', 'a very very very b')).toBe(true);
  });
});
