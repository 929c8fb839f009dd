import { describe, expect, it } from 'vitest';
import { RulesFixture } from '../test-support/rules-fixture.ts';
import { type Actor, foldGroup, isAsleep, LINK_MS, may, NO_GROUP, ROLES, SERVER, SHORTEST_SLEEP_MS } from './index.ts';

const refused = (reason: string) => ({ ok: false, reason });
const ok = { ok: true, value: undefined };
const LINK = 'a'.repeat(64), OTHER = 'b'.repeat(64);
const HOUR = 60 * 60_000;

/** A delegation of two, of which `user` was reset by the administrator. */
function reset(user: string, t = RulesFixture.seated()): RulesFixture {
  t.mustOnGroup(t.admin, { t: 'resetAccount', user, link: LINK });
  return t;
}
const renew = (t: RulesFixture, user: string, link = LINK) => t.onGroup(SERVER, { t: 'renewAccount', user, link });
const seatOf = (t: RulesFixture, user: string): Actor => t.group.seats[user]!;

describe('invitations', () => {
  it('[P6] a link works once, for a day, and for the seat it was made for', () => {
    const t = RulesFixture.seated();
    const link = t.invites(t.azHead, 'negotiator', 'az');
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: LINK, user: 'new' })).toEqual(refused('link-spent'));
    expect(t.onGroup(SERVER, { t: 'takeSeat', link, user: 'oc1' })).toEqual(refused('already-seated'));
    expect(t.onGroup(SERVER, { t: 'takeSeat', link, user: 'new' })).toEqual(ok);
    expect(seatOf(t, 'new')).toEqual({ user: 'new', role: 'negotiator', delegation: 'az' });
    expect(t.onGroup(SERVER, { t: 'takeSeat', link, user: 'second' })).toEqual(refused('link-spent'));
    const old = t.invites(t.azHead, 'head', 'az');
    t.at += LINK_MS + 1;
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: old, user: 'late' })).toEqual(refused('link-spent'));
    for (const inherited of ['constructor', '__proto__']) expect(t.onGroup(SERVER, { t: 'takeSeat', link: inherited, user: 'x' })).toEqual(refused('link-spent'));
  });

  it('[P6] nobody takes a seat, renews, recovers or wakes one but through the server', () => {
    const t = reset('az1');
    const link = t.invites(t.ocHead, 'negotiator', 'oc');
    for (const actor of [t.admin, t.azHead, t.ocHead, t.oc, t.chair, t.auditor, t.observer]) {
      expect(t.onGroup(actor, { t: 'takeSeat', link, user: actor.user })).toEqual(refused('role-forbids'));
      for (const act of [{ t: 'renewAccount', user: 'az1', link: LINK }, { t: 'recoverAccount', user: 'az1' }, { t: 'wakeSeat', user: 'az1' }] as const) expect(t.onGroup(actor, act)).toEqual(refused('role-forbids'));
      for (const role of ROLES) expect(t.onGroup(actor, { t: 'appoint', user: 'new', role, delegation: 'az' })).toEqual(refused('role-forbids'));
    }
  });

  it('[P6] a link dies with the seat of its maker, sleeps with it, and can be revoked by the own side', () => {
    const t = RulesFixture.seated();
    t.seat(t.azHead, 'azHead2', 'head', 'az');
    const second = seatOf(t, 'azHead2');
    const [one, two] = [t.invites(second, 'negotiator', 'az'), t.invites(second, 'negotiator', 'az')];
    for (const actor of [t.ocHead, t.admin]) expect(t.onGroup(actor, { t: 'revokeInvitation', link: one })).toEqual(refused('other-delegation'));
    t.mustOnGroup(t.azHead, { t: 'revokeInvitation', link: one });
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: one, user: 'n' })).toEqual(refused('link-spent'));
    reset('azHead2', t);
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: two, user: 'n' })).toEqual(refused('link-spent'));
    renew(t, 'azHead2');
    t.mustOnGroup(t.azHead, { t: 'confirmSeat', user: 'azHead2', link: LINK });
    expect(may(second, 'invite', { group: t.group, role: 'negotiator', delegation: 'az' })).toEqual(ok);
    t.mustOnGroup(t.azHead, { t: 'remove', user: 'azHead2' });
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: two, user: 'n' })).toEqual(refused('link-spent'));
    expect(t.group.invitations).toEqual({});
  });

  it('[P6] of two links to the first head of a delegation the first that is opened counts', () => {
    const t = new RulesFixture();
    t.mustOnGroup(t.admin, { t: 'establish', name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] });
    const [one, two] = [t.invites(t.admin, 'head', 'az'), t.invites(t.admin, 'head', 'az')];
    t.mustOnGroup(SERVER, { t: 'takeSeat', link: one, user: 'azHead' });
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: two, user: 'admins-friend' })).toEqual(refused('link-spent'));
    expect(t.onGroup(t.admin, { t: 'invite', link: LINK, role: 'head', delegation: 'az' })).toEqual(refused('delegation-has-head'));
    expect(t.onGroup(t.admin, { t: 'invite', link: two, role: 'head', delegation: 'oc' })).toEqual(refused('move-not-open'));
  });

  it('[P6] no more than fifty are open at once', () => {
    const t = RulesFixture.seated();
    for (let n = 0; n < 50; n++) t.invites(t.azHead, 'negotiator', 'az');
    expect(t.onGroup(t.azHead, { t: 'invite', link: LINK, role: 'negotiator', delegation: 'az' })).toEqual(refused('too-many-links'));
    t.at += LINK_MS + 1;
    expect(t.onGroup(t.azHead, { t: 'invite', link: LINK, role: 'negotiator', delegation: 'az' })).toEqual(ok);
    expect(Object.keys(t.group.invitations)).toEqual([LINK]);
  });
});

describe('neutral seats', () => {
  const proposed = (): RulesFixture => {
    const t = RulesFixture.seated();
    t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, 'auditor'), user: 'new' });
    return t;
  };

  it('[P7] begin when a head of each delegation has accepted them', () => {
    const t = proposed();
    expect(t.group.seats['new']).toBeUndefined();
    for (const actor of [t.admin, t.az, t.chair, t.auditor]) expect(t.onGroup(actor, { t: 'acceptSeat', user: 'new', role: 'auditor' })).toEqual(refused('role-forbids'));
    expect(t.onGroup(t.azHead, { t: 'acceptSeat', user: 'new', role: 'moderator' })).toEqual(refused('nothing-pending'));
    t.mustOnGroup(t.azHead, { t: 'acceptSeat', user: 'new', role: 'auditor' });
    expect(t.onGroup(t.azHead, { t: 'acceptSeat', user: 'new', role: 'auditor' })).toEqual(refused('already-answered'));
    t.seat(t.azHead, 'azHead2', 'head', 'az');
    expect(t.onGroup(seatOf(t, 'azHead2'), { t: 'acceptSeat', user: 'new', role: 'auditor' })).toEqual(refused('already-answered'));
    expect(t.group.seats['new']).toBeUndefined();
    t.mustOnGroup(t.ocHead, { t: 'acceptSeat', user: 'new', role: 'auditor' });
    expect(seatOf(t, 'new')).toEqual({ user: 'new', role: 'auditor' });
    expect(t.group.proposed).toEqual({});
  });

  it('[P7] are declined by one head, withdrawn by the administrator, and begin anew from nothing', () => {
    const t = proposed();
    t.mustOnGroup(t.azHead, { t: 'acceptSeat', user: 'new', role: 'auditor' });
    for (const actor of [t.az, t.chair]) expect(t.onGroup(actor, { t: 'declineSeat', user: 'new' })).toEqual(refused('role-forbids'));
    t.mustOnGroup(t.ocHead, { t: 'declineSeat', user: 'new' });
    expect(t.onGroup(t.ocHead, { t: 'acceptSeat', user: 'new', role: 'auditor' })).toEqual(refused('nothing-pending'));
    t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, 'auditor'), user: 'new' });
    expect(t.group.proposed['new']!.accepted).toEqual({});
    t.mustOnGroup(t.admin, { t: 'declineSeat', user: 'new' });
    expect(t.group.proposed).toEqual({});
  });

  it('[P7] whoever is proposed is proposed for no other seat besides; one in a delegation takes the place of the proposal', () => {
    const t = proposed();
    t.mustOnGroup(t.azHead, { t: 'acceptSeat', user: 'new', role: 'auditor' });
    expect(t.onGroup(SERVER, { t: 'takeSeat', link: t.invites(t.admin, 'moderator'), user: 'new' })).toEqual(refused('already-proposed'));
    expect(t.group.proposed['new']).toMatchObject({ role: 'auditor', accepted: { az: { user: 'azHead' } } });
    t.mustOnGroup(SERVER, { t: 'takeSeat', link: t.invites(t.azHead, 'negotiator', 'az'), user: 'new' });
    expect([t.group.proposed, seatOf(t, 'new').role]).toEqual([{}, 'negotiator']);
  });

  it('[P7] nobody who is proposed can be reset first: an acceptance is of who opened the link', () => {
    const t = proposed();
    expect(t.onGroup(t.admin, { t: 'resetAccount', user: 'new', link: LINK })).toEqual(refused('not-seated'));
  });

  it('[P7] end by their holder, by both heads, or by the administrator; never by one head', () => {
    for (const [by, times] of [['chair', 1], ['admin', 1], ['azHead ocHead', 2]] as const) {
      const t = RulesFixture.seated();
      const actors = by.split(' ').map((name) => t[name as 'chair' | 'admin' | 'azHead' | 'ocHead']);
      actors.forEach((actor, i) => {
        t.mustOnGroup(actor, { t: 'remove', user: 'chair1' });
        expect(t.group.seats['chair1'] === undefined).toBe(i + 1 === times);
      });
      expect(t.group.endings).toEqual({});
    }
    const t = RulesFixture.seated();
    t.mustOnGroup(t.azHead, { t: 'remove', user: 'chair1' });
    expect(t.onGroup(t.azHead, { t: 'remove', user: 'chair1' })).toEqual(refused('already-answered'));
    expect(t.onGroup(t.ocHead, { t: 'keepSeat', user: 'chair1' })).toEqual(refused('nothing-pending'));
    t.mustOnGroup(t.azHead, { t: 'keepSeat', user: 'chair1' });
    t.mustOnGroup(t.ocHead, { t: 'remove', user: 'chair1' });
    expect(t.group.seats['chair1']).toBeDefined();
    for (const actor of [t.az, t.auditor]) expect(t.onGroup(actor, { t: 'remove', user: 'chair1' })).toEqual(refused('role-forbids'));
  });
});

describe('a seat whose account was reset', () => {
  it('[P8] may nothing at all, whatever its role', () => {
    for (const user of ['azHead', 'az1', 'chair1', 'auditor1', 'observer1']) {
      const t = reset(user);
      const actor = seatOf(t, user);
      for (const action of ['read', 'readGroup', 'write', 'openDocument', 'acceptAsBasis', 'accept', 'decline', 'withdraw', 'agree', 'approve', 'invite', 'revokeInvitation', 'acceptSeat', 'declineSeat', 'remove', 'keepSeat', 'resetAccount', 'confirmSeat'] as const) {
        expect([user, action, may(actor, action, { group: t.group, document: t.document, room: 'working', user })]).toEqual([user, action, refused('seat-sleeps')]);
      }
    }
  });

  it('[P8] wakes when another member confirms it, after the link was opened', () => {
    const t = reset('azHead');
    expect(t.onGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('not-renewed'));
    expect(renew(t, 'azHead', OTHER)).toEqual(refused('link-spent'));
    expect(renew(t, 'az1')).toEqual(refused('link-spent'));
    expect(renew(t, 'azHead')).toEqual(ok);
    expect(renew(t, 'azHead')).toEqual(refused('link-spent'));
    for (const actor of [t.ocHead, t.oc]) expect(t.onGroup(actor, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('other-delegation'));
    for (const actor of [t.admin, t.chair, t.auditor]) expect(t.onGroup(actor, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('role-forbids'));
    expect(t.onGroup(t.azHead, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('seat-sleeps'));
    t.mustOnGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: LINK });
    expect(isAsleep(t.group, 'azHead')).toBe(false);
    expect(t.onGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('nothing-pending'));
  });

  it('[P8] is confirmed by nobody who sleeps: two of a delegation of two stay asleep, also when the clock has gone by', () => {
    const t = reset('azHead');
    t.mustOnGroup(t.admin, { t: 'resetAccount', user: 'az1', link: OTHER });
    renew(t, 'azHead');
    renew(t, 'az1', OTHER);
    expect(t.onGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('seat-sleeps'));
    expect(t.onGroup(t.azHead, { t: 'confirmSeat', user: 'az1', link: OTHER })).toEqual(refused('seat-sleeps'));
    t.at += 100 * HOUR;
    for (const user of ['azHead', 'az1']) expect(t.onGroup(SERVER, { t: 'wakeSeat', user })).toEqual(refused('move-not-open'));
    t.mustOnGroup(SERVER, { t: 'recoverAccount', user: 'azHead' });
    t.mustOnGroup(t.azHead, { t: 'confirmSeat', user: 'az1', link: OTHER });
    expect(t.group.asleep).toEqual({});
  });

  it('[P8] of neither delegation is confirmed by a head of each, and never by the clock', () => {
    const t = reset('chair1');
    expect(renew(t, 'chair1')).toEqual(ok);
    for (const actor of [t.az, t.oc]) expect(t.onGroup(actor, { t: 'confirmSeat', user: 'chair1', link: LINK })).toEqual(refused('role-forbids'));
    t.mustOnGroup(t.azHead, { t: 'confirmSeat', user: 'chair1', link: LINK });
    expect(t.onGroup(t.azHead, { t: 'confirmSeat', user: 'chair1', link: LINK })).toEqual(refused('already-answered'));
    t.at += 100 * HOUR;
    expect(t.onGroup(SERVER, { t: 'wakeSeat', user: 'chair1' })).toEqual(refused('move-not-open'));
    t.mustOnGroup(t.ocHead, { t: 'confirmSeat', user: 'chair1', link: LINK });
    expect(t.group.asleep).toEqual({});
  });

  it('[P9] wakes by the clock only where nobody else sits in its delegation, when the time has passed and the link was opened', () => {
    const t = RulesFixture.seated();
    t.mustOnGroup(t.azHead, { t: 'remove', user: 'az1' });
    reset('azHead', t);
    expect(t.group.asleep['azHead']!.wakesAt).toBe(t.at + 24 * HOUR);
    t.at += 23 * HOUR;
    renew(t, 'azHead');
    expect(t.onGroup(SERVER, { t: 'wakeSeat', user: 'azHead' })).toEqual(refused('move-not-open'));
    t.at += HOUR;
    expect(t.onGroup(SERVER, { t: 'wakeSeat', user: 'azHead' })).toEqual(ok);
    const unopened = RulesFixture.seated();
    unopened.mustOnGroup(unopened.azHead, { t: 'remove', user: 'az1' });
    reset('azHead', unopened);
    unopened.at += 25 * HOUR;
    expect(unopened.onGroup(SERVER, { t: 'wakeSeat', user: 'azHead' })).toEqual(refused('move-not-open'));
    expect(renew(unopened, 'azHead')).toEqual(refused('link-spent'));
    expect(SHORTEST_SLEEP_MS).toBe(HOUR);
  });

  it('[P8] a second reset voids the first link and begins anew; nobody resets the own account, and only seats are reset', () => {
    const t = reset('azHead');
    renew(t, 'azHead');
    expect(t.onGroup(t.admin, { t: 'resetAccount', user: 'azHead', link: LINK })).toEqual(refused('move-not-open'));
    t.mustOnGroup(t.admin, { t: 'resetAccount', user: 'azHead', link: OTHER });
    expect(renew(t, 'azHead')).toEqual(refused('link-spent'));
    expect(t.onGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: OTHER })).toEqual(refused('not-renewed'));
    renew(t, 'azHead', OTHER);
    // Who has read of the first reset, and asked about it, confirms nothing of the second.
    expect(t.onGroup(t.az, { t: 'confirmSeat', user: 'azHead', link: LINK })).toEqual(refused('nothing-pending'));
    expect(isAsleep(t.group, 'azHead')).toBe(true);
    expect(t.onGroup(t.admin, { t: 'resetAccount', user: 'admin', link: LINK })).toEqual(refused('own-seat'));
    for (const nobody of ['new', 'constructor', '__proto__']) expect(t.onGroup(t.admin, { t: 'resetAccount', user: nobody, link: LINK })).toEqual(refused('not-seated'));
    for (const actor of [t.az, t.ocHead, t.chair]) expect(t.onGroup(actor, { t: 'resetAccount', user: 'oc1', link: LINK })).toEqual(refused('role-forbids'));
  });

  it('[P8] a removal ends the reset, and its link; the last awake head stays', () => {
    const t = reset('az1');
    t.mustOnGroup(t.azHead, { t: 'remove', user: 'az1' });
    expect(renew(t, 'az1')).toEqual(refused('link-spent'));
    expect(t.group.asleep).toEqual({});
    t.seat(t.azHead, 'azHead2', 'head', 'az');
    reset('azHead2', t);
    expect(t.onGroup(t.azHead, { t: 'remove', user: 'azHead' })).toEqual(refused('last-head'));
    expect(t.onGroup(t.azHead, { t: 'remove', user: 'azHead2' })).toEqual(ok);
  });
});

describe('records from before invitations', () => {
  it('[P10] are folded as they were: who was seated then sits now', () => {
    const mark = { user: 'admin', at: 1 };
    const events = [
      { e: 'established', name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] }, { e: 'seated', seat: { user: 'admin', role: 'administrator' } },
      { e: 'seated', seat: { user: 'azHead', role: 'head', delegation: 'az' } }, { e: 'seated', seat: { user: 'chair1', role: 'moderator' } }, { e: 'unseated', user: 'chair1' }, { e: 'seated', seat: { user: 'chair2', role: 'moderator' } },
    ] as const;
    const group = events.reduce((state, event) => foldGroup(state, event, mark), NO_GROUP);
    expect(Object.keys(group.seats)).toEqual(['admin', 'azHead', 'chair2']);
    expect([group.asleep, group.proposed, group.invitations]).toEqual([{}, {}, {}]);
    expect(may(group.seats['chair2']!, 'read', { group })).toEqual(ok);
  });
});
