import type { PartyId } from '@parley/text';
import { CHAIR, type Delegation, type Seat } from './party.ts';

/** The working group: the fold of its establishment and of every appointment and removal. */
export interface GroupState {
  readonly name: string;
  readonly delegations: readonly Delegation[];
  readonly seats: Readonly<Record<string, Seat>>;
}

export const NO_GROUP: GroupState = { name: '', delegations: [], seats: {} };

export type GroupEvent =
  | { readonly e: 'established'; readonly name: string; readonly delegations: readonly Delegation[] }
  | { readonly e: 'seated'; readonly seat: Seat }
  | { readonly e: 'unseated'; readonly user: string };

/** One step of the fold. */
export function foldGroup(state: GroupState, event: GroupEvent): GroupState {
  switch (event.e) {
    case 'established':
      return { ...state, name: event.name, delegations: event.delegations };
    case 'seated':
      return { ...state, seats: { ...state.seats, [event.seat.user]: event.seat } };
    case 'unseated': {
      const { [event.user]: _gone, ...seats } = state.seats;
      return { ...state, seats };
    }
  }
}

/** Every party in the canonical order: delegations as established, then the chair. Alternatives and rebases follow it. */
export const partyOrder = (group: GroupState): PartyId[] => [...group.delegations.map((d) => d.id), CHAIR];

/** The code that stands in a party's brackets. */
export const codeOf = (group: GroupState, party: PartyId): string =>
  party === CHAIR ? 'CH' : (group.delegations.find((d) => d.id === party)?.code ?? party);

/** What a party is called on the screen. */
export const partyName = (group: GroupState, party: PartyId): string =>
  party === CHAIR ? 'Chair' : (group.delegations.find((d) => d.id === party)?.name ?? party);

/** The seat of a user; nobody else's name for one, `constructor` say, is a seat. */
export const seatOf = (group: GroupState, user: string): Seat | undefined => (Object.hasOwn(group.seats, user) ? group.seats[user] : undefined);

export const headsOf = (group: GroupState, delegation: PartyId): Seat[] =>
  Object.values(group.seats).filter((s) => s.role === 'head' && s.delegation === delegation);
