import { type GroupEvent, type GroupState, partyName } from '@parley/negotiation';
import type { GroupHistoryView } from '@parley/protocol';
import { ROLE_NAME, seatName } from './roles.ts';

export type GroupEntry = GroupHistoryView['entries'][number];

/** Something that was done to one seat. */
export interface SeatLine { readonly index: number; readonly at: number; readonly user: string; readonly words: string }

interface Telling { readonly group: GroupState; readonly name: (user: string) => string; readonly inviterOf: (link: string) => string }

/** Whose seat an event is about; null where it is about none. */
export const userOf = (event: GroupEvent): string | null => ('seat' in event ? event.seat.user : 'user' in event ? event.user : null);

/** What happened to every seat, oldest first: who gave it, with whose consent, who reset, confirmed and ended it. */
export function seatLines(entries: readonly GroupEntry[], group: GroupState, name: (user: string) => string): SeatLine[] {
  const inviters = new Map<string, string>(), telling = { group, name, inviterOf: (link: string) => name(inviters.get(link) ?? '') };
  return entries.flatMap((entry) => {
    // A link that was used can be made anew, by anybody: who invited is who had made it until then.
    if (entry.act.t === 'invite') inviters.set(entry.act.link, entry.by);
    return entry.events.flatMap((event) => {
      const user = userOf(event), words = user === null ? null : wordsOf(entry, event, telling);
      return user === null || words === null ? [] : [{ index: entry.index, at: entry.at, user, words }];
    });
  });
}

function wordsOf({ act, by, events }: GroupEntry, event: GroupEvent, { group, name, inviterOf }: Telling): string | null {
  const who = name(by);
  switch (event.e) {
    case 'seated': {
      const seat = seatName(event.seat, group);
      if (act.t === 'takeSeat') return `took the seat: ${seat}, by an invitation of ${inviterOf(act.link)}`;
      return act.t === 'acceptSeat' ? `is seated: ${seat}` : act.t === 'establish' ? `established the group: ${seat}` : `was seated by ${who}: ${seat}`;
    }
    case 'unseated': {
      if (events.some(({ e }) => e === 'endingAsked')) return 'the seat ended: a head of each delegation has asked for it';
      return act.t === 'remove' && by === event.user ? 'gave up the seat' : `was removed by ${who}`;
    }
    case 'seatProposed': return `opened an invitation of ${name(event.by)}, and is proposed as ${ROLE_NAME[event.role]}`;
    case 'seatAccepted': return `was accepted by ${who}, for ${partyName(group, event.delegation)}`;
    case 'proposalEnded': return by === 'server' ? 'closed the account before the seat began' : `was declined by ${who}`;
    case 'endingAsked': return `${who} asked, for ${partyName(group, event.delegation)}, that the seat ends`;
    case 'endingWithdrawn': return `${who} no longer asks that the seat ends`;
    case 'slept': return `the account was reset by ${who}, and the seat sleeps`;
    case 'renewed': return 'opened the link and chose a new password';
    case 'seatConfirmed': return `was confirmed by ${who}, for ${partyName(group, event.delegation)}`;
    case 'recovered': return 'recovered the account with its recovery code';
    case 'woke': return act.t === 'wakeSeat' ? 'woke by the clock, as nobody else of the delegation could confirm it' : 'is awake again';
    case 'established':
    case 'invited':
    case 'invitationEnded': return null;
  }
}
