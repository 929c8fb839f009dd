import { type GroupEvent, type GroupState, NEUTRAL, partyName, type Seat } from '@parley/negotiation';
import { seatName } from './roles.ts';
import { type GroupEntry, userOf } from './seat-history.ts';

/** `begun`: a first head sat down through the administrator's link. `changed`: a seat works again, or has ended. */
export type NewsKind = 'begun' | 'changed';

/** Something done to a seat that both delegations have to know of, by the entry that did it. */
export interface SeatNews { readonly index: number; readonly at: number; readonly user: string; readonly kind: NewsKind; readonly words: string }

interface Telling { readonly group: GroupState; readonly name: (user: string) => string; readonly seats: ReadonlyMap<string, Seat>; readonly inviterOf: (link: string) => Seat | undefined }

/**
 * What is told to everybody until it was read, oldest first: who became the first head through a link of the administrator, seats of reset accounts that work again, and why, and neutral
 * seats that ended.
 */
export function seatNews(entries: readonly GroupEntry[], group: GroupState, name: (user: string) => string): SeatNews[] {
  const seats = new Map<string, Seat>(), inviters = new Map<string, Seat | undefined>(), news: SeatNews[] = [];
  for (const entry of entries) {
    if (entry.act.t === 'invite') inviters.set(entry.act.link, seats.get(entry.by));
    for (const event of entry.events) {
      const user = userOf(event) ?? '', words = wordsOf(entry, event, { group, name, seats, inviterOf: (link) => inviters.get(link) });
      if (words !== null) news.push({ index: entry.index, at: entry.at, user, kind: event.e === 'seated' ? 'begun' : 'changed', words });
      if (event.e === 'seated') seats.set(event.seat.user, event.seat);
      if (event.e === 'unseated') seats.delete(event.user);
    }
  }
  return news;
}

function wordsOf({ act, by }: GroupEntry, event: GroupEvent, { group, name, seats, inviterOf }: Telling): string | null {
  const titled = (user: string): string => { const seat = seats.get(user); return seat ? `${name(user)} (${seatName(seat, group)})` : name(user); };
  switch (event.e) {
    case 'seated': {
      const inviter = act.t === 'takeSeat' ? inviterOf(act.link) : undefined;
      if (inviter?.role !== 'administrator' || event.seat.delegation === undefined) return null;
      return `${name(event.seat.user)} is the first head of ${partyName(group, event.seat.delegation)}: the account began from a link made by the administrator, ${name(inviter.user)}, who could have opened it too. Make sure by another way that it is the right person.`;
    }
    case 'woke': return act.t === 'wakeSeat' ? `The seat of ${titled(event.user)} works again by the clock, after its account was reset: nobody else of the delegation could confirm it.`
      : `The seat of ${titled(event.user)} works again, after its account was reset: ${name(by)} has confirmed that it is the right person.`;
    case 'seatConfirmed': return seats.get(event.user)?.delegation === undefined ? `${name(by)} has confirmed, for ${partyName(group, event.delegation)}, that ${titled(event.user)} is the right person again.` : null;
    case 'recovered': return `${titled(event.user)} recovered the account with its recovery code.`;
    case 'unseated': {
      const seat = seats.get(event.user);
      return seat && NEUTRAL.includes(seat.role) ? `The seat of ${titled(event.user)} has ended, by ${by === event.user ? 'its holder' : act.t === 'remove' && seats.get(by)?.role === 'head' ? 'a head of each delegation' : name(by)}.` : null;
    }
    default: return null;
  }
}
