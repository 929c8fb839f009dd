import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { CHAIR, type PartConsents, type Proposal, WAITING_CHARACTERS, WAITING_CONSENTS, WAITING_IN_PROVISION, WAITING_ITEMS } from './index.ts';

const ok = { ok: true, value: undefined }, tooMany = { ok: false, reason: 'too-many-consents' };
const words = (n: number, from: string) => Array.from({ length: n }, (_, i) => `${from}${i} stays`).join(' ');
/** The chair proposes so many changes in p1 and one in p2. */
function proposing(changes: number): { t: RulesFixture; parts: Proposal[]; elsewhere: Proposal } {
  const t = RulesFixture.negotiating(provision('p1', words(changes, 'old')), provision('p2', 'They meet.'));
  t.write(t.chair, 'p1', words(changes, 'new'));
  t.write(t.chair, 'p2', 'They meet yearly.');
  const of = (id: string) => t.proposals(id).map(({ proposal }): Proposal => ({ ...proposal, party: CHAIR }));
  return { t, parts: of('p1'), elsewhere: of('p2')[0]! };
}
/** As if these waited besides, of which nothing is looked at but what they name. */
const wait = (t: RulesFixture, consents: readonly PartConsents[]): void => {
  t.document = { ...t.document, partConsents: { ...t.document.partConsents, ...Object.fromEntries(consents.map((one, n) => [`chair|${n}`, one])) } };
};
const waiting = (parts: readonly Proposal[], names: readonly string[], party = 'az', givesUp: readonly Proposal[] = []): PartConsents =>
  ({ of: CHAIR, names, parts, result: { provisions: [], order: null }, by: { [party]: { user: 'azHead', at: 1, givesUp, own: 'withdrawn' } } });

describe('[A14] acceptances of the chair’s parts that wait for the other delegation', () => {
  it('are so many of one delegation, and the other has as many', () => {
    const { t, elsewhere } = proposing(2);
    wait(t, Array.from({ length: WAITING_CONSENTS - 1 }, (_, n) => waiting([], [`q${n}/en:text/x`])));
    expect(t.acceptParts(t.azHead, [elsewhere])).toEqual(ok);
    const full = proposing(2);
    wait(full.t, Array.from({ length: WAITING_CONSENTS }, (_, n) => waiting([], [`q${n}/en:text/x`])));
    expect(full.t.acceptParts(full.t.azHead, [full.elsewhere])).toEqual(tooMany);
    expect(full.t.acceptParts(full.t.ocHead, [full.elsewhere])).toEqual(ok);
  });

  it('are of so many characters, with what is given up for them', () => {
    const { t, elsewhere } = proposing(2);
    const long: Proposal = { ...elsewhere, provision: 'q'.repeat(WAITING_CHARACTERS) };
    for (const [parts, givesUp] of [[[long], []], [[], [long]]] as const) {
      t.document = { ...t.document, partConsents: {} };
      wait(t, [waiting(parts, ['q/en:text/x'], 'az', givesUp)]);
      expect(t.acceptParts(t.azHead, [elsewhere])).toEqual(tooMany);
      expect(t.acceptParts(t.ocHead, [elsewhere])).toEqual(ok);
    }
  });

  it('name so many hunks of one provision, by whatever sets of them; elsewhere they go on', () => {
    const { t, parts, elsewhere } = proposing(101);
    expect(parts.length).toBe(101);
    expect(t.acceptParts(t.azHead, parts.slice(0, 100))).toEqual(ok);
    expect(t.acceptParts(t.azHead, parts.slice(1, 101))).toEqual(ok);
    expect(100 + 100).toBe(WAITING_IN_PROVISION);
    for (const more of [parts.slice(0, 1), parts.slice(100), [parts[3]!, elsewhere], parts.slice(0, 101)]) expect(t.acceptParts(t.azHead, more)).toEqual(tooMany);
    expect(t.acceptParts(t.azHead, [elsewhere])).toEqual(ok);
    expect(Object.keys(t.document.partConsents)).toHaveLength(3);
  });

  it('give up so many hunks of one provision, wherever what they are given up for stands', () => {
    const given = (count: number): { t: RulesFixture; parts: Proposal[]; elsewhere: Proposal; own: Proposal } => {
      const { t, parts, elsewhere } = proposing(2);
      t.write(t.az, 'p2', 'They all meet.');
      const own = t.proposals('p2').find(({ parties }) => parties.includes('az'))!.proposal, [hunk] = own.on === 'words' ? own.hunks : [];
      wait(t, [waiting([], ['q/en:text/x'], 'az', [{ ...own, hunks: Array(count).fill(hunk) } as Proposal])]);
      return { t, parts, elsewhere, own };
    };
    const full = given(WAITING_IN_PROVISION), less = given(WAITING_IN_PROVISION - 1);
    expect(full.t.acceptParts(full.t.azHead, [full.elsewhere])).toEqual(tooMany);
    expect(full.t.acceptParts(full.t.azHead, full.parts.slice(0, 1), 'withdrawn', [full.own])).toEqual(tooMany);
    expect(full.t.acceptParts(full.t.azHead, full.parts.slice(0, 1))).toEqual(ok);
    expect(less.t.acceptParts(less.t.azHead, less.parts.slice(0, 1), 'withdrawn', [less.own])).toEqual(ok);
  });

  it('name so many items together, with what is given up for them; words go on, and the first with items may name more', () => {
    const { t, elsewhere } = proposing(2), item = { on: 'item', party: CHAIR, provision: 'q', version: 1, item: { type: 'move', after: null } } as const;
    t.edit(t.chair, 'position:chair', 'p2', [{ do: 'move', id: 'p2', after: null }]);
    const move = t.proposals('p2').map(({ proposal }): Proposal => ({ ...proposal, party: CHAIR })).find(({ on }) => on === 'item')!;
    const items = Array<Proposal>(WAITING_ITEMS).fill(item);
    for (const [parts, givesUp] of [[items, []], [[], items]] as const) {
      t.document = { ...t.document, partConsents: {} };
      wait(t, [waiting(parts, ['q/move/x'], 'az', givesUp)]);
      expect(t.acceptParts(t.azHead, [move])).toEqual(tooMany);
      expect(t.acceptParts(t.azHead, [elsewhere])).toEqual(ok);
    }
    const less = proposing(2).t;
    less.edit(less.chair, 'position:chair', 'p2', [{ do: 'move', id: 'p2', after: null }]);
    wait(less, [waiting(Array<Proposal>(WAITING_ITEMS - 1).fill(item), ['q/move/x'])]);
    expect(less.acceptParts(less.azHead, [move])).toEqual(ok);
  });

  it('that are alone in a provision may name all of it', () => {
    const { t, parts } = proposing(WAITING_IN_PROVISION + 20);
    expect(t.acceptParts(t.azHead, parts)).toEqual(ok);
    expect(t.acceptParts(t.azHead, parts.slice(0, 1))).toEqual(tooMany);
  });

  it('make room when they are taken back, when they lapse, and when they are answered; the second acceptance waits for nobody and is never too many', () => {
    const { t, parts } = proposing(101), [half, other] = [parts.slice(0, 100), parts.slice(1, 101)], one = parts.slice(0, 1);
    const full = (): void => { for (const some of [half, other]) expect(t.acceptParts(t.azHead, some)).toEqual(ok); expect(t.acceptParts(t.azHead, one)).toEqual(tooMany); };
    full();
    for (const key of Object.keys(t.document.partConsents)) t.must(t.azHead, { t: 'takeBackConsent', consent: { on: 'parts', key } });
    full();
    const before = t.words('position:chair', 'p1');
    t.write(t.chair, 'p1', words(101, 'old'));
    t.write(t.chair, 'p1', before);
    expect(t.document.partConsents).toEqual({});
    full();
    wait(t, Array.from({ length: WAITING_CONSENTS }, (_, n) => waiting([], [`q${n}/en:text/x`], 'oc')));
    expect(t.acceptParts(t.ocHead, half)).toEqual(ok);
    expect(t.words('common', 'p1')).toContain('new5 ');
  });
});
