import { type GroupEvent, type GroupState, NEUTRAL, type Seat } from '@parley/negotiation';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
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
  const titled = (user: string): string => { const seat = seats.get(user); return seat ? message('access.news.titled', { name: name(user), seat: seatName(seat, group) }) : name(user); };
  switch (event.e) {
    case 'seated': {
      const inviter = act.t === 'takeSeat' ? inviterOf(act.link) : undefined;
      if (inviter?.role !== 'administrator' || event.seat.delegation === undefined) return null;
      return message('access.news.firstHead', { name: name(event.seat.user), delegation: partyName(group, event.seat.delegation), inviter: name(inviter.user) });
    }
    case 'woke': return act.t === 'wakeSeat' ? message('access.news.wokeByClock', { person: titled(event.user) })
      : message('access.news.woke', { person: titled(event.user), by: name(by) });
    case 'seatConfirmed': return seats.get(event.user)?.delegation === undefined ? message('access.news.confirmed', { by: name(by), delegation: partyName(group, event.delegation), person: titled(event.user) }) : null;
    case 'recovered': return message('access.news.recovered', { person: titled(event.user) });
    case 'unseated': {
      const seat = seats.get(event.user);
      if (!seat || !NEUTRAL.includes(seat.role)) return null;
      return message('access.news.ended', { person: titled(event.user), ending: by === event.user ? 'holder' : act.t === 'remove' && seats.get(by)?.role === 'head' ? 'heads' : 'another', by: name(by) });
    }
    default: return null;
  }
}
