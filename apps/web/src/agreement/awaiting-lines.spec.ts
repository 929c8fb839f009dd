import { type Awaited, CHAIR, countsOf, type ProposalGroup } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { awaitingLines, nextOf, provisionsAwaited } from './awaiting-lines.ts';

const awaited: Awaited = { proposals: ['p', 'p', 'q'].map((provision) => ({ provision }) as ProposalGroup), toAgree: ['r'], reopenings: [], toApprove: [], basis: false, closing: false };

describe('[N9] what waits', () => {
  it('is a line for each kind, counted from the very things it leads to', () => {
    expect(awaitingLines(countsOf(awaited), 'a').map(({ kind, words }) => [kind, words])).toEqual([['proposals', '3 proposals to answer'], ['toAgree', '1 clean provision to agree']]);
    expect(provisionsAwaited(awaited, 'proposals')).toEqual(['p', 'p', 'q']);
  });

  it('is led through thing by thing, and from the last to the first', () => {
    expect([-1, 0, 1, 2].map((at) => nextOf(provisionsAwaited(awaited, 'proposals'), at))).toEqual([0, 1, 2, 0]);
    expect(nextOf([], 4)).toBe(-1);
  });

  it('says of a working paper whose answer it waits for', () => {
    const basis = { ...countsOf(awaited), proposals: 0, toAgree: 0, basis: true };
    expect([awaitingLines(basis, 'a'), awaitingLines(basis, CHAIR)].map(([line]) => line!.words)).toEqual(['the working paper waits for your head’s answer as basis', 'the working paper waits for a head']);
  });
});
