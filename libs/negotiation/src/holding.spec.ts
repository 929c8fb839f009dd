import { applyEdits, type Provision } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { type Actor, CHAIR, holding, lapsingParts, type PartConsents, positionRoom, partyOf, type Proposal, SERVER } from './index.ts';

const words = (id: number, n = 0): string => `The Parties ${n} shall keep ${id} for ${n} years and report ${n + id} times.`;
const ofChair = (t: RulesFixture): Proposal[] => t.proposals().filter((p) => p.parties.includes(CHAIR)).map(({ proposal }) => ({ ...proposal, party: CHAIR }));

/** Numbers that look drawn, the same each time. */
function drawing(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor((state / 2_147_483_648) * below); };
}

/** One change by somebody, of words mostly; seldom of the order, a label, or by an act. */
function change(t: RulesFixture, draw: (below: number) => number): void {
  const actor = [t.chair, t.az, t.oc, t.oc, t.az, t.oc][draw(6)]!, room = positionRoom(partyOf(actor)!), id = `p${draw(5)}`, dice = draw(20);
  if (dice < 13) t.rooms = { ...t.rooms, [room]: applyEdits(t.text(room), written(t, actor, id, words(draw(3), draw(4)))) };
  else if (dice < 15) t.rooms = { ...t.rooms, [room]: applyEdits(t.text(room), t.text(room).by.has(id) ? [{ do: 'set', id, label: `${draw(3)}` }] : []) };
  else if (dice < 17) t.rooms = { ...t.rooms, [room]: applyEdits(t.text(room), t.text(room).by.has(id) ? [draw(2) ? { do: 'remove', id } : { do: 'move', id, after: null }] : [{ do: 'add', after: null, provision: provision(id, words(1)) }]) };
  else if (dice < 18) t.rooms = { ...t.rooms, common: applyEdits(t.text('common'), [{ do: 'set', id, label: `${draw(3)}` }]) };
  else t.rooms = { ...t.rooms, common: applyEdits(t.text('common'), [{ do: 'splice', id, key: 'en:text', from: 0, to: 3, insert: [{ t: ['The', 'Our', 'All'][draw(3)]! }] }]) };
}

function written(t: RulesFixture, actor: Actor, id: string, to: string): Parameters<typeof applyEdits>[1] {
  const here = t.text(positionRoom(partyOf(actor)!)).by.get(id);
  return here ? [{ do: 'splice', id, key: 'en:text', from: 0, to: (here.slots['en:text'] ?? []).reduce((sum, run) => sum + run.t.length, 0), insert: [{ t: to }] }] : [];
}

describe('[A5] [A15] whether consents still hold', () => {
  it('is found alike by who looked before and by who looks for the first time, whatever has changed between', () => {
    let held = 0, fell = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const draw = drawing(seed), t = RulesFixture.negotiating(...Array.from({ length: 5 }, (_, n) => provision(`p${n}`, words(n), 'paragraph', `${n}`)));
      for (let n = 0; n < 6; n++) change(t, draw);
      const parts = ofChair(t).filter(() => draw(3) > 0);
      if (parts.length === 0) continue;
      const own = t.proposals().filter((p) => p.parties.includes('az')).map(({ proposal }): Proposal => ({ ...proposal, party: 'az' })).filter(() => draw(2) > 0);
      for (const some of [parts, parts.slice(0, 1), parts.slice(-2)]) t.acceptParts(t.azHead, some, draw(2) ? 'withdrawn' : 'alongside', own);
      for (let n = 0; n < 15; n++) {
        for (const kept of Object.values(t.document.partConsents)) {
          const known = holding(t.context(SERVER), kept), afresh = holding(t.context(SERVER), { ...kept } satisfies PartConsents);
          expect([seed, n, known]).toEqual([seed, n, afresh]);
          if (Object.keys(known).length > 0) held += 1; else fell += 1;
        }
        change(t, draw);
      }
    }
    expect([held > 200, fell > 200], `${held} held, ${fell} fell`).toEqual([true, true]);
  });

  it.each<[string, (t: RulesFixture) => void, string?]>([
    ['the order in the position that proposes a move', (t) => { t.rooms = { ...t.rooms, 'position:chair': applyEdits(t.text('position:chair'), [{ do: 'move', id: 'p2', after: 'p1' }]) }; }],
    ['the order of the common text', (t) => { t.rooms = { ...t.rooms, common: applyEdits(t.text('common'), [{ do: 'move', id: 'p0', after: 'p2' }]) }; }],
    ['the label of another provision, which the order tells', (t) => { t.rooms = { ...t.rooms, common: applyEdits(t.text('common'), [{ do: 'set', id: 'p3', label: 'new' }]) }; }],
    ['the term that is defined', (t) => { t.rooms = { ...t.rooms, common: applyEdits(t.text('common'), [{ do: 'splice', id: 'p1', key: 'en:term', from: 0, to: 3, insert: [{ t: 'New' }] }]) }; }, 'words'],
  ])('is found alike when nothing has changed but %s: they do not, and lapse', (_what, changed, about) => {
    const t = RulesFixture.negotiating(...Array.from({ length: 4 }, (_, n) => provision(`p${n}`, ['Old term', words(n)], 'definition', `${n}`)));
    t.edit(t.chair, 'position:chair', 'p2', [{ do: 'move', id: 'p2', after: null }]);
    t.write(t.chair, 'p1', words(1, 7), 'en:meaning');
    const parts = ofChair(t).filter(({ on }) => on === (about ?? on));
    expect(t.acceptParts(t.azHead, parts)).toEqual({ ok: true, value: undefined });
    const [[key, kept]] = Object.entries(t.document.partConsents) as [[string, PartConsents]];
    expect([kept.parts.map(({ on }) => on), Object.keys(holding(t.context(SERVER), kept))]).toEqual([about ? [about] : ['words', 'item'], ['az']]);
    changed(t);
    expect(holding(t.context(SERVER), { ...kept })).toEqual({});
    expect([holding(t.context(SERVER), kept), lapsingParts(t.context(SERVER), new Set(['p1', 'p2']))]).toEqual([{}, [key]]);
  });

  it('costs for what is typed in one provision what that provision costs, not what all parts do', () => {
    const t = RulesFixture.negotiating(...Array.from({ length: 120 }, (_, n) => provision(`p${n}`, words(n))));
    for (let n = 0; n < 100; n++) t.rooms = { ...t.rooms, [positionRoom(CHAIR)]: applyEdits(t.text(positionRoom(CHAIR)), n % 4 === 0 ? [{ do: 'set', id: `p${n}`, label: 'new' }] : written(t, t.chair, `p${n}`, words(n, 7))) };
    expect(t.acceptParts(t.azHead, ofChair(t).slice(0, 200))).toEqual({ ok: true, value: undefined });
    expect(lapsingParts(t.context(SERVER), 'all')).toEqual([]);
    // From here on every look at the words of a provision is counted.
    const looks = new Map<string, number>();
    const counted = (one: Provision): Provision => ({ ...one, get slots() { looks.set(one.id, (looks.get(one.id) ?? 0) + 1); return one.slots; } });
    const watched = new Map<Provision, Provision>();
    const watch = (): void => {
      for (const [room, text] of Object.entries(t.rooms)) if ([...text!.by.values()].some((one) => watched.get(one) !== one)) t.rooms = { ...t.rooms, [room]: { list: text!.list, by: new Map([...text!.by].map(([id, one]) => { const now = watched.get(one) ?? counted(one); watched.set(one, now).set(now, now); return [id, now]; })) } };
    };
    watch();
    lapsingParts(t.context(SERVER), new Set(['p1']));
    const room = positionRoom('oc');
    for (const id of ['p1', 'p4', 'p5']) {
      t.rooms = { ...t.rooms, [room]: applyEdits(t.text(room), written(t, t.oc, id, words(3, 3))) };
      watch();
      looks.clear();
      expect(lapsingParts(t.context(SERVER), new Set([id]))).toEqual([]);
      expect([id, [...looks.keys()].filter((other) => other !== id)]).toEqual([id, []]);
    }
  });
});
