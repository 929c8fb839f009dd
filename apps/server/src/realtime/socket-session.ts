import type { Actor, Audience } from '@parley/negotiation';
import type { ClientEvents, ServerEvents } from '@parley/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { TokenBucket } from '../limits/token-bucket.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import type { Traffic } from './traffic.ts';

/** So long a connection may last that does not say whose it is. */
export const STRANGER_MS = 10_000;

/** What the server knows of a socket: the session it was opened with, the group that it is of, and the seat its user had there when last looked at. */
export interface SocketSession {
  user: string;
  sid: string;
  readonly group: WorkingGroup;
  expiresAt: number;
  actor: Actor | null;
  buckets: { readonly asking: TokenBucket; readonly presence: TokenBucket };
  readonly traffic: Traffic;
  /** Requests that have not been answered. */
  underWay: number;
  /** Bytes of the answer to its last join. */
  answered: number;
}

export type AppServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketSession>;
export type AppSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketSession>;

/** A document of a group. */
export interface DocumentAt { readonly group: string; readonly doc: string }

/** The rooms of socket.io that a socket is put in: those who are in a document and read one of its logs. No id holds the sign between the parts. */
export const inDocument = ({ group, doc }: DocumentAt, { party }: Pick<Audience, 'party'>) => (party === null ? `doc:${group}:${doc}` : `doc:${group}:${doc}:${party}`);
export const ofUser = (user: string) => `user:${user}`;
export const ofSession = (sid: string) => `session:${sid}`;
/** Everybody who may know that a working group moved. */
export const inGroup = (group: string) => `group:${group}`;
