import { beforeEach, describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { type Actor, decide, partyOf, requestDigest, SERVER, settlementOf, standingOf } from './index.ts';

const ok = { ok: true, value: undefined };
const refused = (reason: string) => ({ ok: false, reason });
const ANSWERS = ['grantReopening', 'declineReopening', 'takeBackReopening'] as const;
let t: RulesFixture;

beforeEach(() => {
  t = RulesFixture.negotiating(provision('p1', 'Each side shall acknowledge a request within 24 hours.'), provision('p2', 'They meet.'));
  for (const id of ['p1', 'p2']) for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'agree', provision: id, digest: t.digest(id) });
});

const asks = (head: Actor = t.azHead, reason = 'a slip', id = 'p1'): string => {
  t.must(head, { t: 'askReopening', provision: id, digest: t.digest(id), reason });
  return requestDigest(t.document, id, partyOf(head)!)!;
};
const answer = (act: (typeof ANSWERS)[number], request: string, id = 'p1') => ({ t: act, provision: id, digest: t.digest(id), request });
const by = (act: (typeof ANSWERS)[number]) => (act === 'takeBackReopening' ? t.azHead : t.ocHead);

describe('[NS9] an answer to a request to reopen is to the very request that was read', () => {
  it.each(ANSWERS)('%s of it does what it says', (act) => {
    const request = asks();
    expect(t.perform(by(act), answer(act, request))).toEqual(ok);
    expect([standingOf(t.context(SERVER), 'p1'), settlementOf(t.document, 'p1').reopenings]).toEqual([act === 'grantReopening' ? 'clean' : 'agreed', {}]);
  });

  it.each(ANSWERS.flatMap((act) => ([
    ['taken back and asked again for another reason', () => { t.must(t.azHead, answer('takeBackReopening', requestDigest(t.document, 'p1', 'az')!)); asks(t.azHead, 'to take the deadline out'); }],
    ['declined and asked again for another reason', () => { t.must(t.ocHead, answer('declineReopening', requestDigest(t.document, 'p1', 'az')!)); asks(t.azHead, 'a slip!'); }],
    ['asked again in the same words, later', () => { t.must(t.azHead, answer('takeBackReopening', requestDigest(t.document, 'p1', 'az')!)); t.at += 1; asks(); }],
    ['granted, and after agreeing the same text anew asked again', () => {
      t.must(t.ocHead, answer('grantReopening', requestDigest(t.document, 'p1', 'az')!));
      for (const head of [t.azHead, t.ocHead]) expect(t.agree(head, 'p1')).toEqual(ok);
      asks(t.azHead, 'another slip');
    }],
  ] as const).map(([what, replaced]) => [act, what, replaced] as const)))('%s of one that was %s meanwhile is refused, and nothing changes', (act, _what, replaced) => {
    const read = asks();
    replaced();
    const before = t.document;
    expect(t.perform(by(act), answer(act, read))).toEqual(refused('request-changed'));
    expect([t.document === before, standingOf(t.context(SERVER), 'p1')]).toEqual([true, 'agreed']);
    expect(t.perform(by(act), answer(act, requestDigest(t.document, 'p1', 'az')!))).toEqual(ok);
  });

  it('of another head of the same side is another one, in the same moment and the same words', () => {
    t.seat(t.azHead, 'azHead2', 'head', 'az');
    const second: Actor = { user: 'azHead2', role: 'head', delegation: 'az' }, read = asks();
    t.must(second, answer('takeBackReopening', read));
    asks(second);
    expect(t.perform(t.ocHead, answer('grantReopening', read))).toEqual(refused('request-changed'));
  });

  it('of the other side or of another provision grants nothing', () => {
    const [theirs, ours, elsewhere] = [asks(), asks(t.ocHead), asks(t.azHead, 'a slip', 'p2')];
    for (const other of [ours, elsewhere, '0'.repeat(64)]) for (const act of ['grantReopening', 'declineReopening'] as const) expect(t.perform(t.ocHead, answer(act, other))).toEqual(refused('request-changed'));
    expect(t.perform(t.azHead, answer('takeBackReopening', ours))).toEqual(refused('request-changed'));
    expect(t.perform(t.azHead, answer('grantReopening', ours))).toEqual(ok);
    expect(requestDigest(t.document, 'p1', 'az')).toBeNull();
    expect(theirs).not.toBe(elsewhere);
  });

  it('whose provision or party has a name that every object has, or that there is not, is none', () => {
    asks();
    for (const name of ['constructor', '__proto__', 'toString', 'p9']) expect([requestDigest(t.document, name, 'az'), requestDigest(t.document, 'p1', name)]).toEqual([null, null]);
  });

  it('two requests whose words could be parted otherwise are two', () => {
    const digests = [['a', 'b'], ['a","b', ''], ['', 'a","b'], ['a\u0000', 'b']].map(([user, reason]) => {
      const context = { ...t.document, settled: { p1: { ...settlementOf(t.document, 'p1'), reopenings: { az: { user: user!, at: 1, reason: reason! } } } } };
      return requestDigest(context, 'p1', 'az');
    });
    expect(new Set(digests).size).toBe(digests.length);
  });

  it.each(ANSWERS)('an older entry of %s that names none is decided as it was', (act) => {
    asks();
    expect(decide({ v: 1, id: 'old', doc: 'doc', t: act, provision: 'p1' }, t.context(by(act)))).toMatchObject({ ok: true });
  });
});

describe('[NS9] what may be named is held to what stands', () => {
  it('an acceptance of the paper is taken back by the digest that it was given to, and not that of another', () => {
    const fresh = RulesFixture.seated(), took = (digest?: string) => fresh.perform(fresh.azHead, { t: 'takeBackBasis', ...(digest !== undefined && { digest }) });
    fresh.must(fresh.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [provision('p1', 'One.')] });
    const first = fresh.paperDigest();
    for (const digest of [first, undefined]) {
      fresh.must(fresh.azHead, { t: 'acceptAsBasis', digest: first });
      expect(took('0'.repeat(64))).toEqual(refused('text-moved'));
      expect(took(digest)).toEqual(ok);
    }
    fresh.must(fresh.azHead, { t: 'acceptAsBasis', digest: first });
    fresh.must(fresh.ocHead, { t: 'declineBasis', digest: first, reason: '' });
    fresh.write(fresh.az, 'p1', 'Two.');
    fresh.must(fresh.azHead, { t: 'acceptAsBasis', digest: fresh.paperDigest() });
    // From a page that still shows the first.
    expect(took(first)).toEqual(refused('text-moved'));
    expect(fresh.document.basis).toMatchObject({ party: 'az', digest: fresh.paperDigest() });
  });

  it('a seat is accepted and declined as it was proposed then: not one that was proposed anew, for whatever role', () => {
    for (const again of ['auditor', 'moderator'] as const) {
      const propose = (role: 'auditor' | 'moderator'): number => {
        t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, role), user: 'new' });
        return t.group.proposed['new']!.at;
      };
      const read = propose('auditor');
      t.mustOnGroup(t.azHead, { t: 'declineSeat', user: 'new', proposedAt: read });
      t.at += 1;
      const now = propose(again);
      expect(t.onGroup(t.ocHead, { t: 'acceptSeat', user: 'new', role: 'auditor', proposedAt: read })).toEqual(refused(again === 'auditor' ? 'request-changed' : 'nothing-pending'));
      expect(t.onGroup(t.ocHead, { t: 'declineSeat', user: 'new', proposedAt: read })).toEqual(refused('request-changed'));
      expect(t.group.proposed['new']!.accepted).toEqual({});
      t.mustOnGroup(t.ocHead, { t: 'acceptSeat', user: 'new', role: again, proposedAt: now });
      t.mustOnGroup(t.azHead, { t: 'declineSeat', user: 'new' });
      t.at += 1;
    }
  });
});
