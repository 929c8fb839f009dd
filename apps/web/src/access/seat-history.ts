import type { GroupEvent, GroupState } from '@parley/negotiation';
import type { GroupHistoryView } from '@parley/protocol';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { roleName, seatName } from './roles.ts';

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
      if (act.t === 'takeSeat') return message('access.history.taken', { seat, inviter: inviterOf(act.link) });
      return act.t === 'acceptSeat' ? message('access.history.seated', { seat }) : act.t === 'establish' ? message('access.history.established', { seat }) : message('access.history.seatedBy', { who, seat });
    }
    case 'unseated': {
      if (events.some(({ e }) => e === 'endingAsked')) return message('access.history.endedByHeads');
      return act.t === 'remove' && by === event.user ? message('access.history.gaveUp') : message('access.history.removed', { who });
    }
    case 'seatProposed': return message('access.history.proposed', { inviter: name(event.by), role: roleName(event.role) });
    case 'seatAccepted': return message('access.history.accepted', { who, delegation: partyName(group, event.delegation) });
    case 'proposalEnded': return by === 'server' ? message('access.history.closedBefore') : message('access.history.declined', { who });
    case 'endingAsked': return message('access.history.endingAsked', { who, delegation: partyName(group, event.delegation) });
    case 'endingWithdrawn': return message('access.history.endingWithdrawn', { who });
    case 'slept': return message('access.history.slept', { who });
    case 'renewed': return message('access.history.renewed');
    case 'seatConfirmed': return message('access.history.confirmed', { who, delegation: partyName(group, event.delegation) });
    case 'recovered': return message('access.history.recovered');
    case 'woke': return message(act.t === 'wakeSeat' ? 'access.history.wokeByClock' : 'access.history.woke');
    case 'established':
    case 'invited':
    case 'invitationEnded': return null;
  }
}
