import type { DocumentState, LogName, RoomCatalogue, RoomName } from '@parley/negotiation';
import type { Presence, Refusal, Returned, Commit } from '@parley/protocol';
import type { HandedBack, Status } from './status.ts';
import type { Store, Timers, Wire } from './wire.ts';

export interface ClientOptions {
  readonly doc: string;
  /** The log whose rooms are joined; the shared one unless named. */
  readonly log?: LogName;
  /** The kinds of rooms there are, when not those of the product. */
  readonly rooms?: RoomCatalogue;
  readonly user: string;
  readonly wire: Wire;
  /** Without one, what is not acknowledged lives as long as this client. */
  readonly store?: Store;
  /** Without them nothing waits: carets go out at once, and what was refused for the moment is asked again at once. */
  readonly timers?: Timers;
  /** From 0 up to 1; for the ranks that `edit` gives. */
  readonly random?: () => number;
  /** Gives every new Y.Doc its clientID, so that a test can be repeated; without it Yjs draws one. Never twice the same. */
  readonly clientId?: () => number;
  /** Throws when somebody writes into a room that is not the own one, instead of leaving it unsent. */
  readonly strict?: boolean;
}

/** What a client tells; every event comes after the whole message behind it was applied. */
export interface ClientEvents {
  /** Joined, for the first time or again: any room may have changed, Y.Docs may be other ones. */
  joined: void;
  commit: Commit;
  status: Status;
  presence: readonly Presence[];
  /** The document entered another stage: the own room is another one. */
  stage: DocumentState['stage'];
  /** Words typed into a provision that was locked meanwhile. The rest of the update stands. */
  returned: { readonly room: RoomName; readonly returned: readonly Returned[] };
  /** The server refused what was typed; the room's Y.Doc is a new one. */
  refused: HandedBack;
  /** Copies that were others than the server's at the same entry; they are replaced (S30). */
  differed: readonly RoomName[];
  /** It is over: refused, closed by the server, or stopped (then without a reason). */
  closed: Refusal | undefined;
}

/** For a client without time: later is now. */
export const AT_ONCE: Timers = {
  after(_milliseconds, then) {
    let wanted = true;
    queueMicrotask(() => wanted && then());
    return () => void (wanted = false);
  },
};
