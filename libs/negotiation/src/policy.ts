import type { PartyId } from '@parley/text';
import type { ActName } from './act.ts';
import { type DocumentState, settlementOf } from './document.ts';
import { type GroupState, headsOf, seatOf } from './group.ts';
import { type Actor, CHAIR, partyOf, partyOfRoom, type Role, type RoomName } from './party.ts';
import { granted, refuse, type Verdict } from './refusal.ts';

/** Everything that anybody can ask to do. */
export type Action = 'read' | 'readGroup' | 'write' | 'manageAccounts' | 'listCandidates' | ActName;

/** What the action is done to. Only what the action needs has to be given. */
export interface Subject {
  readonly group: GroupState;
  readonly document?: DocumentState;
  readonly room?: RoomName;
  readonly provision?: string;
  /** The party whose proposal it is. */
  readonly party?: PartyId;
  /** The person appointed or removed, and the seat meant. */
  readonly user?: string;
  readonly role?: Role;
  readonly delegation?: PartyId;
}

const READERS: readonly Actor['role'][] = ['negotiator', 'head', 'moderator', 'auditor', 'observer', 'server'];

/** One line for each action: the roles that may. Default is refusal. */
const ROLES_THAT_MAY: Readonly<Record<Action, readonly Actor['role'][]>> = {
  read: READERS,
  readGroup: [...READERS, 'administrator'],
  write: ['negotiator', 'head', 'moderator'],
  manageAccounts: ['administrator'],
  listCandidates: ['administrator', 'head'],
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
  appoint: ['administrator', 'head'],
  remove: ['administrator', 'head'],
};

/**
 * May this actor do this to that, now? The one function that HTTP, socket and button ask (DESIGN 2). It judges rights and stages only; whether the
 * text still stands is for `decide`.
 */
export function may(actor: Actor, action: Action, on: Subject): Verdict {
  if (!ROLES_THAT_MAY[action].includes(actor.role)) return refuse('role-forbids');
  return LINES[action]?.(actor, on) ?? granted;
}

type Line = (actor: Actor, on: Subject) => Verdict;

const outOfStage = (document: DocumentState | undefined): Verdict => refuse(document?.stage === 'closed' ? 'document-closed' : 'stage-forbids');

const inStage = (stage: DocumentState['stage'], then?: Line): Line => (actor, on) =>
  on.document?.stage === stage ? (then?.(actor, on) ?? granted) : outOfStage(on.document);

const mayWrite: Line = (actor, on) => {
  const { document, room, provision } = on;
  if (!document || !room) return refuse('not-found');
  if (room === 'working') {
    if (document.stage !== 'drafting') return outOfStage(document);
    return document.basis ? refuse('paper-frozen') : granted;
  }
  if (document.stage !== 'negotiation') return outOfStage(document);
  const party = partyOfRoom(room);
  if (party === null) return refuse('role-forbids');
  if (party !== partyOf(actor)) return refuse('other-delegation');
  return provision !== undefined && isLocked(document, provision) ? refuse('provision-locked') : granted;
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

const NEUTRAL: readonly Role[] = ['moderator', 'auditor', 'observer', 'administrator'];

const mayAppoint: Line = (actor, on) => {
  if (on.user !== undefined && seatOf(on.group, on.user)) return refuse('already-seated');
  if (!on.role) return granted;
  const own = actor.role === 'head' ? actor.delegation : undefined;
  if (NEUTRAL.includes(on.role)) return actor.role === 'administrator' ? granted : refuse('role-forbids');
  if (!on.group.delegations.some((d) => d.id === on.delegation)) return refuse('not-found');
  if (own !== undefined) return on.delegation === own ? granted : refuse('other-delegation');
  if (headsOf(on.group, on.delegation!).length > 0) return refuse('delegation-has-head');
  return on.role === 'head' ? granted : refuse('delegation-needs-head');
};

const mayRemove: Line = (actor, on) => {
  const seat = on.user === undefined ? undefined : seatOf(on.group, on.user);
  if (!seat) return refuse('not-seated');
  if (seat.delegation === undefined) {
    if (actor.role !== 'administrator') return refuse('role-forbids');
    const administrators = Object.values(on.group.seats).filter((s) => s.role === 'administrator');
    return seat.role === 'administrator' && administrators.length < 2 ? refuse('last-administrator') : granted;
  }
  if (actor.role !== 'head') return refuse('role-forbids');
  if (seat.delegation !== actor.delegation) return refuse('other-delegation');
  return seat.role === 'head' && headsOf(on.group, seat.delegation).length < 2 ? refuse('last-head') : granted;
};

const LINES: Partial<Record<Action, Line>> = {
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
  appoint: mayAppoint,
  remove: mayRemove,
};

/** True once both delegations have agreed: nobody writes there until it is reopened. */
export function isLocked(document: DocumentState, provision: string): boolean {
  return Object.keys(settlementOf(document, provision).consents).length >= 2;
}

/** The provisions nobody may write in now. */
export const lockedProvisions = (document: DocumentState): Set<string> => new Set(Object.keys(document.settled).filter((id) => isLocked(document, id)));

/** Who takes part in negotiation but the chair: consent is theirs. */
export const isDelegation = (party: PartyId): boolean => party !== CHAIR;

