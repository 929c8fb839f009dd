import { type Awaited, CHAIR, countsOf, type ProposalGroup } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { ledBy } from './awaiting-address.ts';
import { awaitedIn, awaitingLines, nextAwaited, nextOf, placeOfVisit, thingsAwaited } from './awaiting-lines.ts';

const awaited: Awaited = { proposals: ['p', 'p', 'q'].map((provision, i) => ({ provision, name: `n${i}` }) as ProposalGroup), toAgree: ['r'], reopenings: [], toApprove: [], basis: false, closing: false };

describe('[N9] what waits', () => {
  it('is a line for each kind, counted from the very things it leads to', () => {
    expect(awaitingLines(countsOf(awaited), 'a').map(({ kind, words }) => [kind, words])).toEqual([['proposals', '3 proposals to answer'], ['toAgree', '1 clean provision to agree']]);
    expect([thingsAwaited(awaited, 'proposals'), thingsAwaited(awaited, 'toAgree')].map((things) => things.map(({ provision }) => provision))).toEqual([['p', 'p', 'q'], ['r']]);
  });

  it('is led through thing by thing, and from the last to the first', () => {
    const things = thingsAwaited(awaited, 'proposals'), visits = things.map(({ name }, at) => ({ name, at }));
    expect([null, ...visits].map((visit) => nextOf(things, visit))).toEqual([0, 1, 2, 0]);
    expect(nextOf([], visits[1]!)).toBe(-1);
  });

  it('skips none where the one that was visited has been answered, or others before it', () => {
    const [a, b, c] = thingsAwaited(awaited, 'proposals') as [never, never, never], at = (thing: { readonly name: string }, place: number) => ({ name: thing.name, at: place });
    expect([nextOf([b, c], at(a, 0)), nextOf([a, c], at(b, 1)), nextOf([a, b], at(c, 2)), nextOf([c], at(b, 1))]).toEqual([0, 1, 0, 0]);
    expect([nextOf([b, c], at(b, 1)), nextOf([c], at(c, 2)), nextOf([a, b, c], at(b, 0))]).toEqual([1, 0, 2]);
    expect([placeOfVisit([b, c], at(a, 0)), placeOfVisit([b, c], at(c, 2))]).toEqual([-1, 1]);
  });

  it('says of a working paper whose answer it waits for', () => {
    const basis = { ...countsOf(awaited), proposals: 0, toAgree: 0, basis: true };
    expect([awaitingLines(basis, 'a'), awaitingLines(basis, CHAIR)].map(([line]) => line!.words)).toEqual(['the working paper waits for your head’s answer as basis', 'the working paper waits for a head']);
  });
});

describe('[N18] the way through all that waits in a document', () => {
  const all: Awaited = { ...awaited, closing: true, toApprove: ['s'] };
  const wayThrough = (of: Awaited): string[] => {
    const way: string[] = [];
    for (let at = nextAwaited(of, null); at; at = nextAwaited(of, at)) way.push(`${at.kind} ${at.provision}`);
    return way;
  };

  it('is kind after kind, as many steps as are counted, and ends behind the last', () => {
    expect(wayThrough(all)).toEqual(['closing null', 'proposals p', 'proposals p', 'proposals q', 'toAgree r', 'toApprove s']);
    expect(wayThrough({ ...awaited, proposals: [], toAgree: [], basis: true })).toEqual(['basis null']);
    for (const of of [all, awaited, { ...awaited, basis: true }]) expect(wayThrough(of)).toHaveLength(awaitedIn(countsOf(of)));
  });

  it('goes on behind what has been answered meanwhile, in its kind or the next', () => {
    const second = thingsAwaited(awaited, 'proposals')[1]!, last = { kind: 'proposals', at: 1, name: second.name } as const;
    expect(nextAwaited({ ...all, proposals: [awaited.proposals[0]!, awaited.proposals[2]!] }, last)).toMatchObject({ kind: 'proposals', at: 1, provision: 'q' });
    expect(nextAwaited({ ...all, proposals: [awaited.proposals[0]!] }, last)).toMatchObject({ kind: 'toAgree', at: 0, provision: 'r' });
    expect(nextAwaited({ ...awaited, toAgree: [], proposals: [awaited.proposals[0]!] }, last)).toBeNull();
  });

  it('begins where an address says', () => {
    expect(['#awaiting', '#awaiting-toAgree', '#awaiting-basis', '#awaiting-none', '#text', ''].map(ledBy)).toEqual(['all', 'toAgree', 'basis', null, null, null]);
  });
});
