import { describe, expect, it } from 'vitest';
import { bracketed } from './bracketed.ts';
import { compareSlots } from './compare.ts';
import { actCases, notTrueCases, slot, textCases, type Written } from '../test-support/compare-cases.ts';
import { acceptInCommon, rebaseSlot, rebaseSlotAll, withdrawSlot } from './rebase.ts';
import { equalSlots, plainSlot, splice, textOf } from './slot.ts';

const ORDER = ['A', 'B', 'chair'];

describe('the cases of accepting', () => {
  it.each(actCases)('[TA1] $id $note', (x) => {
    const c = textCases.find((t) => t.id === x.case)!, common = slot(c.common);
    const proposer = x.accept.party, other = proposer === 'A' ? 'B' : 'A', theirs = slot(c.positions[other]);
    const hunk = compareSlots(common, slot(c.positions[proposer]))[x.accept.hunk]!;
    const { splice: write } = rebaseSlot({
      common, hunk, proposer, order: ORDER, position: { party: other, slot: theirs }, accepting: x.by === other, own: x.own,
    });
    expect(write).toEqual(x.write && { from: x.write.from, to: x.write.to, insert: slot(x.write.insert) });
    const then = {
      common: acceptInCommon(common, [hunk]),
      [proposer]: slot(c.positions[proposer]),
      [other]: write ? splice(theirs, write.from, write.to, write.insert) : theirs,
    };
    expect(then.common).toEqual(slot(x.then.common));
    expect({ A: then.A, B: then.B }).toEqual({ A: slot(x.then.positions.A), B: slot(x.then.positions.B) });
    expect(bracketed(then.common, [{ party: 'A', slot: then.A! }, { party: 'B', slot: then.B! }], (p) => p)).toBe(x.then.bracketed);
  });

  const rebased = notTrueCases.filter((n) => ['N01', 'N02', 'N03', 'N04'].includes(n.id));
  it.each(rebased)('[TA2] $id $note', (n) => {
    const positions = n.positions!, common = slot(n.common as Written), then = n.then as { common: string; B: string; hunks: unknown[] };
    const plain = (c: string, p: string) => compareSlots(slot(c), slot(p)).map((h) => ({ from: h.from, to: h.to, removed: textOf(h.removed), inserted: textOf(h.inserted) }));
    expect(plain(n.common as string, positions.B)).toEqual(n.before);
    const hunk = compareSlots(common, slot(positions.A))[0]!;
    const { splice: write } = rebaseSlot({ common, hunk, proposer: 'A', order: ORDER, position: { party: 'B', slot: slot(positions.B) }, accepting: n.mode === 'yield' });
    expect(textOf(acceptInCommon(common, [hunk]))).toBe(then.common);
    expect(textOf(splice(slot(positions.B), write!.from, write!.to, write!.insert))).toBe(then.B);
    expect(plain(then.common, then.B)).toEqual(then.hunks);
  });
});

describe('what is given up', () => {
  const common = plainSlot('Each side shall acknowledge a request within 24 hours after receipt.');
  const a = plainSlot('Each side shall acknowledge a request within 12 hours after receipt.');
  const b = plainSlot('Each side will acknowledge a request within 72 hours after receipt.');
  const input = { common, hunk: compareSlots(common, a)[0]!, proposer: 'A', order: ORDER };

  it('[TA3] the accepting side gives up its contested hunks and no other', () => {
    const mine = compareSlots(common, b);
    expect(rebaseSlot({ ...input, position: { party: 'B', slot: b }, accepting: true }).givesUp).toEqual([mine[1]]);
  });

  it('[TA3] a third party gives up nothing and keeps its words', () => {
    expect(rebaseSlot({ ...input, position: { party: 'chair', slot: b }, accepting: false })).toEqual({ splice: null, givesUp: [] });
  });

  it('[TA4] insertions at one point stand in party order, whoever is accepted first', () => {
    const c = plainSlot('a point'), x = plainSlot('a designated point'), y = plainSlot('a own point');
    const keep = (proposer: string, hunkOf: typeof x, party: string, of: typeof x) => {
      const { splice: s, givesUp } = rebaseSlot({ common: c, hunk: compareSlots(c, hunkOf)[0]!, proposer, order: ORDER, position: { party, slot: of }, accepting: true, own: 'alongside' });
      expect(givesUp).toEqual([]);
      return textOf(splice(of, s!.from, s!.to, s!.insert));
    };
    expect(keep('A', x, 'B', y)).toBe('a designated own point');
    expect(keep('B', y, 'A', x)).toBe('a designated own point');
  });
});

describe('several hunks in one act', () => {
  const common = plainSlot('The two sides shall, within 24 hours, consult on every request in good faith.');
  const a = plainSlot('The sides will, within 48 hours, always consult on each request.');
  const b = plainSlot('Both sides shall, within 72 hours, consult on every single request in good faith and record it.');

  it('[TA5] gives what accepting them one by one gives, and names what is given up as it was before', () => {
    const hunks = compareSlots(common, a);
    const all = rebaseSlotAll({ common, hunks, proposer: 'A', order: ORDER, position: { party: 'B', slot: b }, accepting: true });
    let c = common, q = b;
    for (let left = compareSlots(c, a); left.length > 0; left = compareSlots(c, a)) {
      const { splice: s } = rebaseSlot({ common: c, hunk: left[0]!, proposer: 'A', order: ORDER, position: { party: 'B', slot: q }, accepting: true });
      c = acceptInCommon(c, [left[0]!]);
      if (s) q = splice(q, s.from, s.to, s.insert);
    }
    expect(textOf(all.slot)).toBe(textOf(q));
    expect(acceptInCommon(common, hunks)).toEqual(a);
    expect(all.splices.reduce((s, w) => splice(s, w.from, w.to, w.insert), b)).toEqual(all.slot);
    expect(all.givesUp.every((g) => compareSlots(common, b).includes(g))).toBe(true);
    expect(all.givesUp.map((g) => textOf(g.inserted))).toContain('72');
  });

  it('[TA6] withdrawing puts the common words back', () => {
    const hunk = compareSlots(common, a).find((h) => textOf(h.inserted) === '48')!, w = withdrawSlot(hunk, common);
    expect(textOf(splice(a, w.from, w.to, w.insert))).toBe('The sides will, within 24 hours, always consult on each request.');
    expect(equalSlots(w.insert, plainSlot('24'))).toBe(true);
  });
});
