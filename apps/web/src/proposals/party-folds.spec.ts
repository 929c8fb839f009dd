import type { OpenProposal } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { foldedIn, LONG, longLists, toggleFold, unfolded } from './party-folds.ts';

const of = (party: string, n: number): OpenProposal[] => Array.from({ length: n }, (_, i) => ({ name: `${party}${i}`, parties: [party, 'other'] }) as unknown as OpenProposal);

describe('a long list of one party', () => {
  it('[E40] is offered to be folded away, with its length; a short one is not', () => {
    const all = [...of('a', LONG), ...of('b', LONG + 1), ...of('c', 1_235)];
    expect(longLists(all)).toEqual([{ party: 'b', count: LONG + 1 }, { party: 'c', count: 1_235 }]);
    expect(unfolded(all, new Set(['c']))).toEqual([...of('a', LONG), ...of('b', LONG + 1)]);
  });

  it('[E40] is shown again when it has become short: nothing is hidden that no button shows', () => {
    const all = [...of('a', 3), ...of('b', LONG)];
    expect(unfolded(all, new Set(['b']))).toBe(all);
  });

  it('[E40] stays folded while the page is open, in its document alone', () => {
    expect(toggleFold('d', 'a')).toEqual(new Set(['a']));
    expect([foldedIn('d'), foldedIn('e')]).toEqual([new Set(['a']), new Set()]);
    expect([toggleFold('d', 'a'), foldedIn('d')]).toEqual([new Set(), new Set()]);
  });
});
