import type { LogName } from '@parley/negotiation';
import type { Caret, CompareAnswer, CompareRequest, Joined, JoinRequest, Presence, Refusal, Refusing, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';

/** The connection as a client of a room needs it; socket.io in the browser, in the demo and in the bench, a simulated one in tests. */
export interface Wire {
  readonly connected: boolean;
  /** Asks and waits for the acknowledgement. Rejects when the connection is or goes down, or after a time-out; never queues while offline. */
  join(request: JoinRequest): Promise<Joined | Refusing>;
  leave(doc: string, log: LogName): Promise<void>;
  update(request: UpdateRequest): Promise<UpdateAnswer>;
  compare(request: CompareRequest): Promise<CompareAnswer>;
  presence(doc: string, log: LogName, caret: Caret | null): void;
  /** Every returned function takes the listener off again. */
  onCommit(listener: (commit: Commit) => void): () => void;
  onPresence(listener: (now: { doc: string; log: LogName; people: readonly Presence[] }) => void): () => void;
  onRejoin(listener: (which: { doc: string; log: LogName }) => void): () => void;
  onConnection(listener: (connected: boolean) => void): () => void;
  onClosing(listener: (why: Refusal) => void): () => void;
}

/**
 * Where changes wait that the server has not acknowledged yet: IndexedDB in the browser, memory elsewhere. The rows behind it are shared by all tabs of one user;
 * an instance belongs to one session, and takes away only what that session has loaded or kept itself: another tab's key presses are not its to delete.
 */
export interface Store {
  /** Places of the document for which something is kept. */
  rooms(doc: string): Promise<readonly PendingKey[]>;
  /** Kept updates of a place, oldest first, whoever's session kept them. */
  load(doc: string, place: PendingKey): Promise<readonly Uint8Array[]>;
  keep(doc: string, place: PendingKey, update: Uint8Array): Promise<void>;
  /** Puts `updates` in the place of everything that this instance has loaded or kept there. */
  replace(doc: string, place: PendingKey, updates: readonly Uint8Array[]): Promise<void>;
}

/** A room in one history (W27). The epoch is empty for what was kept before stores knew of epochs. */
export interface PendingKey { readonly room: string; readonly epoch: string }

/** What earlier sessions kept in one place. */
export interface PendingRoom extends PendingKey { readonly updates: readonly Uint8Array[] }

/** Time, passed in. */
export interface Timers {
  /** Calls `then` once, `milliseconds` from now; the returned function prevents it. */
  after(milliseconds: number, then: () => void): () => void;
}
