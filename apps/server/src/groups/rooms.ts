import type { Actor, ActOf, Audience, GroupState, LogName, RoomCatalogue } from '@parley/negotiation';
import type { CompareAnswer, CompareRequest, Joined, JoinRequest, Performed, Refusing, SentAct, ServersGroupAct, Commit, UpdateRequest } from '@parley/protocol';
import type { DocumentRow } from '../record/record.store.ts';
import type { EventSource } from '../commit/emitter.ts';
import type { Updated } from '../documents/receive-update.ts';

/** A join without what only the gateway knows: who else is there. */
export type Admitted = Omit<Joined, 'presence'>;

/** An act as it came: in the two texts that it travels in or, where it is large, in the bytes of a request that nobody has read. */
export type ReceivedAct = SentAct | Uint8Array;

/** What the server itself does with seats: for whoever showed it a secret, or by the clock. */
export type ServersAct = Unnamed<ServersGroupAct | ActOf<'declineSeat'>>;
/** What an administrator of the installation does in a group, whether he sits in it or not. */
export type AdministratorsAct = Unnamed<ActOf<'establish'> | ActOf<'resetAccount'>>;
type Unnamed<A> = A extends unknown ? Omit<A, 'v' | 'id'> : never;

/** What moved: seats, documents or their progress. `seats` is true when somebody's access may have changed: live connections are asked again. */
export interface GroupChange { readonly index: number; readonly seats: boolean }

/** What is durable, before anybody is answered. */
export interface RoomsEvents {
  /** A commit of a document, and who reads all that is in it. */
  committed: [commit: Commit, readers: Audience];
  /** A document was rebuilt from a log: the clients of its readers join it again. */
  rebuilt: [doc: string, readers: Audience];
  groupChanged: [change: GroupChange];
  /** The group is another process's from now on: whoever is connected for it comes back there. */
  left: [];
}

/**
 * The one way to everything that happens in one working group: sessions, their queue and the commit loop behind it. Every promise resolves after the commit
 * that decided the request, listeners having been called before; nothing is seen or acknowledged before it is durable. A `user` is decided by the
 * seat it has when its turn comes, not when it asked.
 */
export abstract class Rooms {
  /** The kinds of rooms there are. */
  abstract readonly catalogue: RoomCatalogue;
  /** Whether what one asks of the group may be answered by this process at this instant. What is read from here otherwise is nobody's to see. */
  abstract readonly serves: boolean;
  /** Takes the group, or asks for it and waits a second. Whether it is served here then. Rejects when the database does not answer. */
  abstract hold(): Promise<boolean>;
  /** The readers of a log, when the user is one of them now; null for a log that he does not read or that does not exist. */
  abstract audienceOf(user: string, log: LogName): Audience | null;
  /** The working group as committed. */
  abstract group(): GroupState;
  /** The seat of a user as committed, asleep or not; null for a stranger. */
  abstract actorOf(user: string): Actor | null;
  abstract join(user: string, request: JoinRequest): Promise<Admitted | Refusing>;
  /** Whether somebody's copies are the ones here, at the same entry. */
  abstract compare(user: string, request: CompareRequest): Promise<CompareAnswer>;
  abstract update(user: string, request: UpdateRequest): Promise<Updated>;
  /**
   * An act on a document; idempotent by the act's id. One that is large is read off the loop that serves people, which may take long: `isSignedIn` is asked after that whether its
   * sender is still signed in, and it is refused as `signed-out` where he is not.
   */
  abstract perform(user: string, doc: string, received: ReceivedAct, isSignedIn?: () => Promise<boolean>): Promise<({ readonly ok: true } & Performed) | Refusing>;
  /** An act on the working group; idempotent by the act's id. */
  abstract performOnGroup(user: string, sent: SentAct): Promise<({ readonly ok: true } & Performed) | Refusing>;
  /** An act of the server on the working group. */
  abstract performByServer(act: ServersAct): Promise<({ readonly ok: true } & Performed) | Refusing>;
  /** What an administrator of the installation does with a group and its accounts. */
  abstract performByAdministrator(user: string, act: AdministratorsAct): Promise<({ readonly ok: true } & Performed) | Refusing>;
  /** Wakes the seats that have slept for long enough where nobody could confirm them. */
  abstract wakeDue(): Promise<void>;
  /** What lists show of every document. */
  abstract documents(): Promise<readonly DocumentRow[]>;
  abstract readonly events: EventSource<RoomsEvents>;
}
