import { type ActName, ACTS } from './acts.ts';
import { isLocked } from './document.ts';
import { draftIn } from './drafts.ts';
import type { GroupState } from './group.ts';
import { type Actor, partyOf, type RoomName } from './party.ts';
import { granted, refuse, type Verdict } from './refusal.ts';
import { type Line, outOfStage, permitted, type Right, type Subject } from './right.ts';
import { type Audience, type LogName, type RoomCatalogue, ROOMS } from './room-kinds.ts';

/** What can be asked besides acts. */
type Access = 'read' | 'readGroup' | 'write';

/** Everything that anybody can ask to do. */
export type Action = Access | ActName;

/** A room that one may not read does not exist. */
const mayRead: Line = (actor, { room, group, rooms = ROOMS }) => (room === undefined || rooms.readersOf(room, group)?.holds(actor) ? granted : refuse('not-found'));

const mayWrite: Line = (actor, on) => {
  const { document, room, provision, rooms = ROOMS } = on;
  const kind = room !== undefined && mayRead(actor, on).ok ? rooms.kindOf(room) : null;
  if (!document || !kind) return refuse('not-found');
  if (!kind.written.includes(document.stage)) return outOfStage(document);
  if (kind.writers === 'nobody') return refuse('role-forbids');
  if (kind.writers === 'party' && rooms.partyOf(room!) !== partyOf(actor)) return refuse('other-delegation');
  if (rooms.draftOf(room!) !== null && draftIn(document, rooms.draftOf(room!)!)?.away) return refuse('draft-put-away');
  if (kind.closes === 'whole' && document.basis) return refuse('paper-frozen');
  return kind.closes === 'agreed' && provision !== undefined && isLocked(document, provision) ? refuse('provision-locked') : granted;
};

const READERS: readonly Actor['role'][] = ['negotiator', 'head', 'moderator', 'auditor', 'observer', 'server'];

/** One line for each; the right to an act stands with the act. Default is refusal. */
const ACCESS: Readonly<Record<Access, Right>> = {
  read: { roles: READERS, line: mayRead },
  readGroup: { roles: [...READERS, 'administrator'] },
  write: { roles: ['negotiator', 'head', 'moderator'], line: mayWrite },
};

const isAccess = (action: Action): action is Access => Object.hasOwn(ACCESS, action);

/**
 * May this actor do this to that, now? The one function that HTTP, socket and button ask. It decides rights and stages only; whether the
 * text still stands is for `decide`. A seat that sleeps may nothing at all.
 */
export const may = (actor: Actor, action: Action, on: Subject): Verdict => (isAccess(action) ? permitted(ACCESS[action], actor, on) : ACTS.may(actor, action, on));

/** The readers that somebody belongs to: of the logs that he reads, and of nothing else. */
export const audiencesOf = (actor: Actor, group: GroupState, rooms: RoomCatalogue = ROOMS): readonly Audience[] =>
  may(actor, 'read', { group }).ok ? rooms.audiencesIn(group).filter((audience) => audience.holds(actor)) : [];

/** The readers of a log, when this is one of them; null for a log that he does not read or that does not exist. */
export const audienceIn = (log: LogName, actor: Actor, group: GroupState, rooms: RoomCatalogue = ROOMS): Audience | null =>
  audiencesOf(actor, group, rooms).find((audience) => audience.log === log) ?? null;

/** Whether somebody is one of a room's writers, in whatever stage. */
export function isWriter(actor: Actor, room: RoomName, group: GroupState, rooms: RoomCatalogue = ROOMS): boolean {
  if (!may(actor, 'read', { group, room, rooms }).ok || !ACCESS.write.roles.includes(actor.role)) return false;
  const { writers } = rooms.kindOf(room)!;
  return writers === 'group' || (writers === 'party' && rooms.partyOf(room) === partyOf(actor));
}
