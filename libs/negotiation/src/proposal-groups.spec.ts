import { describe, expect, it } from 'vitest';
import { awaitedBy, type Actor, CHAIR, groupsOf, isLocked, type KeptProposals, type ProposalGroup, proposalsOf, SERVER } from './index.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';

const TERM = 'If the request is urgent, the requested side shall reply within 24 hours.';
const MOVED = 'The requested side shall reply within 24 hours if the request is urgent.';
const table = () => RulesFixture.negotiating(provision('p1', TERM), provision('p2', 'Data shall be preserved by the competent authority.'), provision('p3', 'Costs are borne by each side.'));
const groups = (t: RulesFixture, reach?: 'provision' | 'everywhere', before?: readonly ProposalGroup[]) => groupsOf(t.context(SERVER), t.proposals(), reach, before);
const shape = (all: readonly ProposalGroup[]) => all.map((g) => [g.provisions.join(' '), g.members.length, g.parties.join(' ')]);
/** The authority moves from one provision to another. */
const moves = (t: RulesFixture, actor: Actor): void => {
  t.write(actor, 'p2', 'Data shall be preserved.');
  t.write(actor, 'p3', 'Costs are borne by each side and by the competent authority.');
};

describe('[A12] proposals that were kept', () => {
  it('are those that would be found anew, whatever is written, declined and accepted in between; untouched ones are the same values', () => {
    const t = table(), kept: KeptProposals = new WeakMap();
    const look = () => proposalsOf(t.context(SERVER), undefined, kept);
    const same = () => expect(look()).toEqual(proposalsOf(t.context(SERVER)));
    t.write(t.az, 'p1', MOVED);
    t.write(t.oc, 'p2', 'All data shall be preserved by the competent authority.');
    same();
    const [first] = look();
    t.write(t.az, 'p3', 'Costs are shared.');
    same();
    expect(look()[0]).toBe(first);
    t.write(t.oc, 'p1', TERM.replace('24', '48'));
    same();
    expect(look()[0]).not.toBe(first);
    const declined = look().find(({ provision: id }) => id === 'p2')!;
    expect(t.perform(t.azHead, { t: 'decline', parts: [declined.proposal], reason: 'No.' }).ok).toBe(true);
    same();
    expect(look().find(({ provision: id }) => id === 'p2')!.declines).toHaveLength(1);
    t.rest();
    expect(t.acceptParts(t.ocHead, [look().find(({ provision: id }) => id === 'p3')!.proposal]).ok).toBe(true);
    same();
  });
});

/** Words that are taken out of one provision and put into another, and some that are not, by all parties, at random; a seed gives the same again. */
function writesAtRandom(t: RulesFixture, random: () => number): void {
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const actor = among([t.az, t.oc, t.chair]), room = `position:${actor === t.az ? 'az' : actor === t.oc ? 'oc' : 'chair'}` as const, [from, to] = [among(['p1', 'p2', 'p3']), among(['p1', 'p2', 'p3'])];
  const words = t.words(room, from).split(' '), taken = words.splice(Math.floor(random() * words.length), Math.floor(random() * 4), ...among([[], ['promptly'], ['in', 'writing']]));
  t.write(actor, from, words.join(' '));
  if (random() < 0.4) t.write(actor, to, [...t.words(room, to).split(' '), ...taken].join(' '));
}

describe('[A12] groups within provisions', () => {
  it('that were kept are those that would be found anew, whatever was found together before', () => {
    let several = 0, across = 0, waiting = 0;
    for (let seed = 0; seed < 12; seed++) {
      const t = table(), random = seeded(seed), kept: KeptProposals = new WeakMap();
      let before: readonly ProposalGroup[] = [];
      for (let step = 0; step < 15; step++) {
        writesAtRandom(t, random);
        const bridging = random() < 0.15 ? groups(t).find(({ parties }) => parties[0] === CHAIR && parties.length === 1) : undefined;
        if (bridging) { t.rest(); waiting += t.acceptParts(random() < 0.5 ? t.azHead : t.ocHead, bridging.parts).ok ? 1 : 0; }
        const context = t.context(SERVER), near = random() < 0.7, found = near ? groupsOf(context, proposalsOf(context, undefined, kept), 'provision', before) : groupsOf(context, proposalsOf(context, undefined, kept));
        if (near) expect(found).toEqual(groupsOf(context, proposalsOf(context), 'provision', before));
        if (random() < 0.7) expect(groupsOf(context, proposalsOf(context, undefined, kept), 'provision', found)).toEqual(groupsOf(context, proposalsOf(context), 'provision', found));
        before = found;
        several += before.filter(({ members }) => members.length > 1).length;
        across += before.filter(({ provisions }) => provisions.length > 1).length;
      }
    }
    expect([several > 100, across > 40, waiting > 10]).toEqual([true, true, true]);
  });

  it('stay together as they were found with a longer reach, also where the provision was looked at by itself before and nothing has changed in it since', () => {
    const t = table(), kept: KeptProposals = new WeakMap(), look = (before: readonly ProposalGroup[]) => groupsOf(t.context(SERVER), proposalsOf(t.context(SERVER), undefined, kept), 'provision', before);
    t.write(t.az, 'p1', `Data shall be preserved. ${TERM.replace('24 hours', '48 hours')}`);
    const apart = look([]), together: ProposalGroup = { ...apart[0]!, members: apart.flatMap(({ members }) => members), parts: apart.flatMap(({ parts }) => parts) };
    expect(shape(apart)).toEqual([['p1', 1, 'az'], ['p1', 1, 'az']]);
    for (const before of [[together], [], [together], apart]) expect(shape(look(before))).toEqual(before.length === 1 ? [['p1', 2, 'az']] : shape(apart));
  });

  it('of a provision in which nothing has changed are the same values', () => {
    const t = table(), kept: KeptProposals = new WeakMap(), look = (before: readonly ProposalGroup[]) => groupsOf(t.context(SERVER), proposalsOf(t.context(SERVER), undefined, kept), 'provision', before);
    t.write(t.az, 'p1', MOVED);
    t.write(t.oc, 'p2', 'All data shall be preserved.');
    const first = look([]);
    t.write(t.az, 'p3', 'Costs are shared.');
    const next = look(first);
    expect([first[0]!.members.length > 1, next.length]).toEqual([true, first.length + 1]);
    first.forEach((group, i) => expect(next[i]).toBe(group));
  });
});

describe('linked proposals', () => {
  it('[A11] every open proposal is in exactly one group, in order, and one act takes all of it', () => {
    const t = table();
    t.write(t.az, 'p1', MOVED);
    t.write(t.az, 'p2', 'Data shall be preserved for 90 days by the competent authority.');
    t.write(t.oc, 'p2', 'All data shall be preserved by the competent authority.');
    const open = t.proposals(), all = groups(t);
    expect(all.flatMap(({ members }) => members).map(({ name }) => name)).toEqual(open.map(({ name }) => name));
    expect(shape(all).map(([at, , of]) => [at, of])).toEqual([['p1', 'az'], ['p2', 'oc'], ['p2', 'az']]);
    expect(all[0]!.members.length).toBeGreaterThan(1);
    expect([all[0]!.parts.length, all[0]!.outstanding]).toEqual([1, ['oc']]);
    t.rest();
    expect(t.acceptParts(t.ocHead, all[0]!.parts).ok).toBe(true);
    expect(t.words('common', 'p1')).toBe(MOVED);
  });

  it('[A11] over several provisions they stand at the first; within reach of a provision only as long as they were together before', () => {
    const t = table();
    moves(t, t.az);
    expect(shape(groups(t))).toEqual([['p2 p3', 2, 'az']]);
    expect(shape(groups(t, 'provision'))).toEqual([['p2', 1, 'az'], ['p3', 1, 'az']]);
    const before = groups(t);
    t.write(t.az, 'p1', TERM.replace('24', '48'));
    expect(shape(groups(t, 'provision', before))).toEqual([['p1', 1, 'az'], ['p2 p3', 2, 'az']]);
    t.write(t.az, 'p3', 'Costs are borne by each side.');
    expect(shape(groups(t, 'provision', before))).toEqual([['p1', 1, 'az'], ['p2', 1, 'az']]);
  });

  it('[A11] with more than 500 open proposals nothing is looked for across provisions', () => {
    const t = RulesFixture.negotiating(...table().rooms.common!.list.map((id) => table().rooms.common!.by.get(id)!), ...Array.from({ length: 499 }, (_, n) => provision(`q${n}`, 'Costs are shared.')));
    moves(t, t.az);
    for (let n = 0; n < 498; n++) t.write(t.oc, `q${n}`, 'Costs are divided.');
    expect([t.proposals().length, shape(groups(t)).slice(0, 1)]).toEqual([500, [['p2 p3', 2, 'az']]]);
    t.write(t.oc, 'q498', 'Costs are divided.');
    expect([t.proposals().length, shape(groups(t)).slice(0, 2)]).toEqual([501, [['p2', 1, 'az'], ['p3', 1, 'az']]]);
  });

  it('[A11] what the other side wrote too counts as accepted; what both wrote whole is entered by either', () => {
    const t = table();
    moves(t, t.az);
    t.write(t.oc, 'p2', 'Data shall be preserved.');
    const [whole, ...rest] = groups(t);
    expect([shape([whole!]), rest, whole!.outstanding, whole!.either]).toEqual([[['p2 p3', 2, 'az']], [], ['oc'], false]);
    expect([awaitedBy(t.context(SERVER), 'oc').proposals.length, awaitedBy(t.context(SERVER), 'az').proposals.length]).toEqual([1, 0]);
    t.write(t.oc, 'p3', 'Costs are borne by each side and by the competent authority.');
    expect(groups(t).map((g) => [g.parties, g.outstanding, g.either])).toEqual([[['az', 'oc'], ['az', 'oc'], true]]);
  });

  it('[A11] is contested where a part is; [NS8] waits as one, until it is declined whole or accepted', () => {
    const t = table(), waits = () => awaitedBy(t.context(SERVER), 'oc').proposals.length;
    moves(t, t.az);
    t.write(t.oc, 'p3', 'Costs are borne by each side and by the whole group.');
    const mine = () => groups(t).find((g) => g.parties.includes('az'))!;
    expect([mine().contested, waits()]).toEqual([true, 1]);
    t.must(t.ocHead, { t: 'decline', parts: [mine().members[0]!.proposal], reason: 'No.' });
    expect([mine().declines.length, waits()]).toEqual([0, 1]);
    t.must(t.ocHead, { t: 'decline', parts: mine().parts, reason: 'Not at all.' });
    expect([mine().declines.map((d) => [d.party, d.reason]), waits()]).toEqual([[['oc', 'Not at all.']], 0]);
  });

  it('[A11] of the chair: both accept the very same parts, and each acceptance counts for the whole', () => {
    const t = table();
    moves(t, t.chair);
    const [of] = groups(t);
    expect(of!.outstanding).toEqual(['az', 'oc']);
    expect(t.acceptParts(t.azHead, of!.parts).ok).toBe(true);
    const [now] = groups(t);
    expect([now!.outstanding, Object.keys(now!.consents)]).toEqual([['oc'], ['az']]);
    expect([awaitedBy(t.context(SERVER), 'az').proposals.length, awaitedBy(t.context(SERVER), 'oc').proposals.length]).toEqual([0, 1]);
    expect(t.acceptParts(t.ocHead, now!.parts).ok).toBe(true);
    expect([proposalsOf(t.context(SERVER)), t.words('common', 'p3')]).toEqual([[], 'Costs are borne by each side and by the competent authority.']);
  });

  it('[A9] a part in an agreed provision keeps the whole from being accepted', () => {
    const t = table();
    moves(t, t.az);
    const [whole] = groups(t);
    t.document = { ...t.document, settled: { ...t.document.settled, p3: { consents: { az: { user: 'azHead', at: 1, digest: 'd' }, oc: { user: 'ocHead', at: 1, digest: 'd' } }, approved: null, reopenings: {} } as never } };
    expect([isLocked(t.document, 'p3'), t.acceptParts(t.ocHead, whole!.parts)]).toEqual([true, { ok: false, reason: 'provision-locked' }]);
  });
});
