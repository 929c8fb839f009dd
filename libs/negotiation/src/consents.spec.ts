import { type Kind } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { CHAIR, consentsTo, isLocked, type Proposal, SERVER, settlementOf, stageOf, standingOf } from './index.ts';

const ok = { ok: true, value: undefined };
const refused = (reason: string) => ({ ok: false, reason });
const items = () => provision('p1', 'The items (a), (b) and (c) are kept for two years.', 'paragraph', '1');
const second = () => provision('p2', 'They meet every year. They report to both sides.', 'paragraph', '2');
const ofParty = (t: RulesFixture, party: string, id?: string): Proposal[] => t.proposals(id).filter((p) => p.parties.includes(party)).map(({ proposal }) => ({ ...proposal, party }));

describe('[A5] a consent to the chair’s parts is over for good', () => {
  const five = 'The items (a), (b) and (c) are kept for five years.', changed = { t: 'lapseParts' } as const;
  const consented = () => {
    const t = RulesFixture.negotiating(items(), second());
    t.write(t.chair, 'p1', five);
    const parts = ofParty(t, CHAIR, 'p1');
    expect(t.acceptParts(t.azHead, parts)).toEqual(ok);
    return { t, parts, given: () => Object.keys(consentsTo(t.context(SERVER), parts)) };
  };
  /** The other head accepts the very same: nothing has entered unless the first consent stood. */
  const counts = ({ t, parts }: ReturnType<typeof consented>) => { t.acceptParts(t.ocHead, parts); return t.words('common', 'p1').includes('five'); };

  it('stands as long as nothing of it changes, and enters then', () => {
    const c = consented();
    c.t.write(c.t.chair, 'p2', 'Elsewhere.');
    c.t.write(c.t.az, 'p2', 'Something else.');
    c.t.write(c.t.oc, 'p1', 'The items (a), (b), (c) and (d) are kept for two years.');
    expect([c.given(), counts(c)]).toEqual([['az'], true]);
  });

  it.each<[string, (c: ReturnType<typeof consented>) => void]>([
    ['the chair writes other words and the same again', ({ t }) => { t.write(t.chair, 'p1', five.replace('five', 'six')); t.write(t.chair, 'p1', five); }],
    ['the chair takes one letter away and puts it back', ({ t }) => { t.write(t.chair, 'p1', five.replace('five', 'fiv')); t.write(t.chair, 'p1', five); }],
    ['the chair withdraws by an act and writes the same again', ({ t, parts }) => { t.must(t.chair, { t: 'withdraw', parts }); t.write(t.chair, 'p1', five); }],
    ['the chair takes the provision out and adds it again', ({ t }) => {
      const p1 = t.text('position:chair').by.get('p1')!;
      t.edit(t.chair, 'position:chair', 'p1', [{ do: 'remove', id: 'p1' }]);
      t.edit(t.chair, 'position:chair', 'p1', [{ do: 'add', provision: p1, after: null }]);
    }],
    ['its side has something to give up, and has not any more', ({ t }) => {
      const before = t.words('position:az', 'p1');
      t.write(t.az, 'p1', 'The items (a), (b) and (c) are kept for ten years.');
      t.write(t.az, 'p1', before);
    }],
    ['the text would read otherwise and reads the same again', ({ t }) => {
      for (const [from, to] of [['and (c)', 'and (d)'], ['and (d)', 'and (c)']] as const) {
        t.write(t.oc, 'p1', t.words('position:oc', 'p1').replace(from, to));
        const [part] = ofParty(t, 'oc', 'p1');
        expect(t.acceptParts(t.azHead, [part!])).toEqual(ok);
      }
    }],
  ])('when %s', (_what, happens) => {
    const c = consented();
    happens(c);
    expect(ofParty(c.t, CHAIR, 'p1').map(({ provision }) => provision)).toEqual(c.parts.map(({ provision }) => provision));
    expect([c.t.document.partConsents, c.given(), counts(c)]).toEqual([{}, [], false]);
    expect(c.t.acceptParts(c.t.azHead, ofParty(c.t, CHAIR, 'p1'))).toEqual(ok);
    expect(c.t.words('common', 'p1')).toContain('five');
  });

  it('also one to a place: the chair moves the provision elsewhere, or another one, and back', () => {
    for (const [id, away, back] of [['p1', null, 'p3'], ['p2', 'p1', null]] as const) {
      const t = RulesFixture.negotiating(items(), second(), provision('p3', 'Third.'), provision('p4', 'Fourth.'));
      t.edit(t.chair, 'position:chair', 'p1', [{ do: 'move', id: 'p1', after: 'p3' }]);
      const parts = ofParty(t, CHAIR, 'p1');
      expect(t.acceptParts(t.azHead, parts)).toEqual(ok);
      t.edit(t.chair, 'position:chair', id, [{ do: 'move', id, after: away }]);
      t.edit(t.chair, 'position:chair', id, [{ do: 'move', id, after: back }]);
      expect(ofParty(t, CHAIR, 'p1')).toEqual(parts);
      expect([id, Object.keys(consentsTo(t.context(SERVER), parts))]).toEqual([id, []]);
      expect(t.acceptParts(t.ocHead, parts)).toEqual(ok);
      expect(t.text('common').list).toEqual(['p1', 'p2', 'p3', 'p4']);
    }
  });

  it('by an act of the server that ends only those that stand no longer, and nobody else performs it', () => {
    const { t, given } = consented(), [key] = Object.keys(t.document.partConsents);
    expect(t.perform(SERVER, { ...changed, key: key! })).toEqual(refused('nothing-pending'));
    for (const other of ['constructor', 'chair|0']) expect(t.perform(SERVER, { ...changed, key: other })).toEqual(refused('nothing-pending'));
    for (const actor of [t.azHead, t.ocHead, t.chair]) expect(t.perform(actor, { ...changed, key: key! })).toEqual(refused('role-forbids'));
    expect(given()).toEqual(['az']);
  });
});

describe('[NS3] what was consented to clean text is over for good once the text has changed or had a bracket', () => {
  const consented = (...more: ReturnType<typeof provision>[]) => {
    const t = RulesFixture.negotiating(items(), ...more);
    expect(t.agree(t.azHead, 'p1')).toEqual(ok);
    return t;
  };

  it.each<[string, (t: RulesFixture) => void]>([
    ['other words and the same again, by the other side', (t) => { const had = t.words('common', 'p1'); t.write(t.oc, 'p1', `${had} x`); t.write(t.oc, 'p1', had); }],
    ['and by the own side', (t) => { const had = t.words('common', 'p1'); t.write(t.az, 'p1', had.slice(1)); t.write(t.az, 'p1', had); }],
    ['and by the chair, who withdraws it by an act', (t) => { t.write(t.chair, 'p1', 'x'); t.must(t.chair, { t: 'withdraw', parts: ofParty(t, CHAIR, 'p1') }); }],
    ['a mark, and no mark', (t) => {
      for (const m of ['strong', undefined]) t.edit(t.oc, 'position:oc', 'p1', [{ do: 'splice', id: 'p1', key: 'en:text', from: 0, to: 3, insert: [{ t: 'The', ...(m && { m }) }] }]);
    }],
    ['another kind, and the same', (t) => { for (const kind of ['heading', 'paragraph'] satisfies Kind[]) t.edit(t.oc, 'position:oc', 'p1', [{ do: 'set', id: 'p1', kind }]); }],
    ['the provision is taken out, and added again', (t) => {
      const had = t.text('position:oc').by.get('p1')!;
      t.edit(t.oc, 'position:oc', 'p1', [{ do: 'remove', id: 'p1' }]);
      t.edit(t.oc, 'position:oc', 'p1', [{ do: 'add', provision: had, after: null }]);
    }],
    ['another text is accepted, and then this one again', (t) => {
      const had = t.words('common', 'p1');
      for (const words of [had.replace('two', 'six'), had]) { t.write(t.oc, 'p1', words); expect(t.acceptParts(t.azHead, ofParty(t, 'oc', 'p1'))).toEqual(ok); }
    }],
  ])('%s', (_what, happens) => {
    const t = consented(), digest = t.digest('p1');
    happens(t);
    expect([t.digest('p1'), standingOf(t.context(SERVER), 'p1'), t.document.settled]).toEqual([digest, 'clean', {}]);
    expect(t.agree(t.ocHead, 'p1')).toEqual(ok);
    expect(isLocked(t.document, 'p1')).toBe(false);
  });

  it('stands where only a label, a place or another provision changes', () => {
    const t = consented(second());
    t.edit(t.oc, 'position:oc', 'p1', [{ do: 'set', id: 'p1', label: '7' }, { do: 'move', id: 'p1', after: 'p2' }]);
    t.write(t.oc, 'p2', 'Elsewhere.');
    expect(t.agree(t.ocHead, 'p1')).toEqual(ok);
    expect(isLocked(t.document, 'p1')).toBe(true);
  });
});

describe('what was given to something that is gone is not given to what looks the same', () => {
  it('[NS5] after a reopening neither approval, consents nor requests come back with the same text', () => {
    const t = RulesFixture.negotiating(items()), on = () => ({ provision: 'p1', digest: t.digest('p1') });
    const agree = () => { for (const head of [t.azHead, t.ocHead]) expect(t.agree(head, 'p1')).toEqual(ok); };
    agree();
    t.must(t.chair, { t: 'approve', ...on() });
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'askReopening', ...on(), reason: '' });
    t.must(t.ocHead, { t: 'grantReopening', ...on() });
    expect(standingOf(t.context(SERVER), 'p1')).toBe('clean');
    agree();
    expect([standingOf(t.context(SERVER), 'p1'), settlementOf(t.document, 'p1').reopenings]).toEqual(['agreed', {}]);
    for (const head of [t.azHead, t.ocHead]) expect(t.perform(head, { t: 'grantReopening', ...on() })).toEqual(refused('nothing-pending'));
  });

  it('[B1] an acceptance of the paper that was taken back or declined does not stand for the same paper later', () => {
    for (const end of ['takeBackBasis', 'declineBasis'] as const) {
      const t = RulesFixture.seated();
      t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [items()] });
      const digest = t.paperDigest(), accept = { t: 'acceptAsBasis', digest } as const;
      t.must(t.azHead, accept);
      expect(t.write(t.az, 'p1', 'x')).toEqual(refused('paper-frozen'));
      if (end === 'takeBackBasis') t.must(t.azHead, { t: end });
      else t.must(t.ocHead, { t: end, digest, reason: '' });
      for (const words of ['Other words.', 'The items (a), (b) and (c) are kept for two years.']) t.write(t.oc, 'p1', words);
      expect(t.paperDigest()).toBe(digest);
      t.must(t.ocHead, accept);
      expect([stageOf(t.document), t.document.basis?.party]).toEqual(['frozen', 'oc']);
    }
  });

  it('[B3] an assent to a closing does not stand for the next one, be it proposed in the same words', () => {
    const t = RulesFixture.negotiating(items()), propose = () => t.performed(t.chair, { t: 'proposeClosing', reason: 'no mandate' });
    const first = propose();
    t.must(t.azHead, { t: 'assentToClosing', closing: first });
    t.must(t.chair, { t: 'takeBackClosing', closing: first });
    const next = propose();
    t.must(t.ocHead, { t: 'assentToClosing', closing: next });
    expect([stageOf(t.document), Object.keys(t.document.closing!.assents)]).toEqual(['negotiation', ['oc']]);
  });

  it('[A6] a decline hangs on the words and binds nobody: it marks them when they come back, until their party has withdrawn them by an act', () => {
    const t = RulesFixture.negotiating(items()), five = 'The items (a), (b) and (c) are kept for five years.', marked = () => t.proposals('p1').map(({ declines }) => declines.length);
    t.write(t.az, 'p1', five);
    t.must(t.ocHead, { t: 'decline', parts: ofParty(t, 'az'), reason: 'too long' });
    t.write(t.az, 'p1', five.replace('five', 'ten'));
    expect(marked()).toEqual([0]);
    t.write(t.az, 'p1', five);
    expect(marked()).toEqual([1]);
    t.must(t.az, { t: 'withdraw', parts: ofParty(t, 'az') });
    t.write(t.az, 'p1', five);
    expect(marked()).toEqual([0]);
  });
});
