import { plainSlot, textDigest } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { awaitingOf, CHAIR, lockedProvisions, progressOf, SERVER, settlementOf, settlementStateOf, standingOf } from './index.ts';

const reply = () => provision('p1', 'Each side shall acknowledge a request within 24 hours after receipt.', 'paragraph', '1');
const grounds = () => provision('p2', 'A refusal shall state its grounds.', 'paragraph', '2');
const refused = (reason: string) => ({ ok: false, reason });
const ok = { ok: true, value: undefined };

describe('basis', () => {
  it('[B1] [NS9] the first acceptance freezes the paper; it can be taken back by its head and declined by the other', () => {
    const t = RulesFixture.seated();
    t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [reply()] });
    expect(t.write(t.az, 'p1', 'Anything.')).toEqual(ok);
    const digest = textDigest(t.text('working'));
    expect(t.perform(t.azHead, { t: 'acceptAsBasis', digest: '0'.repeat(64) })).toEqual(refused('text-moved'));
    t.must(t.azHead, { t: 'acceptAsBasis', digest });
    expect(t.write(t.oc, 'p1', 'Other.')).toEqual(refused('paper-frozen'));
    expect(t.perform(t.azHead, { t: 'acceptAsBasis', digest })).toEqual(refused('already-consented'));
    expect(t.perform(t.azHead, { t: 'declineBasis', reason: '' })).toEqual(refused('own-proposal'));
    expect(t.perform(t.ocHead, { t: 'takeBackBasis' })).toEqual(refused('other-delegation'));
    expect(t.perform(t.ocHead, { t: 'declineBasis', digest: '0'.repeat(64), reason: 'not yet' })).toEqual(refused('text-moved'));
    t.must(t.ocHead, { t: 'declineBasis', digest, reason: 'not yet' });
    expect(t.write(t.oc, 'p1', 'Other.')).toEqual(ok);
    expect(t.perform(t.azHead, { t: 'acceptAsBasis', digest })).toEqual(refused('text-moved'));
  });

  it('[B2] the second acceptance begins negotiation with the same words everywhere', () => {
    const t = RulesFixture.negotiating(reply(), grounds());
    expect(t.document.stage).toBe('negotiation');
    for (const room of ['common', 'position:az', 'position:oc', 'position:chair'] as const) expect(textDigest(t.text(room))).toBe(textDigest(t.text('working')));
    expect(t.write(t.az, 'p1', 'x')).toEqual(ok);
    expect(t.words('position:oc', 'p1')).toContain('24 hours');
  });
});

describe('answers', () => {
  it('[A1] [A3] the other head accepts; the common text and the other positions follow, the proposer is not written', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.az, 'p1', 'Each side shall promptly acknowledge a request within 24 hours after receipt.');
    const before = t.text('position:az');
    const [p] = t.proposals();
    expect(p).toMatchObject({ parties: ['az'], outstanding: ['oc'], contested: false });
    expect(t.accept(t.azHead, p!)).toEqual(refused('own-proposal'));
    expect(t.accept(t.oc, p!)).toEqual(refused('role-forbids'));
    expect(t.accept(t.chair, p!)).toEqual(refused('role-forbids'));
    expect(t.accept(t.ocHead, p!)).toEqual(ok);
    expect(t.text('position:az')).toBe(before);
    for (const room of ['common', 'position:oc', 'position:chair'] as const) expect(t.words(room, 'p1')).toContain('shall promptly acknowledge');
    expect(t.proposals()).toEqual([]);
  });

  it('[A1] either head accepts a convergent proposal', () => {
    const t = RulesFixture.negotiating(reply());
    for (const who of [t.az, t.oc]) t.write(who, 'p1', 'Each side shall acknowledge a request within 48 hours after receipt.');
    const [p] = t.proposals();
    expect(p).toMatchObject({ parties: ['az', 'oc'], either: true });
    expect(t.accept(t.azHead, p!)).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('48 hours');
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
  });

  it('[A1] [A5] the chair’s proposal needs both, one by one; a first consent falls when that side would give up something else', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.chair, 'p1', 'Each side shall acknowledge a request within 36 hours after receipt.');
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 12 hours after receipt.');
    const bridging = () => t.proposals().find((p) => p.parties.includes(CHAIR))!;
    expect(t.accept(t.azHead, bridging())).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('24 hours');
    expect(bridging()).toMatchObject({ outstanding: ['oc'], consents: { az: { user: 'azHead' } } });
    expect(t.accept(t.azHead, bridging())).toEqual(refused('already-consented'));
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 6 hours after receipt.');
    expect(bridging().outstanding).toEqual(['az', 'oc']);
    expect(t.accept(t.ocHead, bridging())).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('24 hours');
    expect(t.accept(t.azHead, bridging())).toEqual(ok);
    for (const room of ['common', 'position:az', 'position:oc'] as const) expect(t.words(room, 'p1')).toContain('36 hours');
  });

  it('[A2] words that moved are refused and nothing changes', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 12 hours after receipt.');
    const [p] = t.proposals();
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 10 hours after receipt.');
    expect(t.accept(t.ocHead, p!)).toEqual(refused('text-moved'));
    expect(t.perform(t.ocHead, { t: 'decline', parts: [p!.proposal], reason: 'late' })).toEqual(refused('text-moved'));
    expect(t.words('common', 'p1')).toContain('24 hours');
  });

  it('[A2] two heads accepting each other’s contested words: the second is told that the text moved', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 12 hours after receipt.');
    t.write(t.oc, 'p1', 'Each side shall acknowledge a request within 72 hours after receipt.');
    const [az, oc] = t.proposals();
    expect(az!.contested && oc!.contested).toBe(true);
    expect(t.accept(t.ocHead, az!)).toEqual(ok);
    expect(t.accept(t.azHead, oc!)).toEqual(refused('text-moved'));
    expect(t.proposals()).toEqual([]);
    expect(t.words('position:oc', 'p1')).toContain('12 hours');
  });

  it('[A4] an act that does not list what would be given up is refused', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 12 hours after receipt.');
    t.write(t.oc, 'p1', 'Each side shall acknowledge a request within 72 hours after receipt.');
    const az = t.proposals().find((p) => p.parties[0] === 'az')!;
    t.rest();
    const shown = t.preview(t.ocHead, [az.proposal]);
    expect(shown.givesUp).toHaveLength(1);
    expect(t.perform(t.ocHead, { ...shown, givesUp: [] })).toEqual(refused('text-moved'));
  });

  it('[A4] insertions at one point may stand side by side, in party order', () => {
    const t = RulesFixture.negotiating(provision('p1', 'The side’s point of contact.'));
    t.write(t.az, 'p1', 'The side’s designated point of contact.');
    t.write(t.oc, 'p1', 'The side’s own point of contact.');
    const az = t.proposals().find((p) => p.parties[0] === 'az')!;
    expect(t.accept(t.ocHead, az, 'alongside')).toEqual(ok);
    expect(t.words('common', 'p1')).toBe('The side’s designated point of contact.');
    expect(t.words('position:oc', 'p1')).toBe('The side’s designated own point of contact.');
  });

  it('[A6] decline marks, withdraw restores', () => {
    const t = RulesFixture.negotiating(reply());
    t.write(t.az, 'p1', 'Each side shall acknowledge a request within 12 hours after receipt.');
    const [p] = t.proposals();
    t.must(t.ocHead, { t: 'decline', parts: [p!.proposal], reason: 'too short' });
    expect(t.proposals()[0]!.declines).toMatchObject([{ party: 'oc', reason: 'too short' }]);
    expect(t.perform(t.oc, { t: 'withdraw', parts: [p!.proposal] })).toEqual(refused('other-delegation'));
    t.must(t.az, { t: 'withdraw', parts: [p!.proposal] });
    expect(t.proposals()).toEqual([]);
    expect(t.words('position:az', 'p1')).toContain('24 hours');
  });

  it('[A7] an added, a removed, a moved and a relabelled provision are proposals', () => {
    const t = RulesFixture.negotiating(reply(), grounds());
    const add = provision('p3', 'Requests are confidential.', 'paragraph', '2 bis');
    t.edit(t.az, 'position:az', 'p3', [{ do: 'add', provision: add, after: 'p2' }]);
    t.edit(t.oc, 'position:oc', 'p2', [{ do: 'remove', id: 'p2' }]);
    t.edit(t.oc, 'position:oc', 'p1', [{ do: 'set', id: 'p1', label: '1 bis' }]);
    const types = t.proposals().map((p) => (p.proposal.on === 'item' ? `${p.parties[0]} ${p.proposal.item.type} ${p.provision}` : 'words'));
    expect(types).toEqual(['oc field p1', 'oc remove p2', 'az add p3']);
    expect(standingOf(t.context(SERVER), 'p2')).toBe('bracketed');
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    expect(t.accept(t.azHead, t.proposals('p2')[0]!)).toEqual(ok);
    expect(t.accept(t.ocHead, t.proposals('p3')[0]!)).toEqual(ok);
    expect(t.accept(t.azHead, t.proposals('p1')[0]!)).toEqual(ok);
    for (const room of ['common', 'position:az', 'position:oc', 'position:chair'] as const) {
      expect(t.text(room).list).toEqual(['p1', 'p3']);
      expect(t.text(room).by.get('p1')!.label).toBe('1 bis');
    }
  });

  it('[A6] [A7] whole provisions are declined as words are: the text stays, the mark hangs on the very item and goes with it, and others than it can be accepted', () => {
    const t = RulesFixture.negotiating(reply(), grounds(), ...[4, 5, 6].map((n) => provision(`p${n}`, 'They meet.', 'paragraph', `${n}`)));
    t.edit(t.az, 'position:az', 'p3', [{ do: 'add', provision: provision('p3', 'Requests are confidential.', 'paragraph', '2 bis'), after: 'p2' }]);
    t.edit(t.az, 'position:az', 'p2', [{ do: 'remove', id: 'p2' }]);
    t.edit(t.az, 'position:az', 'p4', [{ do: 'move', id: 'p4', after: null }, { do: 'set', id: 'p4', label: '0' }]);
    const sorts = () => t.proposals().map(({ proposal, declines }) => `${proposal.on === 'item' ? (proposal.item.type === 'field' ? proposal.item.field : proposal.item.type) : 'words'} ${declines.map((d) => `${d.party}: ${d.reason}`).join()}`).sort();
    expect(sorts()).toEqual(['add ', 'label ', 'move ', 'remove ']);
    const before = t.rooms;
    for (const { proposal } of t.proposals()) {
      expect(t.perform(t.azHead, { t: 'decline', parts: [proposal], reason: '' })).toEqual(refused('own-proposal'));
      if (proposal.on === 'item' && proposal.item.type !== 'field') t.must(t.ocHead, { t: 'decline', parts: [proposal], reason: `no ${proposal.item.type}` });
    }
    expect(sorts()).toEqual(['add oc: no add', 'label ', 'move oc: no move', 'remove oc: no remove']);
    expect(t.rooms).toBe(before);
    expect(awaitingOf(t.context(SERVER), 'oc').proposals).toBe(1);
    // Another place, other words of what is added: another proposal, not answered yet.
    t.edit(t.az, 'position:az', 'p4', [{ do: 'move', id: 'p4', after: 'p6' }]);
    t.write(t.az, 'p3', 'Requests are strictly confidential.');
    expect(sorts()).toEqual(['add ', 'label ', 'move ', 'remove oc: no remove']);
    t.must(t.az, { t: 'withdraw', parts: [t.proposals('p2')[0]!.proposal] });
    expect(Object.values(t.document.declines).flat().map((d) => d.reason)).not.toContain('no remove');
  });

  it('[A4] accepting words in a provision one has removed gives the removal up', () => {
    const t = RulesFixture.negotiating(reply(), grounds());
    t.edit(t.oc, 'position:oc', 'p2', [{ do: 'remove', id: 'p2' }]);
    t.write(t.az, 'p2', 'A refusal shall promptly state its grounds.');
    const words = t.proposals('p2').find((p) => p.proposal.on === 'words')!;
    expect(words.contested).toBe(true);
    expect(t.accept(t.ocHead, words)).toEqual(ok);
    expect(t.words('position:oc', 'p2')).toBe('A refusal shall promptly state its grounds.');
    expect(t.proposals()).toEqual([]);
  });
});

describe('settlement', () => {
  it('[NS1] standings: bracketed, open, clean', () => {
    const t = RulesFixture.negotiating(reply(), provision('p4', ''), provision('p5', 'Within [x] days.'));
    t.write(t.az, 'p1', 'Other words altogether.');
    expect(progressOf(t.context(SERVER))).toEqual({ approved: 0, agreed: 0, clean: 0, bracketed: 1, open: 2 });
    expect(t.agree(t.azHead, 'p1')).toEqual(refused('not-clean'));
    expect(t.agree(t.azHead, 'p4')).toEqual(refused('provision-open'));
    expect(t.agree(t.azHead, 'p5')).toEqual(refused('provision-open'));
  });

  it('[NS2] [NS4] both heads, then the moderator; locked for everybody from agreement on', () => {
    const t = RulesFixture.negotiating(reply());
    expect(t.perform(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') })).toEqual(refused('not-agreed'));
    expect(t.perform(t.azHead, { t: 'agree', provision: 'p1', digest: '0'.repeat(64) })).toEqual(refused('text-moved'));
    expect(t.agree(t.chair, 'p1')).toEqual(refused('role-forbids'));
    expect(t.agree(t.azHead, 'p1')).toEqual(ok);
    expect(t.agree(t.azHead, 'p1')).toEqual(refused('already-agreed'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    expect(t.agree(t.ocHead, 'p1')).toEqual(ok);
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
    expect([...lockedProvisions(t.document)]).toEqual(['p1']);
    for (const who of [t.az, t.ocHead, t.chair]) expect(t.write(who, 'p1', 'x')).toEqual(refused('provision-locked'));
    expect(t.perform(t.azHead, { t: 'approve', provision: 'p1', digest: t.digest('p1') })).toEqual(refused('role-forbids'));
    t.must(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('approved');
    expect(t.perform(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') })).toEqual(refused('already-approved'));
  });

  it('[NS3] a single consent lapses at the first bracket, by whichever side', () => {
    const t = RulesFixture.negotiating(reply());
    t.must(t.azHead, { t: 'agree', provision: 'p1', digest: t.digest('p1') });
    expect(t.perform(SERVER, { t: 'lapse', provision: 'p1' })).toEqual(refused('nothing-pending'));
    t.write(t.oc, 'p1', 'Each side shall acknowledge.');
    expect(t.document.settled).toEqual({});
    t.must(t.oc, { t: 'withdraw', parts: [t.proposals()[0]!.proposal] });
    expect(t.agree(t.ocHead, 'p1')).toEqual(ok);
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
  });

  it('[NS5] reopening: asked by one, granted by the other; until then everything stands', () => {
    const t = RulesFixture.negotiating(reply());
    const ask = { t: 'askReopening', provision: 'p1', reason: 'new instructions' } as const;
    expect(t.perform(t.azHead, ask)).toEqual(refused('not-agreed'));
    for (const head of [t.azHead, t.ocHead]) t.agree(head, 'p1');
    t.must(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') });
    expect(t.perform(t.ocHead, { t: 'grantReopening', provision: 'p1' })).toEqual(refused('nothing-pending'));
    t.must(t.azHead, ask);
    expect(t.perform(t.azHead, ask)).toEqual(refused('reopening-pending'));
    for (const answer of ['grantReopening', 'declineReopening'] as const) expect(t.perform(t.azHead, { t: answer, provision: 'p1' })).toEqual(refused('own-request'));
    expect(t.perform(t.ocHead, { t: 'takeBackReopening', provision: 'p1' })).toEqual(refused('other-delegation'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('approved');
    t.must(t.ocHead, { t: 'declineReopening', provision: 'p1' });
    t.must(t.azHead, ask);
    t.must(t.azHead, { t: 'takeBackReopening', provision: 'p1' });
    expect(t.perform(t.ocHead, { t: 'grantReopening', provision: 'p1' })).toEqual(refused('nothing-pending'));
    t.must(t.azHead, ask);
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1' });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    expect(t.write(t.az, 'p1', 'x')).toEqual(ok);
  });

  it('[NS5] two requests at once are two requests, not a grant; each is answered, taken back or granted by itself', () => {
    const t = RulesFixture.negotiating(reply());
    for (const head of [t.azHead, t.ocHead]) t.agree(head, 'p1');
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'askReopening', provision: 'p1', reason: head.user });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
    expect(settlementStateOf(t.document, 'p1')).toBe('agreed-both-asked');
    expect([awaitingOf(t.context(SERVER), 'az').reopenings, awaitingOf(t.context(SERVER), 'oc').reopenings]).toEqual([1, 1]);
    t.must(t.azHead, { t: 'declineReopening', provision: 'p1' });
    expect(Object.keys(settlementOf(t.document, 'p1').reopenings)).toEqual(['az']);
    t.must(t.ocHead, { t: 'askReopening', provision: 'p1', reason: 'again' });
    t.must(t.ocHead, { t: 'takeBackReopening', provision: 'p1' });
    expect(t.perform(t.chair, { t: 'approve', provision: 'p1', digest: t.digest('p1') })).toEqual(refused('reopening-asked'));
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1' });
    expect(t.document.settled).toEqual({});
  });

  it('[NS9] what was shown of another text is refused, and nothing changes: requests, their answers, consents taken back', () => {
    const t = RulesFixture.negotiating(reply()), other = '0'.repeat(64), seen = () => t.digest('p1');
    t.agree(t.azHead, 'p1');
    const back = (digest: string) => ({ t: 'takeBackConsent', consent: { on: 'provision', provision: 'p1', digest } }) as const;
    expect(t.perform(t.azHead, back(other))).toEqual(refused('text-moved'));
    expect(Object.keys(settlementOf(t.document, 'p1').consents)).toEqual(['az']);
    t.must(t.azHead, back(seen()));
    for (const head of [t.azHead, t.ocHead]) t.agree(head, 'p1');
    expect(t.perform(t.azHead, { t: 'askReopening', provision: 'p1', digest: other, reason: '' })).toEqual(refused('text-moved'));
    t.must(t.azHead, { t: 'askReopening', provision: 'p1', digest: seen(), reason: 'a slip' });
    for (const answer of ['grantReopening', 'declineReopening'] as const) expect(t.perform(t.ocHead, { t: answer, provision: 'p1', digest: other })).toEqual(refused('text-moved'));
    expect(t.perform(t.azHead, { t: 'takeBackReopening', provision: 'p1', digest: other })).toEqual(refused('text-moved'));
    expect(settlementStateOf(t.document, 'p1')).toBe('agreed-asked');
    t.must(t.azHead, { t: 'takeBackReopening', provision: 'p1', digest: seen() });
    t.must(t.azHead, { t: 'askReopening', provision: 'p1', digest: seen(), reason: 'again' });
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1', digest: seen() });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
  });

  it('[NS9] a text that was reopened, changed and agreed anew is another one: what was shown before grants nothing', () => {
    const t = RulesFixture.negotiating(reply()), before = t.digest('p1'), ask = (reason: string): void => t.must(t.azHead, { t: 'askReopening', provision: 'p1', digest: t.digest('p1'), reason });
    const settle = (): void => { for (const head of [t.azHead, t.ocHead]) expect(t.agree(head, 'p1')).toEqual(ok); };
    settle();
    ask('a slip');
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1', digest: before });
    for (const who of [t.az, t.oc]) t.write(who, 'p1', 'Each side shall acknowledge a request within 48 hours after receipt.');
    expect(t.accept(t.ocHead, t.proposals()[0]!)).toEqual(ok);
    settle();
    ask('another slip');
    expect(t.perform(t.ocHead, { t: 'grantReopening', provision: 'p1', digest: before })).toEqual(refused('text-moved'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
  });

  it('[NS9] an older entry that names no digest is decided as it was', () => {
    const t = RulesFixture.negotiating(reply());
    for (const head of [t.azHead, t.ocHead]) t.agree(head, 'p1');
    t.must(t.azHead, { t: 'askReopening', provision: 'p1', reason: 'a slip' });
    t.must(t.ocHead, { t: 'grantReopening', provision: 'p1' });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
  });

  it('[NS2] a provision in which a label or a place is proposed is still clean, and the proposal can be answered after agreement', () => {
    const t = RulesFixture.negotiating(reply(), grounds());
    t.edit(t.az, 'position:az', 'p1', [{ do: 'set', id: 'p1', label: '3' }]);
    for (const head of [t.azHead, t.ocHead]) expect(t.agree(head, 'p1')).toEqual(ok);
    const before = t.digest('p1');
    expect(t.accept(t.ocHead, t.proposals('p1')[0]!)).toEqual(ok);
    expect(t.digest('p1')).toBe(before);
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
  });
});

describe('opening', () => {
  it('refuses text that Parley does not take', () => {
    const t = RulesFixture.seated();
    const open = (p: ReturnType<typeof provision>) => t.perform(t.chair, { t: 'openDocument', title: 'T', template: 'understanding', provisions: [p, reply()] });
    expect(open(provision('p1', 'twice the id'))).toEqual(refused('bad-text'));
    expect(open(provision('p9', 'a\u202Eb'))).toEqual(refused('bad-text'));
    expect(open(provision('p9', 'x'.repeat(20_001)))).toEqual(refused('too-long'));
    expect(open({ ...provision('p9', 'x'), slots: { 'en:term': plainSlot('x') } })).toEqual(refused('bad-text'));
    expect(open(provision('p9', '知情支持 🤝 تعريف'))).toEqual(ok);
    expect(open(provision('p10', 'again'))).toEqual(refused('document-exists'));
  });
});
