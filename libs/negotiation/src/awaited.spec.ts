import { digestOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { awaitedBy, awaitingOf, CHAIR } from './index.ts';

const table = () => RulesFixture.negotiating(provision('p1', 'Each side replies within 24 hours.', 'paragraph', '1'), provision('p2', 'A refusal states its grounds.', 'paragraph', '2'), provision('p3', '', 'paragraph', '3'));
const agree = (t: RulesFixture, id: string) => ({ t: 'agree', provision: id, digest: digestOf(t.text('common').by.get(id)!) }) as const;
const ids = (t: RulesFixture, party: string) => {
  const { proposals, toAgree, reopenings, toApprove } = awaitedBy(t.context(t.auditor), party);
  return { proposals: proposals.map((p) => p.provision), toAgree, reopenings, toApprove };
};
const nothing = { proposals: [], toAgree: [], reopenings: [], toApprove: [] };

describe('what waits for a party', () => {
  it('[NS8] is every clean provision it has not agreed, in the order of the text: neither open nor bracketed ones', () => {
    const t = table();
    expect([ids(t, 'az'), ids(t, 'oc'), ids(t, CHAIR)]).toEqual([{ ...nothing, toAgree: ['p1', 'p2'] }, { ...nothing, toAgree: ['p1', 'p2'] }, nothing]);
    t.write(t.az, 'p1', 'Each side replies within 12 hours.');
    expect([ids(t, 'az'), ids(t, 'oc')]).toEqual([{ ...nothing, toAgree: ['p2'] }, { ...nothing, proposals: ['p1'], toAgree: ['p2'] }]);
    t.must(t.azHead, agree(t, 'p2'));
    expect([ids(t, 'az').toAgree, ids(t, 'oc').toAgree]).toEqual([[], ['p2']]);
  });

  it('[NS8] is for the chair what both have agreed and nobody asks to reopen; counts are of these very things', () => {
    const t = table();
    for (const head of [t.azHead, t.ocHead]) t.must(head, agree(t, 'p2'));
    expect([ids(t, CHAIR), ids(t, 'az').toAgree]).toEqual([{ ...nothing, toApprove: ['p2'] }, ['p1']]);
    expect(awaitingOf(t.context(t.auditor), CHAIR)).toEqual({ proposals: 0, toAgree: 0, reopenings: 0, toApprove: 1, basis: false, closing: false });
    t.must(t.azHead, { t: 'askReopening', provision: 'p2', reason: 'New instructions.' });
    expect([ids(t, CHAIR), ids(t, 'az').reopenings, ids(t, 'oc').reopenings]).toEqual([nothing, [], ['p2']]);
  });
});
