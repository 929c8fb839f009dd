import type { Actor, DocumentAct, DocumentEvent, DocumentState, GroupState, LogName, RoomName } from '@parley/negotiation';
import type { Slot, SlotKey } from '@parley/text';
import type { Refusal } from './refusal.ts';

/** Version of the messages below and of the acts in them, COMPARE_VERSION included: two that compare otherwise read other brackets. A client with another one is asked to reload. */
export const PROTOCOL_VERSION = 9;
/** Version of the shape of a room. */
export const SCHEMA_VERSION = 1;
/** A client sends parts no larger than this; the validator takes 256 KiB, the transport 1 MiB so that a refusal can be said. */
export const PART_LIMIT = 128 * 1024;
/** Nor does a client send more structs at once: a server takes 2,500. */
export const PART_STRUCTS = 2_000;
export const TRANSPORT_LIMIT = 1024 * 1024;
/** A document in which nothing has happened for so long is quiet: copies are compared then, not sooner (W25). */
export const QUIET_MS = 30_000;
/** Where socket.io listens. */
export const SOCKET_PATH = '/ws';

/** What a socket says of itself when it connects: the seat its page was loaded for, and which versions it speaks. */
export interface Handshake { readonly seat: string; readonly protocol: number; readonly schema: number }

/** A committed entry of a document, as every reader is told of it. */
export type Notice =
  | { readonly index: number; readonly at: number; readonly by: string; readonly kind: 'update'; readonly room: RoomName; readonly touched: readonly string[] }
  | { readonly index: number; readonly at: number; readonly by: string; readonly kind: 'act'; readonly act: DocumentAct; readonly events: readonly DocumentEvent[] };

/** Everything one commit did to one document in one log; applied whole, or brackets would lie between two halves of an act. */
export interface Commit {
  readonly doc: string;
  readonly log: LogName;
  /** The document's last entry in this log before the commit, -1 for none: a client that stands elsewhere rejoins. */
  readonly after: number;
  readonly notices: readonly Notice[];
  /** Vetted Yjs updates by room, in order. */
  readonly rooms: Readonly<Partial<Record<RoomName, readonly Uint8Array[]>>>;
}

/** Where somebody's caret is: offsets in the slot as it stands in `room`. */
export interface Caret { readonly room: RoomName; readonly provision: string; readonly key: SlotKey; readonly anchor: number; readonly head: number }

/** Somebody who is in a document; the server says who, the client only where. */
export interface Presence { readonly user: string; readonly caret: Caret | null }

export interface JoinRequest {
  readonly doc: string;
  /** The log whose rooms are joined; the shared one where none is named. Each log is joined for itself, and has an epoch and a count of its own. */
  readonly log?: LogName | undefined;
  /** State vectors of the rooms the client holds, so that only what it lacks is sent; empty at first. */
  readonly have: Readonly<Partial<Record<RoomName, Uint8Array>>>;
  /** The history that `have` speaks of, as the last answer named it (W27): of another one the client has nothing. */
  readonly epoch?: string | undefined;
}

/** What the client lacks of a room, in order and to be applied as one; and the server's state vector, from which the client knows what the server lacks. */
export interface JoinedRoom { readonly updates: readonly Uint8Array[]; readonly vector: Uint8Array }

export interface Joined {
  readonly ok: true;
  /** The history that all of this belongs to (W27): copies of another one are never merged with it. */
  readonly epoch: string;
  readonly entry: number;
  /** As acts that all share have made it. */
  readonly document: DocumentState;
  readonly group: GroupState;
  readonly actor: Actor;
  readonly rooms: Readonly<Partial<Record<RoomName, JoinedRoom>>>;
  /** By room, then provision: who wrote there last, added it, moved it or removed it, by typing or by tabling, and when; of people, not of the server. */
  readonly lastEdits: Readonly<Partial<Record<RoomName, Readonly<Record<string, { readonly by: string; readonly at: number }>>>>>;
  readonly presence: readonly Presence[];
}

export interface UpdateRequest { readonly doc: string; readonly room: RoomName; readonly update: Uint8Array }

/** Words that could not be kept where they were typed: the provision was agreed meanwhile. They go back to their author. */
export interface Returned { readonly provision: string; readonly key: SlotKey; readonly words: Slot }

export type UpdateAnswer = { readonly ok: true; readonly entry: number; readonly returned: readonly Returned[] } | Refusing;

/** What the client's copies consist of right after `entry`: by room, the `copyDigest` of each it holds (W26). */
export interface CompareRequest { readonly doc: string; readonly log?: LogName | undefined; readonly entry: number; readonly rooms: Readonly<Partial<Record<RoomName, string>>> }

/** `differ`: the rooms that are others than the server's at that very entry; null when the server did not compare. `entry` is where the server stands. */
export type CompareAnswer = { readonly ok: true; readonly entry: number; readonly differ: readonly RoomName[] | null } | Refusing;

/** `rejoin`: the client should join again and send what the server lacks; it is not the end. `seconds`: with `not-rested`, how long it still takes. */
export interface Refusing { readonly ok: false; readonly reason: Refusal; readonly rejoin?: boolean; readonly seconds?: number }

/** Client to server, every one acknowledged but `presence`. */
export interface ClientEvents {
  join: (request: JoinRequest, answer: (joined: Joined | Refusing) => void) => void;
  leave: (request: { doc: string; log?: LogName }, answer: (done: { ok: true }) => void) => void;
  update: (request: UpdateRequest, answer: (done: UpdateAnswer) => void) => void;
  compare: (request: CompareRequest, answer: (done: CompareAnswer) => void) => void;
  presence: (request: { doc: string; log?: LogName; caret: Caret | null }) => void;
}

/** Server to client. */
export interface ServerEvents {
  commit: (commit: Commit) => void;
  /** Who has joined this log of a document, and where in its rooms they are. */
  presence: (now: { doc: string; log: LogName; people: readonly Presence[] }) => void;
  /** The document was rebuilt from this log: join it again. */
  rejoin: (which: { doc: string; log: LogName }) => void;
  /** The working group changed: somebody was appointed or removed, a document was opened, progress moved. */
  group: (now: { index: number }) => void;
  /** This connection ends and why; the client does not come back by itself. */
  closing: (why: { reason: Refusal }) => void;
}
