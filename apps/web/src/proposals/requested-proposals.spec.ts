import { groupsOf, type OpenProposal, SERVER } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { requestedTogether, requestedParts } from './requested-proposals.ts';
import { acceptShown } from './preview.ts';

const TERM = 'If the request is urgent, the requested side shall reply within 24 hours.';
const MOVED = 'The requested side shall reply within 24 hours if the request is urgent.';

/** A condition that moves, as one side proposes it. */
function moved(): { t: RulesFixture; members: readonly OpenProposal[]; whole: ReturnType<typeof requestedTogether> } {
  const t = RulesFixture.negotiating(provision('p1', TERM), provision('p2', 'Costs are borne by each side.'));
  t.write(t.az, 'p1', MOVED);
  const groups = groupsOf(t.context(SERVER), t.proposals());
  return { t, members: groups[0]!.members, whole: requestedTogether(groups) };
}

/** What a head is shown of these parts: the words, and what is said of taking them alone. */
function shownOf(t: RulesFixture, of: string, members: ReturnType<typeof requestedTogether>['members']) {
  const parts = requestedParts(t.context(SERVER), { of, members }), shown = parts && acceptShown(t.context(t.ocHead), parts, 'oc');
  return shown && [shown.reads.map(({ stretches }) => stretches.map(({ words }) => words).join('')), shown.alone];
}

describe('parts that are asked about', () => {
  it('[N11] of the whole the whole sentence is shown, and nothing is said of taking it alone', () => {
    const { t, members, whole } = moved();
    expect(members.length).toBe(2);
    expect(shownOf(t, whole.of, whole.members)).toEqual([[MOVED], []]);
  });

  it('[N12] of a part the whole text with it alone, and which words it takes away or leaves twice', () => {
    const { t, members: [first, second] } = moved();
    expect(shownOf(t, 'az', [first!])).toEqual([['The requested side shall reply within 24 hours.'], ['Taken alone it takes “If the request is urgent” away.']]);
    expect(shownOf(t, 'az', [second!])).toEqual([[TERM.replace('hours.', 'hours if the request is urgent.')], ['Taken alone it leaves “If the request is urgent” twice.']]);
  });

  it('[N3] are nothing once one of them is gone, or is no longer what that side proposes', () => {
    const { t, members, whole } = moved();
    expect([shownOf(t, 'oc', members), shownOf(t, 'chair', members)]).toEqual([null, null]);
    t.write(t.az, 'p1', MOVED.replace('24 hours if the request is urgent', '24 hours'));
    expect(requestedParts(t.context(SERVER), whole)).toBeNull();
    expect(requestedParts(t.context(SERVER), { of: 'az', members: [members[0]!] })).not.toBeNull();
  });

  it('[N3] of several that read alike each is known by itself: once one is answered, none is taken for it', () => {
    const t = RulesFixture.negotiating(provision('p1', 'Reply within 24 hours of notice. Reply within 24 hours of notice. Reply within 24 hours of notice.'));
    t.write(t.az, 'p1', 'Reply within 48 hours of notice. Reply within 48 hours of notice. Reply within 48 hours of notice.');
    const all = t.proposals(), asked = all.map((one) => ({ of: 'az', members: [one] }));
    for (const [i, one] of all.entries()) expect(requestedParts(t.context(SERVER), asked[i]!)).toEqual([one.proposal]);
    t.rest();
    expect(t.perform(t.ocHead, t.preview(t.ocHead, [all[1]!.proposal]))).toMatchObject({ ok: true });
    expect(asked.map((request) => requestedParts(t.context(SERVER), request)?.flatMap((part) => (part.on === 'words' ? part.hunks.map(({ from }) => from) : [])) ?? null)).toEqual([[13], null, [79]]);
    t.write(t.az, 'p1', 'Reply within 24 hours of notice. Reply within 48 hours of notice. Reply within 24 hours of notice.');
    expect(asked.map((request) => requestedParts(t.context(SERVER), request))).toEqual([null, null, null]);
  });
});
