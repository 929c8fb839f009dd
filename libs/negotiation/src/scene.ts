import type { PartyId, Text } from '@parley/text';
import type { DocumentState, Rooms } from './document.ts';
import { type GroupState, partyOrder } from './group.ts';
import { type Actor, positionRoom } from './party.ts';

/** A document at one instant: what acts have settled, and the texts of its rooms. */
export interface Scenery { readonly document: DocumentState; readonly rooms: Rooms; readonly group: GroupState }

/** What an act sees: the scenery at the instant at which it is judged, and who acts. */
export interface Scene extends Scenery { readonly actor: Actor }

/** The positions there are, in party order. */
export function positionsOf(scenery: Pick<Scenery, 'rooms' | 'group'>): { readonly party: PartyId; readonly text: Text }[] {
  return partyOrder(scenery.group).flatMap((party) => {
    const text = scenery.rooms[positionRoom(party)];
    return text ? [{ party, text }] : [];
  });
}
