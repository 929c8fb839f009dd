import { applyEdits, COMPARE_VERSION, digestOf, orderDigest } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { CHAIR, consentsTo, foldDocument, type OpenProposal, positionRoom, previewAccept, type Proposal, REST_MS, SERVER, standingOf } from './index.ts';

const ok = { ok: true, value: undefined };
const refused = (reason: string, seconds?: number) => ({ ok: false, reason, ...(seconds !== undefined && { seconds }) });
const items = () => provision('p1', 'The items (a), (b) and (c) are kept for two years.', 'paragraph', '1');
const second = () => provision('p2', 'They meet every year. They report to both sides.', 'paragraph', '2');
const ofParty = (t: RulesFixture, party: string, id?: string): Proposal[] => t.proposals(id).filter((p) => p.parties.includes(party)).map(({ proposal }) => ({ ...proposal, party }));

/** A split as a party makes it: what stands after the first sentence goes into an added provision. */
function split(t: RulesFixture): Proposal[] {
  t.write(t.az, 'p2', 'They meet every year.');
  t.edit(t.az, 'position:az', 'p3', [{ do: 'add', provision: provision('p3', 'They report to both sides.', 'paragraph', '2 bis'), after: 'p2' }]);
  return [...ofParty(t, 'az', 'p2'), ...ofParty(t, 'az', 'p3')];
}

describe('an acceptance of several parts', () => {
  it('[A8] enters all of them at once, of several slots and provisions, with what the act says that they will read', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', 'The items (a) and (b) are kept for five years.');
    t.write(t.az, 'p2', 'They meet every month. They report to both sides.');
    const parts = ofParty(t, 'az'), preview = previewAccept(t.context(t.ocHead), { parts, party: 'oc', own: 'withdrawn' });
    if (!preview.ok) throw new Error(preview.reason);
    const { act, texts, order, staysOpen, waitsFor } = preview.value;
    expect(act.parts.map((part) => part.provision)).toEqual(['p1', 'p2']);
    expect(order).toBeNull();
    expect([staysOpen, waitsFor, act.givesUp]).toEqual([[], [], []]);
    t.rest();
    t.must(t.ocHead, act);
    for (const { provision: id, after } of texts) expect(t.digest(id)).toBe(digestOf(after!));
    expect(act.result).toEqual({ provisions: ['p1', 'p2'].map((id) => ({ provision: id, digest: t.digest(id) })), order: null });
    expect(t.words('common', 'p1')).toBe('The items (a) and (b) are kept for five years.');
    expect(t.proposals()).toEqual([]);
  });

  it('[A8] another result than the one shown is refused: by other words, another place, another number of places', () => {
    const t = RulesFixture.negotiating(items(), second());
    const parts = split(t), shown = t.preview(t.ocHead, parts);
    t.rest();
    const [first, ...rest] = shown.result.provisions;
    for (const result of [
      { ...shown.result, order: null }, { ...shown.result, order: 'f'.repeat(64) }, { ...shown.result, provisions: rest },
      { ...shown.result, provisions: [{ ...first!, digest: null }, ...rest] }, { ...shown.result, provisions: [{ ...first!, digest: 'f'.repeat(64) }, ...rest] },
    ]) expect(t.perform(t.ocHead, { ...shown, result })).toEqual(refused('text-moved'));
    expect(t.words('common', 'p2')).toContain('They report');
    t.must(t.ocHead, shown);
    expect(t.words('common', 'p2')).toBe('They meet every year.');
    expect(shown.result.order).toBe(orderDigest(t.text('common')));
    for (const room of ['common', 'position:az', 'position:oc', 'position:chair'] as const) expect(t.text(room).list).toEqual(['p1', 'p2', 'p3']);
  });

  it.each([
    ['an insertion', 'The items (a), (b) and (c) are never kept for two years.'],
    ['a deletion', 'The items (a), (b) and (c) are kept for years.'],
    ['a replacement', 'The items (a), (b) and (c) are kept for five years.'],
    ['several', 'The items (b) and (c) are never kept for five years or more.'],
  ])('[A13] %s that is named twice enters once: in one part, in two, in both', (_what, words) => {
    const twice = (part: Proposal): Proposal => (part.on === 'words' ? { ...part, hunks: [...part.hunks, ...part.hunks] } : part);
    for (const named of [(of: Proposal[]) => of.map(twice), (of: Proposal[]) => [...of, ...of], (of: Proposal[]) => [...of.map(twice), ...of, ...of.map(twice)]]) {
      const t = RulesFixture.negotiating(items(), second());
      t.write(t.az, 'p1', words);
      const parts = named(ofParty(t, 'az')), shown = t.preview(t.ocHead, parts);
      t.rest();
      t.must(t.ocHead, { ...shown, parts });
      expect(t.words('common', 'p1')).toBe(words);
      expect(t.proposals()).toEqual([]);
    }
  });

  it('[A13] what is declined or withdrawn twice is so once', () => {
    const t = RulesFixture.negotiating(items());
    t.write(t.az, 'p1', 'The items (a), (b) and (c) are never kept for two years.');
    const parts = ofParty(t, 'az').map((part): Proposal => (part.on === 'words' ? { ...part, hunks: [...part.hunks, ...part.hunks] } : part));
    t.must(t.ocHead, { t: 'decline', parts, reason: 'No.' });
    expect(t.proposals().map(({ declines }) => declines.length)).toEqual([1]);
    t.must(t.azHead, { t: 'withdraw', parts });
    expect(t.words('position:az', 'p1')).toBe(t.words('common', 'p1'));
  });

  it('[A13] a field that is said to change from or to something else does not stand, although its name is the same', () => {
    const t = RulesFixture.negotiating(provision('p1', 'They meet.', 'paragraph', '1 2'));
    t.edit(t.az, 'position:az', 'p1', [{ do: 'set', id: 'p1', label: '3' }]);
    const [part] = ofParty(t, 'az'), shown = t.preview(t.ocHead, [part!]);
    if (part?.on !== 'item' || part.item.type !== 'field') throw new Error('another proposal');
    t.rest();
    expect(t.perform(t.ocHead, { ...shown, parts: [{ ...part, item: { ...part.item, from: '1', to: '2 3' } }] })).toEqual(refused('text-moved'));
    t.must(t.ocHead, shown);
    expect(t.text('common').by.get('p1')!.label).toBe('3');
  });

  it('[A8] a split, a join, a move: each half of it enters with the other, in every position', () => {
    const t = RulesFixture.negotiating(items(), second(), provision('p3', 'They keep minutes.', 'paragraph', '3'));
    t.write(t.oc, 'p2', 'They meet every year. They report to both sides. They keep minutes.');
    t.edit(t.oc, 'position:oc', 'p3', [{ do: 'remove', id: 'p3' }]);
    t.edit(t.oc, 'position:oc', 'p1', [{ do: 'move', id: 'p1', after: 'p2' }]);
    expect(t.acceptParts(t.azHead, ofParty(t, 'oc'))).toEqual(ok);
    for (const room of ['common', 'position:az', 'position:oc', 'position:chair'] as const) {
      expect(t.text(room).list).toEqual(['p2', 'p1']);
      expect(t.words(room, 'p2')).toContain('They keep minutes.');
    }
    expect(t.proposals()).toEqual([]);
  });

  it('[A8] added provisions in one gap stand in the order in which their party has them, whatever the order of the parts', () => {
    const t = RulesFixture.negotiating(items());
    for (const n of [4, 3, 2]) t.edit(t.az, 'position:az', `n${n}`, [{ do: 'add', provision: provision(`n${n}`, `Provision ${n}.`), after: 'p1' }]);
    const parts = ofParty(t, 'az');
    expect(t.text('position:az').list).toEqual(['p1', 'n2', 'n3', 'n4']);
    expect(t.acceptParts(t.ocHead, [parts[1]!, parts[2]!, parts[0]!])).toEqual(ok);
    expect(t.text('common').list).toEqual(['p1', 'n2', 'n3', 'n4']);
    expect(t.text('position:oc').list).toEqual(['p1', 'n2', 'n3', 'n4']);
  });

  it('[A9] a part that the acting side wrote too counts as accepted; one in an agreed provision refuses the whole; parts of two parties are no one answer', () => {
    const t = RulesFixture.negotiating(items(), second());
    for (const who of [t.az, t.oc]) t.write(who, 'p2', 'They meet every month. They report to both sides.');
    t.write(t.az, 'p1', 'The items (a) and (b) are kept for two years.');
    const parts = ofParty(t, 'az');
    expect(t.acceptParts(t.azHead, parts)).toEqual(refused('own-proposal'));
    expect(t.acceptParts(t.ocHead, [...parts, { ...parts[0]!, party: 'oc' }])).toEqual(refused('answer-one-by-one'));
    expect(t.acceptParts(t.ocHead, parts)).toEqual(ok);
    expect(t.proposals()).toEqual([]);

    const locked = RulesFixture.negotiating(items(), second());
    locked.edit(locked.az, 'position:az', 'p2', [{ do: 'set', id: 'p2', label: '2 bis' }]);
    locked.write(locked.az, 'p1', 'The items (a) and (b) are kept for two years.');
    const both = ofParty(locked, 'az');
    for (const head of [locked.azHead, locked.ocHead]) locked.agree(head, 'p2');
    expect(locked.acceptParts(locked.ocHead, both)).toEqual(ok);

    const words = RulesFixture.negotiating(items(), second());
    words.write(words.az, 'p1', 'The items (a) and (b) are kept for two years.');
    const kept = ofParty(words, 'az');
    for (const head of [words.azHead, words.ocHead]) words.agree(head, 'p2');
    const removing: Proposal = { ...kept[0]!, on: 'item', provision: 'p2', item: { type: 'remove', digest: words.digest('p2') } } as Proposal;
    words.rooms = { ...words.rooms, 'position:az': applyEdits(words.text('position:az'), [{ do: 'remove', id: 'p2' }]) };
    expect(words.acceptParts(words.ocHead, [...kept, removing])).toEqual(refused('provision-locked'));
    expect(words.words('common', 'p1')).toContain('(c)');
  });

  it('[A2] two heads at once: whoever comes second is told that the text moved', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', 'The items (a) and (b) are kept for two years.');
    t.write(t.oc, 'p1', 'All items are kept for two years.');
    t.rest();
    const [first, other] = [t.preview(t.ocHead, ofParty(t, 'az', 'p1')), t.preview(t.azHead, ofParty(t, 'oc', 'p1'))];
    t.must(t.ocHead, first);
    expect(t.perform(t.azHead, other)).toEqual(refused('text-moved'));
    expect(t.perform(t.ocHead, first)).toEqual(refused('text-moved'));
  });

  it('[A4] gives up what contests the parts, and whole proposals of its own besides when the act lists them; nothing that is not listed', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', 'The items (a), (b) and (c) are kept for five years.');
    t.write(t.oc, 'p1', 'The items (a) and (b) are kept for ten years.');
    t.write(t.oc, 'p2', 'They meet every month. They report to both sides.');
    const theirs = ofParty(t, 'az', 'p1'), own = ofParty(t, 'oc');
    const least = t.preview(t.ocHead, theirs), more = t.preview(t.ocHead, theirs, 'withdrawn', own);
    expect(least.givesUp.flatMap((part) => (part.on === 'words' ? part.hunks : []))).toHaveLength(1);
    expect(more.givesUp.map((part) => [part.provision, part.on === 'words' ? part.hunks.length : 0])).toEqual([['p1', own.filter((p) => p.provision === 'p1').length], ['p2', 1]]);
    expect(t.preview(t.ocHead, theirs, 'withdrawn', more.givesUp)).toEqual(more);
    t.rest();
    expect(t.perform(t.ocHead, { ...least, givesUp: [...least.givesUp, { ...own[0]!, party: 'az' } as Proposal] })).toEqual(refused('text-moved'));
    t.must(t.ocHead, more);
    for (const room of ['common', 'position:oc'] as const) {
      expect(t.words(room, 'p1')).toBe('The items (a), (b) and (c) are kept for five years.');
      expect(t.words(room, 'p2')).toContain('every year');
    }
  });

  it('[A4] what stays open at the places touched is told before', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', 'The items (a), (b) and (c) are kept for five years.');
    t.write(t.oc, 'p1', 'The items (a) and (b) are kept for two years.');
    t.write(t.chair, 'p1', 'The items (a), (b) and (c) are kept safe for two years.');
    const preview = previewAccept(t.context(t.ocHead), { parts: ofParty(t, 'az', 'p1'), party: 'oc', own: 'withdrawn' });
    const open = preview.ok ? preview.value.staysOpen : [];
    expect(new Set(open.flatMap((p) => p.parties))).toEqual(new Set(['oc', CHAIR]));
    expect(t.acceptParts(t.ocHead, ofParty(t, 'az', 'p1'))).toEqual(ok);
    const bare = (all: readonly OpenProposal[]) => all.map(({ name, parties, proposal }) => ({ name, parties, proposal }));
    expect(bare(t.proposals('p1'))).toEqual(bare(open));
  });

  it('[A5] the chair’s parts need both heads, one by one, to the very same set and result', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.chair, 'p1', 'The items (a) and (b) are kept for five years.');
    t.write(t.az, 'p1', 'The items (a), (b) and (c) are kept for ten years.');
    const parts = ofParty(t, CHAIR, 'p1');
    expect(parts.length).toBeGreaterThan(1);
    expect(t.acceptParts(t.azHead, parts)).toEqual(ok);
    expect(Object.keys(consentsTo(t.context(SERVER), parts))).toEqual(['az']);
    expect(t.acceptParts(t.azHead, parts)).toEqual(refused('already-consented'));
    expect(t.words('common', 'p1')).toContain('two years');
    expect(t.acceptParts(t.ocHead, [parts[0]!])).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('(c)');
    expect(t.proposals('p1').find((p) => p.proposal.party === CHAIR && p.within.length > 0)!.within[0]!.by).toHaveProperty('az');
    t.write(t.az, 'p1', 'The items (a), (b) and (c) are kept for twelve years.');
    expect(consentsTo(t.context(SERVER), parts)).toEqual({});
    expect(t.acceptParts(t.azHead, parts)).toEqual(ok);
    expect(t.acceptParts(t.ocHead, parts)).toEqual(ok);
    expect(t.words('common', 'p1')).toBe('The items (a) and (b) are kept for five years.');
    expect(t.document.partConsents).toEqual({});
  });
});

describe('declining and withdrawing several parts', () => {
  it('[A6] one act declines every hunk; each is marked, but what the actor’s side wrote too', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', 'Items (a) and (b) are kept for five years.');
    t.write(t.oc, 'p1', 'The items (a), (b) and (c) are kept for five years.');
    const parts = ofParty(t, 'az', 'p1');
    t.must(t.ocHead, { t: 'decline', parts, reason: 'no' });
    const marked = t.proposals('p1').filter((p) => p.declines.length > 0);
    expect(marked.length).toBe(t.proposals('p1').filter((p) => !p.parties.includes('oc')).length);
    expect(marked.every((p) => p.declines[0]!.reason === 'no')).toBe(true);
    expect(t.perform(t.ocHead, { t: 'decline', parts: ofParty(t, 'oc', 'p1'), reason: '' })).toEqual(refused('own-proposal'));
  });

  it('[A6] one act withdraws parts of several provisions, items among them', () => {
    const t = RulesFixture.negotiating(items(), second());
    const parts = split(t);
    t.edit(t.az, 'position:az', 'p1', [{ do: 'move', id: 'p1', after: 'p2' }]);
    const all = ofParty(t, 'az');
    expect(all.length).toBeGreaterThan(parts.length);
    t.must(t.az, { t: 'withdraw', parts: all });
    expect(t.proposals()).toEqual([]);
    expect(t.text('position:az').list).toEqual(['p1', 'p2']);
  });

  it('[A16] what reads alike in one slot is answered one by one: a decline marks one place, and no answer passes to another place', () => {
    const line = (...hours: number[]) => hours.map((h) => `Reply within ${h} hours of notice.`).join(' ');
    const t = RulesFixture.negotiating(provision('p1', line(24, 24, 24)));
    t.write(t.az, 'p1', line(48, 48, 48));
    const marked = () => t.proposals().map(({ proposal, declines }) => [proposal.on === 'words' ? proposal.hunks[0]!.from : null, declines.map(({ reason }) => reason)]);
    t.must(t.ocHead, { t: 'decline', parts: [t.proposals()[1]!.proposal], reason: 'Too long.' });
    expect(marked()).toEqual([[13, []], [46, ['Too long.']], [79, []]]);
    t.must(t.ocHead, { t: 'decline', parts: [t.proposals()[2]!.proposal], reason: 'No.' });
    expect(marked()).toEqual([[13, []], [46, ['Too long.']], [79, ['No.']]]);
    t.must(t.az, { t: 'withdraw', parts: [t.proposals()[2]!.proposal] });
    t.write(t.az, 'p1', line(48, 48, 48));
    expect(marked()).toEqual([[13, []], [46, ['Too long.']], [79, []]]);
    t.rest();
    t.must(t.ocHead, t.preview(t.ocHead, [t.proposals()[0]!.proposal]));
    expect(t.words('common', 'p1')).toBe(line(48, 24, 24));
    expect(marked()).toEqual([[46, ['Too long.']], [79, []]]);
    t.write(t.az, 'p1', line(48, 48, 4800));
    t.rest();
    t.must(t.ocHead, t.preview(t.ocHead, [t.proposals()[1]!.proposal]));
    expect(t.words('common', 'p1')).toBe(line(48, 24, 4800));
    expect(marked()).toEqual([[46, []]]);
  });

  it('[A16] a decline of an older version of the rules is of all that read alike, until one of them is answered', () => {
    const line = (...hours: number[]) => hours.map((h) => `Reply within ${h} hours of notice.`).join(' ');
    const t = RulesFixture.negotiating(provision('p1', line(24, 24)));
    t.write(t.az, 'p1', line(48, 48));
    const former = t.proposals()[0]!.name.replace(/#.*/, '');
    t.document = foldDocument(t.document, { e: 'declined', name: former, party: 'oc', reason: 'Neither.', version: COMPARE_VERSION }, { user: 'ocHead', at: 1 });
    const marked = () => t.proposals().map(({ declines }) => declines.map(({ reason }) => reason));
    expect(marked()).toEqual([['Neither.'], ['Neither.']]);
    t.must(t.ocHead, { t: 'decline', parts: [t.proposals()[1]!.proposal], reason: 'Not this.' });
    expect(marked()).toEqual([['Neither.'], ['Not this.']]);
    t.must(t.az, { t: 'withdraw', parts: [t.proposals()[1]!.proposal] });
    expect(marked()).toEqual([[]]);
  });

  it('[A6] a decline of words that another party proposes too outlives one party’s withdrawal', () => {
    const t = RulesFixture.negotiating(items());
    for (const who of [t.az, t.chair]) t.write(who, 'p1', 'The items (a), (b) and (c) are kept for five years.');
    t.must(t.ocHead, { t: 'decline', parts: [t.proposals()[0]!.proposal], reason: 'no' });
    t.must(t.az, { t: 'withdraw', parts: ofParty(t, 'az') });
    expect(t.proposals().map(({ parties, declines }) => [parties, declines.length])).toEqual([[[CHAIR], 1]]);
    t.must(t.chair, { t: 'withdraw', parts: ofParty(t, CHAIR) });
    expect(t.document.declines).toEqual({});
  });
});

describe('[A10] rested', () => {
  const changed = 'The items (a), (b) and (c) are kept for five years.';

  it('ten seconds after the last time a member of the proposing party wrote in that provision, and not a moment before', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', changed);
    const act = t.preview(t.ocHead, ofParty(t, 'az'));
    expect(t.perform(t.ocHead, act)).toEqual(refused('not-rested', 10));
    t.at += REST_MS - 1;
    expect(t.perform(t.ocHead, act)).toEqual(refused('not-rested', 1));
    t.at += 1;
    expect(t.perform(t.ocHead, act)).toEqual(ok);
  });

  it('any part counts, by any party that proposes it; nobody else’s typing and no other provision does', () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.az, 'p1', changed);
    t.rest();
    t.write(t.az, 'p2', 'They meet every month. They report to both sides.');
    t.write(t.oc, 'p1', 'The items (a), (b) and (c) are kept safe for two years.');
    expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az', 'p1')))).toEqual(ok);
    t.rest();
    t.write(t.az, 'p1', 'The items (a) and (b) are kept for five years.');
    expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az')))).toEqual(refused('not-rested', 10));
    expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az', 'p2')))).toEqual(ok);
    t.rest();
    t.write(t.oc, 'p1', 'The items (a) and (b) are kept for five years.');
    expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az', 'p1')))).toEqual(refused('not-rested', 10));
  });

  it('adding and moving a provision has to rest too; what an act writes does not', () => {
    const t = RulesFixture.negotiating(items(), second(), provision('p4', 'They keep minutes.'));
    t.edit(t.az, 'position:az', 'p3', [{ do: 'add', provision: provision('p3', 'New.'), after: 'p2' }]);
    t.edit(t.az, 'position:az', 'p1', [{ do: 'move', id: 'p1', after: 'p4' }]);
    for (const id of ['p1', 'p3']) expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az', id)))).toEqual(refused('not-rested', 10));
    t.rest();
    t.write(t.chair, 'p1', changed);
    t.rest();
    t.must(t.azHead, t.preview(t.azHead, ofParty(t, CHAIR, 'p1')));
    t.must(t.ocHead, t.preview(t.ocHead, ofParty(t, CHAIR, 'p1')));
    expect(t.words('position:az', 'p1')).toBe(changed);
    expect(t.perform(t.ocHead, t.preview(t.ocHead, ofParty(t, 'az', 'p3')))).toEqual(ok);
  });

  it('declining and withdrawing need no rest', () => {
    const t = RulesFixture.negotiating(items());
    t.write(t.az, 'p1', changed);
    t.must(t.ocHead, { t: 'decline', parts: ofParty(t, 'az'), reason: '' });
    t.must(t.az, { t: 'withdraw', parts: ofParty(t, 'az') });
  });
});

describe('[NS7] a consent taken back', () => {
  it('to clean text, by its own side, as long as the provision is not agreed', () => {
    const t = RulesFixture.negotiating(items());
    const back = { t: 'takeBackConsent', consent: { on: 'provision', provision: 'p1' } } as const;
    expect(t.perform(t.azHead, back)).toEqual(refused('nothing-pending'));
    t.agree(t.azHead, 'p1');
    expect(t.perform(t.ocHead, back)).toEqual(refused('nothing-pending'));
    expect(t.perform(t.az, back)).toEqual(refused('role-forbids'));
    t.must(t.azHead, back);
    expect(t.document.settled).toEqual({});
    t.agree(t.azHead, 'p1');
    t.agree(t.ocHead, 'p1');
    expect(t.perform(t.azHead, back)).toEqual(refused('provision-locked'));
    expect(standingOf(t.context(SERVER), 'p1')).toBe('agreed');
  });

  it('to the chair’s parts, before the other side has given its own', () => {
    const t = RulesFixture.negotiating(items());
    t.write(t.chair, 'p1', 'The items (a), (b) and (c) are kept for five years.');
    const parts = ofParty(t, CHAIR);
    t.acceptParts(t.azHead, parts);
    const [key] = Object.keys(t.document.partConsents);
    const back = { t: 'takeBackConsent', consent: { on: 'parts', key: key! } } as const;
    for (const consent of [{ on: 'parts', key: 'chair|0' }, { on: 'parts', key: 'constructor' }] as const) expect(t.perform(t.azHead, { t: 'takeBackConsent', consent })).toEqual(refused('nothing-pending'));
    expect(t.perform(t.ocHead, back)).toEqual(refused('nothing-pending'));
    t.must(t.azHead, back);
    expect(t.document.partConsents).toEqual({});
    expect(t.acceptParts(t.ocHead, parts)).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('two years');
  });
});

describe('[B3] closing', () => {
  it('a working paper by the moderator alone, frozen or not; then nobody writes and everything is refused', () => {
    for (const frozen of [false, true]) {
      const t = RulesFixture.seated();
      t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [items()] });
      if (frozen) t.must(t.azHead, { t: 'acceptAsBasis', digest: t.paperDigest() });
      expect(t.perform(t.azHead, { t: 'closePaper', reason: '' })).toEqual(refused('role-forbids'));
      t.must(t.chair, { t: 'closePaper', reason: 'superseded' });
      expect(t.document).toMatchObject({ stage: 'closed', basis: null, closed: { user: 'chair1', reason: 'superseded' } });
      expect(t.edit(t.az, 'working', 'p1', [])).toEqual(refused('document-closed'));
      expect(t.perform(t.ocHead, { t: 'acceptAsBasis', digest: t.paperDigest() })).toEqual(refused('document-closed'));
    }
  });

  it('a document in negotiation with the assent of both heads to that very proposal', () => {
    const t = RulesFixture.negotiating(items());
    expect(t.perform(t.chair, { t: 'closePaper', reason: '' })).toEqual(refused('stage-forbids'));
    const first = t.performed(t.chair, { t: 'proposeClosing', reason: 'no mandate' });
    expect(t.perform(t.chair, { t: 'proposeClosing', reason: 'again' })).toEqual(refused('closing-pending'));
    t.must(t.azHead, { t: 'assentToClosing', closing: first });
    expect(t.perform(t.azHead, { t: 'assentToClosing', closing: first })).toEqual(refused('already-assented'));
    t.must(t.azHead, { t: 'takeBackConsent', consent: { on: 'closing', closing: first } });
    expect(t.document.closing!.assents).toEqual({});
    t.must(t.chair, { t: 'takeBackClosing', closing: first });
    const next = t.performed(t.chair, { t: 'proposeClosing', reason: 'no mandate on either side' });
    expect(t.perform(t.ocHead, { t: 'assentToClosing', closing: first })).toEqual(refused('text-moved'));
    t.must(t.ocHead, { t: 'declineClosing', closing: next, reason: 'a last round' });
    expect(t.document.closing).toBeNull();
    const last = t.performed(t.chair, { t: 'proposeClosing', reason: 'it came to nothing' });
    for (const head of [t.ocHead, t.azHead]) t.must(head, { t: 'assentToClosing', closing: last });
    expect(t.document).toMatchObject({ stage: 'closed', closing: null, closed: { reason: 'it came to nothing' } });
    for (const who of [t.az, t.oc, t.chair]) expect(t.write(who, 'p1', 'x')).toEqual(refused('document-closed'));
    expect(t.agree(t.azHead, 'p1')).toEqual(refused('document-closed'));
    expect(t.text(positionRoom('az')).list).toEqual(['p1']);
  });
});
