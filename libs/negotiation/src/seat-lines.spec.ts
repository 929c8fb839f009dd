import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RulesFixture } from '../test-support/rules-fixture.ts';
import { type Actor, LINK_MS, SERVER } from './index.ts';

const LINK = 'a'.repeat(64), FRESH = 'b'.repeat(64);
const ACTS = ['acceptSeat', 'declineSeat', 'remove', 'keepSeat', 'resetAccount', 'renewAccount', 'confirmSeat', 'recoverAccount', 'wakeSeat'] as const;
type SeatAct = (typeof ACTS)[number];

/** Whose seat, and in which states it can be: the seats of P11. */
const KINDS = {
  'negotiator': { user: 'az1', states: ['awake', 'asleep', 'opened'] },
  'head': { user: 'azHead', states: ['awake', 'asleep', 'opened'] },
  'last head': { user: 'azHead', states: ['awake', 'asleep', 'opened'] },
  'alone': { user: 'azHead', states: ['awake', 'asleep', 'opened', 'due'] },
  'neutral': { user: 'chair1', states: ['awake', 'asleep', 'opened', 'half confirmed', 'ending'] },
  'administrator': { user: 'admin2', states: ['awake', 'asleep', 'opened', 'half confirmed', 'ending'] },
  'last administrator': { user: 'admin', states: ['awake'] },
  'nobody': { user: 'new', states: ['without a seat', 'proposed', 'half accepted'] },
} as const;
type Kind = keyof typeof KINDS;

/** The lines of P11: what may be done. */
const LINES = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8').split('| act | of whom | while | by |')[1]!.split('\n').slice(2)
  .filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.split(',').map((word) => word.trim())));

const allowed = (act: string, kind: string, state: string, by: string): boolean => LINES.some(([acts, kinds, states, actors]) => acts!.includes(act) && kinds!.includes(kind) && states!.includes(state) && actors!.includes(by));

/** A group in which this seat is in this state. */
function context(kind: Kind, state: string): RulesFixture {
  const t = RulesFixture.seated(), { user } = KINDS[kind];
  if (kind === 'head') t.seat(t.azHead, 'azHead2', 'head', 'az');
  if (kind === 'alone') t.mustOnGroup(t.azHead, { t: 'remove', user: 'az1' });
  if (kind === 'administrator') t.seat(t.admin, 'admin2', 'administrator');
  if (kind === 'nobody' && state !== 'without a seat') t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, 'auditor'), user });
  if (state === 'half accepted') t.mustOnGroup(t.azHead, { t: 'acceptSeat', user, role: 'auditor' });
  if (state === 'ending') t.mustOnGroup(t.azHead, { t: 'remove', user });
  if (['asleep', 'opened', 'half confirmed', 'due'].includes(state)) t.mustOnGroup(t.admin, { t: 'resetAccount', user, link: LINK });
  if (['opened', 'half confirmed', 'due'].includes(state)) t.mustOnGroup(SERVER, { t: 'renewAccount', user, link: LINK });
  if (state === 'half confirmed') t.mustOnGroup(t.azHead, { t: 'confirmSeat', user, link: LINK });
  if (state === 'due') t.at += LINK_MS;
  return t;
}

/** What somebody is to the seat, in the words of P11. */
function relation(actor: Actor, kind: Kind, state: string, t: RulesFixture): string {
  const { user } = KINDS[kind], delegation = t.group.seats[user]?.delegation;
  if (actor.role === 'server') return 'server';
  if (actor.user === user) return 'holder';
  if (actor.role === 'administrator') return 'administrator';
  if (actor.delegation === undefined) return 'neutral seat';
  if (delegation !== undefined) return actor.delegation === delegation ? `own ${actor.role}` : `other ${actor.role}`;
  return actor.role === 'head' && actor.delegation === 'az' && ['half accepted', 'half confirmed', 'ending'].includes(state) ? 'head who has answered' : actor.role;
}

function actOf(act: SeatAct, user: string): Parameters<RulesFixture['onGroup']>[1] {
  if (act === 'acceptSeat') return { t: act, user, role: 'auditor' };
  return (act === 'resetAccount' ? { t: act, user, link: FRESH } : act === 'renewAccount' || act === 'confirmSeat' ? { t: act, user, link: LINK } : { t: act, user }) as Parameters<RulesFixture['onGroup']>[1];
}

const everybody = (t: RulesFixture): Actor[] => [...Object.values(t.group.seats), SERVER];
const CASES = (Object.keys(KINDS) as Kind[]).flatMap((kind) => KINDS[kind].states.map((state) => [kind, state] as const));

describe('[P11] what may be done to a seat', () => {
  it.each(CASES)('of: %s, while: %s', (kind, state) => {
    const { user } = KINDS[kind], wrong: unknown[] = [];
    for (const { user: by } of everybody(context(kind, state))) {
      for (const act of ACTS) {
        // Every try has a group of its own.
        const t = context(kind, state), actor = everybody(t).find((one) => one.user === by)!, is = relation(actor, kind, state, t);
        const expected = allowed(act, kind, state, is), done = t.onGroup(actor, actOf(act, user));
        if (done.ok !== expected) wrong.push([act, is, by, done.ok ? 'done' : done.reason]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(CASES)('nothing by anybody who sleeps; of: %s, while: %s', (kind, state) => {
    const { user } = KINDS[kind];
    for (const { user: by } of everybody(context(kind, state)).filter((one) => one.role !== 'server' && one.user !== user && one.user !== 'admin')) {
      for (const act of ACTS) {
        const t = context(kind, state), actor = t.group.seats[by]!;
        t.mustOnGroup(t.admin, { t: 'resetAccount', user: by, link: 'c'.repeat(64) });
        expect([by, act, t.onGroup(actor, actOf(act, user))]).toEqual([by, act, { ok: false, reason: 'seat-sleeps' }]);
      }
    }
  });

  it('every line is of acts, seats, states and people that the test knows', () => {
    const known = [ACTS, Object.keys(KINDS), Object.values(KINDS).flatMap(({ states }) => states), ['head', 'head who has answered', 'administrator', 'server', 'holder', 'own head', 'own negotiator']] as const;
    for (const line of LINES) line.forEach((words, column) => words.forEach((word) => expect(known[column]).toContain(word)));
    expect(LINES).toHaveLength(13);
  });
});
