import type { PartyId } from '@parley/text';

/** One role for each person of the working group. The moderator is the chair's pen. */
export const ROLES = ['negotiator', 'head', 'moderator', 'auditor', 'observer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that belong to neither delegation. */
export const NEUTRAL: readonly Role[] = ['moderator', 'auditor', 'observer', 'administrator'];

/** The chair is a party too: its bridging text is a position. */
export const CHAIR: PartyId = 'chair';

/** Who takes part in negotiation but the chair: consent is theirs. */
export const isDelegation = (party: PartyId): boolean => party !== CHAIR;

/** A delegation: `id` is what the record says for ever, `code` stands in brackets, `name` on the screen. */
export interface Delegation { readonly id: PartyId; readonly code: string; readonly name: string }

/** Where a person sits. `delegation` is set for negotiators and heads, for nobody else. `user` is a pseudonym, never a name. */
export interface Seat { readonly user: string; readonly role: Role; readonly delegation?: PartyId }

/** Who performs an act or writes: a seat as it is at that instant, or the server itself. */
export type Actor = Seat | { readonly user: 'server'; readonly role: 'server'; readonly delegation?: undefined };

export const SERVER: Actor = { user: 'server', role: 'server' };

/** The party a person writes for; null for those who never write. */
export function partyOf(actor: Actor): PartyId | null {
  if (actor.role === 'negotiator' || actor.role === 'head') return actor.delegation ?? null;
  return actor.role === 'moderator' ? CHAIR : null;
}

/** The name of a room of a document: of its kind, and of its party where each party has one. `room-kinds.ts` has the kinds. */
export type RoomName = 'working' | 'common' | `${string}:${string}`;

export const positionRoom = (party: PartyId): RoomName => `position:${party}`;

/** The draft that every party has from the first. */
export const WORKING_DRAFT = 'working';

/** What a party writes for itself: a copy of its position that nobody else reads. */
export const draftRoom = (party: PartyId, draft = WORKING_DRAFT): RoomName => `draft:${party}:${draft}`;

/** The position as a draft has last followed it; only the server writes it. */
export const baseRoom = (party: PartyId, draft = WORKING_DRAFT): RoomName => `base:${party}:${draft}`;
