import type { PartyId } from '@parley/text';
import type { Mark } from './document.ts';
import { CHAIR, type Delegation, type Role, type Seat } from './party.ts';

/** A one-time link to a seat, known by the SHA-256 of its secret. */
export interface Invitation { readonly link: string; readonly role: Role; readonly delegation?: PartyId; readonly by: string; readonly at: number }

/** A neutral seat that begins when a head of each delegation has accepted it. `by`: who invited. */
export interface ProposedSeat { readonly user: string; readonly role: Role; readonly by: string; readonly at: number; readonly accepted: Readonly<Record<PartyId, Mark>> }

/**
 * Why a seat does nothing: its account was reset. `renewed`: when the holder of the link chose a password. `wakesAt`: by the clock, where nobody else of the
 * delegation can confirm. `confirmed`: who said, of each delegation, that it is the right person again.
 */
export interface Sleep {
  readonly since: number; readonly by: string; readonly link: string; readonly renewed: number | null; readonly wakesAt: number | null;
  readonly confirmed: Readonly<Record<PartyId, Mark>>;
}

/** The working group: the fold of every act on it. `former`: who sat here once. `endings`: heads who want a neutral seat to end, by its user and their delegation. */
export interface GroupState {
  readonly name: string;
  readonly delegations: readonly Delegation[];
  readonly seats: Readonly<Record<string, Seat>>;
  readonly former: readonly string[];
  readonly invitations: Readonly<Record<string, Invitation>>;
  readonly proposed: Readonly<Record<string, ProposedSeat>>;
  readonly asleep: Readonly<Record<string, Sleep>>;
  readonly endings: Readonly<Record<string, Readonly<Record<PartyId, Mark>>>>;
}

export const NO_GROUP: GroupState = { name: '', delegations: [], seats: {}, former: [], invitations: {}, proposed: {}, asleep: {}, endings: {} };

export type GroupEvent =
  | { readonly e: 'established'; readonly name: string; readonly delegations: readonly Delegation[] }
  | { readonly e: 'seated'; readonly seat: Seat }
  | { readonly e: 'unseated'; readonly user: string }
  | { readonly e: 'invited'; readonly link: string; readonly role: Role; readonly delegation?: PartyId }
  | { readonly e: 'invitationEnded'; readonly link: string }
  | { readonly e: 'seatProposed'; readonly user: string; readonly role: Role; readonly by: string }
  | { readonly e: 'seatAccepted'; readonly user: string; readonly delegation: PartyId }
  | { readonly e: 'proposalEnded'; readonly user: string }
  | { readonly e: 'endingAsked'; readonly user: string; readonly delegation: PartyId }
  | { readonly e: 'endingWithdrawn'; readonly user: string; readonly delegation: PartyId }
  | { readonly e: 'slept'; readonly user: string; readonly link: string; readonly wakesAt: number | null }
  | { readonly e: 'renewed'; readonly user: string }
  | { readonly e: 'seatConfirmed'; readonly user: string; readonly delegation: PartyId }
  | { readonly e: 'recovered'; readonly user: string }
  | { readonly e: 'woke'; readonly user: string };

/** How long an invitation and a link to a reset account can be opened. */
export const LINK_MS = 24 * 60 * 60_000;

/** The value under a user's or a link's name; nobody else's name for one, `constructor` say, has any. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);

const without = <T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> => {
  const { [name]: _gone, ...rest } = record;
  return rest;
};

const only = <T>(record: Readonly<Record<string, T>>, keeps: (value: T) => boolean): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => keeps(value)));

/** One step of the fold: `mark` says who caused the event and when. */
export function foldGroup(state: GroupState, event: GroupEvent, mark: Mark): GroupState {
  switch (event.e) {
    case 'established':
      return { ...state, name: event.name, delegations: event.delegations };
    case 'seated':
      return { ...state, seats: { ...state.seats, [event.seat.user]: event.seat }, proposed: without(state.proposed, event.seat.user) };
    case 'unseated': {
      const { user } = event;
      return {
        ...state, seats: without(state.seats, user), former: [...state.former.filter((id) => id !== user), user], asleep: without(state.asleep, user), endings: without(state.endings, user),
        invitations: only(state.invitations, ({ by }) => by !== user),
      };
    }
    case 'invited': {
      const { e: _e, ...invitation } = event;
      // Those that nobody can open any more go with the next that is made.
      const open = only(state.invitations, ({ at }) => mark.at - at <= LINK_MS);
      return { ...state, invitations: { ...open, [event.link]: { ...invitation, by: mark.user, at: mark.at } } };
    }
    case 'invitationEnded':
      return { ...state, invitations: without(state.invitations, event.link) };
    case 'seatProposed': {
      const { user, role, by } = event;
      return { ...state, proposed: { ...state.proposed, [user]: { user, role, by, at: mark.at, accepted: {} } } };
    }
    case 'seatAccepted': {
      const seat = own(state.proposed, event.user);
      return seat ? { ...state, proposed: { ...state.proposed, [event.user]: { ...seat, accepted: { ...seat.accepted, [event.delegation]: mark } } } } : state;
    }
    case 'proposalEnded':
      return { ...state, proposed: without(state.proposed, event.user) };
    case 'endingAsked':
      return { ...state, endings: { ...state.endings, [event.user]: { ...own(state.endings, event.user), [event.delegation]: mark } } };
    case 'endingWithdrawn': {
      const rest = without(own(state.endings, event.user) ?? {}, event.delegation);
      return { ...state, endings: Object.keys(rest).length > 0 ? { ...state.endings, [event.user]: rest } : without(state.endings, event.user) };
    }
    case 'slept': {
      const { user, link, wakesAt } = event;
      return { ...state, asleep: { ...state.asleep, [user]: { since: mark.at, by: mark.user, link, renewed: null, wakesAt, confirmed: {} } } };
    }
    case 'renewed':
    case 'seatConfirmed': {
      const sleep = own(state.asleep, event.user);
      if (!sleep) return state;
      const now = event.e === 'renewed' ? { ...sleep, renewed: mark.at } : { ...sleep, confirmed: { ...sleep.confirmed, [event.delegation]: mark } };
      return { ...state, asleep: { ...state.asleep, [event.user]: now } };
    }
    case 'recovered':
    case 'woke':
      return { ...state, asleep: without(state.asleep, event.user) };
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

/** The seat of a user, asleep or not. */
export const seatOf = (group: GroupState, user: string): Seat | undefined => own(group.seats, user);

/** Whether a user's seat does nothing now, because the account was reset and nobody has confirmed it. */
export const isAsleep = (group: GroupState, user: string): boolean => Object.hasOwn(group.asleep, user);

export const headsOf = (group: GroupState, delegation: PartyId): Seat[] =>
  Object.values(group.seats).filter((s) => s.role === 'head' && s.delegation === delegation);

/** Everybody else who sits in a seat's delegation. */
export const colleaguesOf = (group: GroupState, { user, delegation }: Seat): Seat[] =>
  delegation === undefined ? [] : Object.values(group.seats).filter((s) => s.delegation === delegation && s.user !== user);
