import { type Actor, type GroupState, may, own, type ProposedSeat } from '@parley/negotiation';

/** Whether somebody may answer now for a seat that is proposed. Buttons and lists of what waits ask the same. */
export const mayAnswerSeat = (actor: Actor, answer: 'acceptSeat' | 'declineSeat', { user, role }: ProposedSeat, group: GroupState): boolean => may(actor, answer, { group, user, role }).ok;

/** Whether somebody may confirm a seat that sleeps now: not before its holder has opened the link. */
export function confirming(actor: Actor, user: string, group: GroupState) {
  const verdict = may(actor, 'confirmSeat', { group, user });
  return verdict.ok && own(group.asleep, user)?.renewed === null ? ({ ok: false, reason: 'not-renewed' } as const) : verdict;
}

/** A seat that waits for one's answer. */
export interface AwaitedSeat { readonly user: string; readonly waits: 'acceptance' | 'confirmation' }

/** Every seat that waits for somebody's answer: those that are proposed, then those that sleep. */
export const awaitedSeats = (actor: Actor, group: GroupState): readonly AwaitedSeat[] => [
  ...Object.values(group.proposed).filter((seat) => mayAnswerSeat(actor, 'acceptSeat', seat, group)).map(({ user }) => ({ user, waits: 'acceptance' } as const)),
  ...Object.keys(group.asleep).filter((user) => confirming(actor, user, group).ok).map((user) => ({ user, waits: 'confirmation' } as const)),
];

/** Where a seat stands on the page of people, as its address names it. */
export const seatPlace = (user: string): string => `seat-${user}`;
