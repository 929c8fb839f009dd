import type { PartyId } from '@parley/text';
import type { DocumentState, Stage } from './document.ts';
import { type GroupState, isAsleep } from './group.ts';
import type { Actor, Role, RoomName } from './party.ts';
import { granted, refuse, type Verdict } from './refusal.ts';
import type { RoomCatalogue } from './room-kinds.ts';

/** What an action is done to. Only what the action needs has to be given. */
export interface Subject {
  readonly group: GroupState;
  readonly document?: DocumentState;
  readonly room?: RoomName;
  /** The kinds of rooms there are, when not those of the product. */
  readonly rooms?: RoomCatalogue | undefined;
  readonly provision?: string | undefined;
  /** The party whose proposal it is. */
  readonly party?: PartyId | undefined;
  /** Whose seat it is about, the seat meant, and the link by the hash of its secret. */
  readonly user?: string | undefined;
  readonly role?: Role | undefined;
  readonly delegation?: PartyId | undefined;
  readonly link?: string | undefined;
}

/** What has to hold besides role and stage. */
export type Line = (actor: Actor, on: Subject) => Verdict;

/** Who may do something, in which stage of a document, and what has to hold besides. Who is not named may not. */
export interface Right { readonly roles: readonly Actor['role'][]; readonly stage?: Stage; readonly line?: Line }

/** Whether a right gives this to an actor now. A seat that sleeps may nothing at all. */
export function permitted({ roles, stage, line }: Right, actor: Actor, on: Subject): Verdict {
  if (isAsleep(on.group, actor.user)) return refuse('seat-sleeps');
  if (!roles.includes(actor.role)) return refuse('role-forbids');
  if (stage !== undefined && on.document?.stage !== stage) return outOfStage(on.document);
  return line?.(actor, on) ?? granted;
}

/** What is said of a stage in which something cannot be done. */
export const outOfStage = (document: DocumentState | undefined): Verdict => refuse(document?.stage === 'closed' ? 'document-closed' : 'stage-forbids');
