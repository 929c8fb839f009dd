import type { PartyId, Text } from '@parley/text';
import type { DocumentState, Rooms } from './document.ts';
import { type GroupState, partyOrder } from './group.ts';
import { type Actor, positionRoom, type RoomName } from './party.ts';

/** A document at one instant: what acts have settled, and the texts of its rooms. */
export interface SharedState { readonly document: DocumentState; readonly rooms: Rooms; readonly group: GroupState }

/**
 * When somebody last wrote, added, moved or removed a provision in a room, by typing or by tabling: the time of that entry, undefined when nobody has. What the server writes for others does not count.
 */
export type Typed = (room: RoomName, provision: string) => number | undefined;

/** What an act sees: the shared state at the instant at which it is decided, who acts, the time that its entry gets, and when people wrote. */
export interface ActContext extends SharedState { readonly actor: Actor; readonly at: number; readonly typedAt: Typed }

/** The positions there are, in party order. */
export function positionsOf(shared: Pick<SharedState, 'rooms' | 'group'>): { readonly party: PartyId; readonly text: Text }[] {
  return partyOrder(shared.group).flatMap((party) => {
    const text = shared.rooms[positionRoom(party)];
    return text ? [{ party, text }] : [];
  });
}
