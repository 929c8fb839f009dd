import type { PartyId } from '@parley/text';
import type { FieldSchemas } from './act-fields.ts';
import { colleaguesOf, type GroupState, LINK_MS, own, type ProposedSeat, seatOf } from './group.ts';

/** No setting makes a seat wake by the clock sooner. */
export const SHORTEST_SLEEP_MS = 60 * 60_000;
/** So many invitations of one inviter may be open at once. */
export const OPEN_INVITATIONS = 50;

/** Whether what was made then can be opened still. */
export const inTime = (since: number, at: number): boolean => at - since <= LINK_MS;

/** Whether a link was made already. */
export const isKnown = (group: GroupState, link: string): boolean => Object.hasOwn(group.invitations, link) || Object.values(group.asleep).some((sleep) => sleep.link === link);

/** Whose account a link makes anew now. */
export function openReset(group: GroupState, link: string, at: number): string | undefined {
  return Object.entries(group.asleep).find(([, sleep]) => sleep.link === link && sleep.renewed === null && inTime(sleep.since, at))?.[0];
}

/** Whether every other delegation is among these. */
export const othersToo = (group: GroupState, delegation: PartyId, among: Readonly<Record<PartyId, unknown>>): boolean =>
  group.delegations.every(({ id }) => id === delegation || Object.hasOwn(among, id));

/** Whether the clock wakes a seat now: it was told for long enough, the link was opened, and nobody else sits in its delegation. */
export function isDue(group: GroupState, user: string, at: number): boolean {
  const sleep = own(group.asleep, user), seat = seatOf(group, user);
  if (!sleep || !seat || sleep.wakesAt === null || sleep.renewed === null || at < sleep.wakesAt) return false;
  return seat.delegation !== undefined && colleaguesOf(group, seat).length === 0;
}

/** When what is answered was proposed, as an act names it; whoever leaves it out answers whatever stands. */
export const timeIn = (z: FieldSchemas['z']) => z.number().int().min(0).optional();

/** Whether another seat was read about than the one that is proposed now. */
export const isAnother = (seat: ProposedSeat, proposedAt: number | undefined): boolean => proposedAt !== undefined && proposedAt !== seat.at;
