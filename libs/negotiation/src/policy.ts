import type { PartyId } from '@parley/text';
import type { ActName } from './act.ts';
import { type DocumentState, settlementOf } from './document.ts';
import { type GroupState, headsOf, isAsleep, own, seatOf } from './group.ts';
import { type Actor, CHAIR, NEUTRAL, partyOf, ROLES, type Role, type RoomName, type Seat } from './party.ts';
import { granted, type Reason, refuse, type Verdict } from './refusal.ts';
import { type Audience, type LogName, type RoomCatalogue, ROOMS } from './room-kinds.ts';

/** Everything that anybody can ask to do. */
export type Action = 'read' | 'readGroup' | 'write' | 'operate' | ActName;

/** What the action is done to. Only what the action needs has to be given. */
export interface Subject {
  readonly group: GroupState;
  readonly document?: DocumentState;
  readonly room?: RoomName;
  /** The kinds of rooms there are, when not those of the product. */
  readonly rooms?: RoomCatalogue | undefined;
  readonly provision?: string;
  /** The party whose proposal it is. */
  readonly party?: PartyId;
  /** Whose seat it is about, the seat meant, and the link by the hash of its secret. */
  readonly user?: string | undefined;
  readonly role?: Role | undefined;
  readonly delegation?: PartyId | undefined;
  readonly link?: string | undefined;
}

const READERS: readonly Actor['role'][] = ['negotiator', 'head', 'moderator', 'auditor', 'observer', 'server'];

/** One line for each action: the roles that may. Default is refusal. */
const ROLES_THAT_MAY: Readonly<Record<Action, readonly Actor['role'][]>> = {
  read: READERS,
  readGroup: [...READERS, 'administrator'],
  write: ['negotiator', 'head', 'moderator'],
  operate: ['administrator'],
  openDocument: ['moderator'],
  acceptAsBasis: ['head'],
  declineBasis: ['head'],
  takeBackBasis: ['head'],
  accept: ['head'],
  decline: ['head'],
  withdraw: ['negotiator', 'head', 'moderator'],
  agree: ['head'],
  takeBackConsent: ['head'],
  lapse: ['server'],
  approve: ['moderator'],
  askReopening: ['head'],
  grantReopening: ['head'],
  declineReopening: ['head'],
  takeBackReopening: ['head'],
  closePaper: ['moderator'],
  proposeClosing: ['moderator'],
  assentToClosing: ['head'],
  declineClosing: ['head'],
  takeBackClosing: ['moderator'],
  establish: ['administrator'],
  appoint: [],
  invite: ['administrator', 'head'],
  revokeInvitation: ['administrator', 'head'],
  takeSeat: ['server'],
  acceptSeat: ['head'],
  declineSeat: ['administrator', 'head', 'server'],
  remove: ROLES,
  keepSeat: ['head'],
  resetAccount: ['administrator'],
  renewAccount: ['server'],
  confirmSeat: ['negotiator', 'head'],
  recoverAccount: ['server'],
  wakeSeat: ['server'],
};

/**
 * May this actor do this to that, now? The one function that HTTP, socket and button ask (DESIGN 2). It judges rights and stages only; whether the
 * text still stands is for `decide`. A seat that sleeps may nothing at all.
 */
export function may(actor: Actor, action: Action, on: Subject): Verdict {
  if (isAsleep(on.group, actor.user)) return refuse('seat-sleeps');
  if (!ROLES_THAT_MAY[action].includes(actor.role)) return refuse('role-forbids');
  return LINES[action]?.(actor, on) ?? granted;
}

/** The readers that somebody belongs to: of the logs that he reads, and of nothing else. */
export const audiencesOf = (actor: Actor, group: GroupState, rooms: RoomCatalogue = ROOMS): readonly Audience[] =>
  may(actor, 'read', { group }).ok ? rooms.audiencesIn(group).filter((audience) => audience.holds(actor)) : [];

/** The readers of a log, when this is one of them; null for a log that he does not read or that does not exist. */
export const audienceIn = (log: LogName, actor: Actor, group: GroupState, rooms: RoomCatalogue = ROOMS): Audience | null =>
  audiencesOf(actor, group, rooms).find((audience) => audience.log === log) ?? null;

/** Whether somebody is one of a room's writers, in whatever stage. */
export function isWriter(actor: Actor, room: RoomName, group: GroupState, rooms: RoomCatalogue = ROOMS): boolean {
  if (!may(actor, 'read', { group, room, rooms }).ok || !ROLES_THAT_MAY.write.includes(actor.role)) return false;
  const { writers } = rooms.kindOf(room)!;
  return writers === 'group' || (writers === 'party' && rooms.partyOf(room) === partyOf(actor));
}

type Line = (actor: Actor, on: Subject) => Verdict;

const outOfStage = (document: DocumentState | undefined): Verdict => refuse(document?.stage === 'closed' ? 'document-closed' : 'stage-forbids');

const inStage = (stage: DocumentState['stage'], then?: Line): Line => (actor, on) =>
  on.document?.stage === stage ? (then?.(actor, on) ?? granted) : outOfStage(on.document);

/** A room that one may not read does not exist. */
const mayRead: Line = (actor, { room, group, rooms = ROOMS }) => (room === undefined || rooms.readersOf(room, group)?.holds(actor) ? granted : refuse('not-found'));

const mayWrite: Line = (actor, on) => {
  const { document, room, provision, rooms = ROOMS } = on;
  const kind = room !== undefined && mayRead(actor, on).ok ? rooms.kindOf(room) : null;
  if (!document || !kind) return refuse('not-found');
  if (!kind.written.includes(document.stage)) return outOfStage(document);
  if (kind.writers === 'nobody') return refuse('role-forbids');
  if (kind.writers === 'party' && rooms.partyOf(room!) !== partyOf(actor)) return refuse('other-delegation');
  if (kind.closes === 'whole' && document.basis) return refuse('paper-frozen');
  return kind.closes === 'agreed' && provision !== undefined && isLocked(document, provision) ? refuse('provision-locked') : granted;
};

const answersOthers: Line = (actor, on) => {
  if (on.party !== undefined && on.party === partyOf(actor)) return refuse('own-proposal');
  return granted;
};

const ownProposal: Line = (actor, on) => (on.party === undefined || on.party === partyOf(actor) ? granted : refuse('other-delegation'));

const basisPending = (answering: boolean): Line => (actor, on) => {
  const basis = on.document?.basis;
  if (!basis) return refuse('nothing-pending');
  return (basis.party === partyOf(actor)) === answering ? refuse(answering ? 'own-proposal' : 'other-delegation') : granted;
};

/** Grant and decline answer what the other delegation asked; only what one's own asked can be taken back. */
const reopeningAsked = (by: 'own' | 'another'): Line => (actor, on) => {
  if (!on.document || on.provision === undefined) return granted;
  const asking = Object.keys(settlementOf(on.document, on.provision).reopenings);
  const own = asking.filter((party) => party === partyOf(actor)).length;
  if ((by === 'own' ? own : asking.length - own) > 0) return granted;
  return refuse(asking.length === 0 ? 'nothing-pending' : by === 'own' ? 'other-delegation' : 'own-request');
};

const mayInvite: Line = (actor, on) => {
  if (!on.role) return granted;
  const own = actor.role === 'head' ? actor.delegation : undefined;
  if (NEUTRAL.includes(on.role)) return actor.role === 'administrator' && on.delegation === undefined ? granted : refuse('role-forbids');
  if (!on.group.delegations.some((d) => d.id === on.delegation)) return refuse('not-found');
  if (own !== undefined) return on.delegation === own ? granted : refuse('other-delegation');
  if (headsOf(on.group, on.delegation!).length > 0) return refuse('delegation-has-head');
  return on.role === 'head' ? granted : refuse('delegation-needs-head');
};

/** Whoever made it, another head of that delegation, another administrator. */
const mayRevoke: Line = (actor, on) => {
  const invitation = on.link === undefined ? undefined : own(on.group.invitations, on.link);
  const inviter = invitation && seatOf(on.group, invitation.by);
  if (!inviter) return refuse('nothing-pending');
  return inviter.role === actor.role && inviter.delegation === actor.delegation ? granted : refuse('other-delegation');
};

const proposalPending = (answering: boolean): Line => (actor, on) => {
  const seat = on.user === undefined ? undefined : own(on.group.proposed, on.user);
  if (!seat) return refuse('nothing-pending');
  return answering && Object.hasOwn(seat.accepted, actor.delegation!) ? refuse('already-answered') : granted;
};

/** Whoever is left could neither invite nor answer. A head who sleeps cannot either. */
function isLast({ group }: Subject, { user, role, delegation }: Seat): Reason | null {
  const there = Object.values(group.seats).filter((s) => s.user !== user && s.role === role && s.delegation === delegation && !isAsleep(group, s.user));
  if (there.length > 0) return null;
  return role === 'head' ? 'last-head' : role === 'administrator' ? 'last-administrator' : null;
}

const mayRemove: Line = (actor, on) => {
  const seat = on.user === undefined ? undefined : seatOf(on.group, on.user);
  if (!seat) return refuse('not-seated');
  const forbidden = seat.user === actor.user ? null : whyNotAnothers(actor, seat, on);
  const why = forbidden ?? isLast(on, seat);
  return why ? refuse(why) : granted;
};

function whyNotAnothers(actor: Actor, seat: Seat, { group }: Subject): Reason | null {
  if (seat.delegation !== undefined) return actor.role !== 'head' ? 'role-forbids' : seat.delegation === actor.delegation ? null : 'other-delegation';
  if (actor.role === 'administrator') return null;
  if (actor.role !== 'head') return 'role-forbids';
  return Object.hasOwn(own(group.endings, seat.user) ?? {}, actor.delegation!) ? 'already-answered' : null;
}

const mayKeep: Line = (actor, on) => (on.user !== undefined && Object.hasOwn(own(on.group.endings, on.user) ?? {}, actor.delegation!) ? granted : refuse('nothing-pending'));

const mayReset: Line = (actor, on) => {
  if (on.user === undefined) return granted;
  if (!seatOf(on.group, on.user)) return refuse('not-seated');
  return on.user === actor.user ? refuse('own-seat') : granted;
};

/** Another member of the delegation; for a neutral seat a head of each. Whoever sleeps has been refused before. */
const mayConfirm: Line = (actor, on) => {
  const sleep = on.user === undefined ? undefined : own(on.group.asleep, on.user);
  if (!sleep) return refuse('nothing-pending');
  const seat = seatOf(on.group, on.user!)!;
  if (seat.delegation !== undefined) return seat.delegation === actor.delegation ? granted : refuse('other-delegation');
  if (actor.role !== 'head') return refuse('role-forbids');
  return Object.hasOwn(sleep.confirmed, actor.delegation!) ? refuse('already-answered') : granted;
};

const LINES: Partial<Record<Action, Line>> = {
  read: mayRead,
  write: mayWrite,
  openDocument: (_actor, on) => (on.document && on.document.stage !== 'absent' ? refuse('document-exists') : granted),
  acceptAsBasis: inStage('drafting', (actor, on) => (on.document?.basis?.party === partyOf(actor) ? refuse('already-consented') : granted)),
  declineBasis: inStage('drafting', basisPending(true)),
  takeBackBasis: inStage('drafting', basisPending(false)),
  accept: inStage('negotiation'),
  decline: inStage('negotiation', answersOthers),
  withdraw: inStage('negotiation', ownProposal),
  agree: inStage('negotiation'),
  takeBackConsent: inStage('negotiation'),
  lapse: inStage('negotiation'),
  approve: inStage('negotiation'),
  askReopening: inStage('negotiation'),
  grantReopening: inStage('negotiation', reopeningAsked('another')),
  declineReopening: inStage('negotiation', reopeningAsked('another')),
  takeBackReopening: inStage('negotiation', reopeningAsked('own')),
  closePaper: inStage('drafting'),
  proposeClosing: inStage('negotiation'),
  assentToClosing: inStage('negotiation'),
  declineClosing: inStage('negotiation'),
  takeBackClosing: inStage('negotiation'),
  establish: (_actor, on) => (on.group.delegations.length > 0 ? refuse('group-exists') : granted),
  invite: mayInvite,
  revokeInvitation: mayRevoke,
  acceptSeat: proposalPending(true),
  declineSeat: proposalPending(false),
  remove: mayRemove,
  keepSeat: mayKeep,
  resetAccount: mayReset,
  confirmSeat: mayConfirm,
};

/** True once both delegations have agreed: nobody writes there until it is reopened. */
export function isLocked(document: DocumentState, provision: string): boolean {
  return Object.keys(settlementOf(document, provision).consents).length >= 2;
}

/** The provisions nobody may write in now. */
export const lockedProvisions = (document: DocumentState): Set<string> => new Set(Object.keys(document.settled).filter((id) => isLocked(document, id)));

/** Who takes part in negotiation but the chair: consent is theirs. */
export const isDelegation = (party: PartyId): boolean => party !== CHAIR;

