import type { PartyId } from '@parley/text';
import type { ActOf, GroupAct } from './act.ts';
import { colleaguesOf, type GroupEvent, type GroupState, LINK_MS, own, seatOf } from './group.ts';
import { type Actor, NEUTRAL, type Role, type Seat } from './party.ts';
import { may } from './policy.ts';
import { grant, refuse, type Verdict } from './refusal.ts';

/** What an act on the working group is judged by. `at`: the time its entry gets. `wakeAfter`: how long a seat that nobody can confirm sleeps, in milliseconds. */
export interface GroupScene { readonly actor: Actor; readonly group: GroupState; readonly at: number; readonly wakeAfter: number }

/** No setting makes a seat wake by the clock sooner. */
export const SHORTEST_SLEEP_MS = 60 * 60_000;
/** So many invitations of one inviter may be open at once. */
export const OPEN_INVITATIONS = 50;

type Events = Verdict<readonly GroupEvent[]>;
type SeatAct = Exclude<GroupAct, { t: 'establish' | 'appoint' }>;

/** The decision about an act that gives, ends, resets or wakes a seat. That the actor may do it at all has been asked. */
export function decideSeat(act: SeatAct, scene: GroupScene): Events {
  switch (act.t) {
    case 'invite': return inviting(act, scene);
    case 'revokeInvitation': return grant([{ e: 'invitationEnded', link: act.link }]);
    case 'takeSeat': return taking(act, scene);
    case 'acceptSeat': return accepting(act, scene);
    case 'declineSeat': return grant([{ e: 'proposalEnded', user: act.user }]);
    case 'remove': return removing(act, scene);
    case 'keepSeat': return grant([{ e: 'endingWithdrawn', user: act.user, delegation: scene.actor.delegation! }]);
    case 'resetAccount': return resetting(act, scene);
    case 'renewAccount': return renewing(act, scene);
    case 'confirmSeat': return confirming(act, scene);
    case 'recoverAccount': return seatOf(scene.group, act.user) ? grant([{ e: 'recovered', user: act.user }]) : refuse('not-seated');
    case 'wakeSeat': return isDue(scene.group, act.user, scene.at) ? grant([{ e: 'woke', user: act.user }]) : refuse('move-not-open');
  }
}

const inTime = (since: number, at: number): boolean => at - since <= LINK_MS;

const isKnown = (group: GroupState, link: string): boolean => Object.hasOwn(group.invitations, link) || Object.values(group.asleep).some((sleep) => sleep.link === link);

function inviting({ link, role, delegation }: ActOf<'invite'>, { actor, group, at }: GroupScene): Events {
  if (isKnown(group, link)) return refuse('move-not-open');
  const open = Object.values(group.invitations).filter((invitation) => invitation.by === actor.user && inTime(invitation.at, at));
  if (open.length >= OPEN_INVITATIONS) return refuse('too-many-links');
  return grant([{ e: 'invited', link, role, ...(delegation !== undefined && { delegation }) }]);
}

/** What an invitation opens now: nothing once it is old, or when whoever made it could not make it any more. */
export function openInvitation(group: GroupState, link: string, at: number): GroupState['invitations'][string] | undefined {
  const invitation = own(group.invitations, link);
  const inviter = invitation && seatOf(group, invitation.by);
  if (!invitation || !inviter || !inTime(invitation.at, at)) return undefined;
  return may(inviter, 'invite', { group, role: invitation.role, delegation: invitation.delegation }).ok ? invitation : undefined;
}

/** Whose account a link makes anew now. */
export function openReset(group: GroupState, link: string, at: number): string | undefined {
  return Object.entries(group.asleep).find(([, sleep]) => sleep.link === link && sleep.renewed === null && inTime(sleep.since, at))?.[0];
}

const seatFor = (user: string, role: Role, delegation: PartyId | undefined): Seat => (delegation === undefined ? { user, role } : { user, role, delegation });

function taking({ link, user }: ActOf<'takeSeat'>, { group, at }: GroupScene): Events {
  const invitation = openInvitation(group, link, at);
  if (!invitation) return refuse('link-spent');
  if (seatOf(group, user)) return refuse('already-seated');
  const { role, delegation, by } = invitation;
  const ended: GroupEvent = { e: 'invitationEnded', link };
  if (!NEUTRAL.includes(role)) return grant([ended, { e: 'seated', seat: seatFor(user, role, delegation) }]);
  return Object.hasOwn(group.proposed, user) ? refuse('already-proposed') : grant([ended, { e: 'seatProposed', user, role, by }]);
}

const others = (group: GroupState, delegation: PartyId): PartyId[] => group.delegations.map(({ id }) => id).filter((id) => id !== delegation);

function accepting({ user, role }: ActOf<'acceptSeat'>, { actor, group }: GroupScene): Events {
  const seat = own(group.proposed, user)!;
  if (seat.role !== role) return refuse('nothing-pending');
  const delegation = actor.delegation!;
  const accepted: GroupEvent = { e: 'seatAccepted', user, delegation };
  return grant(others(group, delegation).every((id) => Object.hasOwn(seat.accepted, id)) ? [accepted, { e: 'seated', seat: { user, role } }] : [accepted]);
}

/** A neutral seat ends by one of three: its holder, the administrator, a head of each delegation. */
function removing({ user }: ActOf<'remove'>, { actor, group }: GroupScene): Events {
  const gone: GroupEvent = { e: 'unseated', user };
  const neutral = seatOf(group, user)!.delegation === undefined;
  if (!neutral || actor.role !== 'head') return grant([gone]);
  const delegation = actor.delegation!;
  const asked: GroupEvent = { e: 'endingAsked', user, delegation };
  return grant(others(group, delegation).every((id) => Object.hasOwn(own(group.endings, user) ?? {}, id)) ? [asked, gone] : [asked]);
}

/** By the clock it wakes only where nobody else sits who could say that it is the right person. */
function resetting({ user, link }: ActOf<'resetAccount'>, { group, at, wakeAfter }: GroupScene): Events {
  if (isKnown(group, link)) return refuse('move-not-open');
  const seat = seatOf(group, user)!;
  const alone = seat.delegation !== undefined && colleaguesOf(group, seat).length === 0;
  return grant([{ e: 'slept', user, link, wakesAt: alone ? at + Math.max(wakeAfter, SHORTEST_SLEEP_MS) : null }]);
}

const renewing = ({ user, link }: ActOf<'renewAccount'>, { group, at }: GroupScene): Events =>
  openReset(group, link, at) === user ? grant([{ e: 'renewed', user }]) : refuse('link-spent');

/** Of another reset than the one that was read about nothing is confirmed. */
function confirming({ user, link }: ActOf<'confirmSeat'>, { actor, group }: GroupScene): Events {
  const sleep = own(group.asleep, user)!;
  if (sleep.link !== link) return refuse('nothing-pending');
  if (sleep.renewed === null) return refuse('not-renewed');
  const delegation = actor.delegation!;
  const confirmed: GroupEvent = { e: 'seatConfirmed', user, delegation };
  const enough = seatOf(group, user)!.delegation !== undefined || others(group, delegation).every((id) => Object.hasOwn(sleep.confirmed, id));
  return grant(enough ? [confirmed, { e: 'woke', user }] : [confirmed]);
}

/** Whether the clock wakes a seat now: it was told for long enough, the link was opened, and nobody else sits in its delegation. */
export function isDue(group: GroupState, user: string, at: number): boolean {
  const sleep = own(group.asleep, user), seat = seatOf(group, user);
  if (!sleep || !seat || sleep.wakesAt === null || sleep.renewed === null || at < sleep.wakesAt) return false;
  return seat.delegation !== undefined && colleaguesOf(group, seat).length === 0;
}

