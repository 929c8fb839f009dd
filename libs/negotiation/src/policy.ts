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
  lapse: ['server'],
  approve: ['moderator'],
  reopen: ['head'],
  declineReopening: ['head'],
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

const inStage = (stage: DocumentState['stage'], then?: Line): Line => (actor, on) =>
  on.document?.stage === stage ? (then?.(actor, on) ?? granted) : refuse('stage-forbids');

const mayWrite: Line = (actor, on) => {
  const { document, room, provision } = on;
  if (!document || !room) return refuse('not-found');
  if (room === 'working') {
    if (document.stage !== 'drafting') return refuse('stage-forbids');
    return document.basis ? refuse('paper-frozen') : granted;
  }
  if (document.stage !== 'negotiation') return refuse('stage-forbids');
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
  lapse: inStage('negotiation'),
  approve: inStage('negotiation'),
  reopen: inStage('negotiation'),
  declineReopening: inStage('negotiation'),
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

