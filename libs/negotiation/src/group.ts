import type { PartyId } from '@parley/text';
import type { Attribution } from './document.ts';
import { CHAIR, type Delegation, type Role, type Seat } from './party.ts';

/** A one-time link to a seat, known by the SHA-256 of its secret. */
export interface Invitation { readonly link: string; readonly role: Role; readonly delegation?: PartyId; readonly by: string; readonly at: number }

/** A neutral seat that begins when a head of each delegation has accepted it. `by`: who invited. */
export interface ProposedSeat { readonly user: string; readonly role: Role; readonly by: string; readonly at: number; readonly accepted: Readonly<Record<PartyId, Attribution>> }

/**
 * Why a seat does nothing: its account was reset. `renewed`: when the holder of the link chose a password. `wakesAt`: by the clock, where nobody else of the
 * delegation can confirm. `confirmed`: who said, of each delegation, that it is the right person again.
 */
export interface Sleep {
  readonly since: number; readonly by: string; readonly link: string; readonly renewed: number | null; readonly wakesAt: number | null;
  readonly confirmed: Readonly<Record<PartyId, Attribution>>;
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
  readonly endings: Readonly<Record<string, Readonly<Record<PartyId, Attribution>>>>;
}

export const NO_GROUP: GroupState = { name: '', delegations: [], seats: {}, former: [], invitations: {}, proposed: {}, asleep: {}, endings: {} };

/** How long an invitation and a link to a reset account can be opened. */
export const LINK_MS = 24 * 60 * 60_000;

/** The value under a user's or a link's name; nobody else's name for one, `constructor` say, has any. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);

/** Every party in the canonical order: delegations as established, then the chair. Alternatives and rebases follow it. */
export const partyOrder = (group: GroupState): PartyId[] => [...group.delegations.map((d) => d.id), CHAIR];

/** The code that stands in a party's brackets. */
export const codeOf = (group: GroupState, party: PartyId): string =>
  party === CHAIR ? 'CH' : (group.delegations.find((d) => d.id === party)?.code ?? party);

/** What a delegation is called, as the group was established; what no delegation has is given back as it is. The chair's name is a message, and no matter of the rules. */
export const delegationName = (group: GroupState, delegation: PartyId): string => group.delegations.find((d) => d.id === delegation)?.name ?? delegation;

/** The seat of a user, asleep or not. */
export const seatOf = (group: GroupState, user: string): Seat | undefined => own(group.seats, user);

/** Whether a user's seat does nothing now, because the account was reset and nobody has confirmed it. */
export const isAsleep = (group: GroupState, user: string): boolean => Object.hasOwn(group.asleep, user);

export const headsOf = (group: GroupState, delegation: PartyId): Seat[] =>
  Object.values(group.seats).filter((s) => s.role === 'head' && s.delegation === delegation);

/** Everybody else who sits in a seat's delegation. */
export const colleaguesOf = (group: GroupState, { user, delegation }: Seat): Seat[] =>
  delegation === undefined ? [] : Object.values(group.seats).filter((s) => s.delegation === delegation && s.user !== user);
