import type { Actor, Audience } from '@parley/negotiation';
import type { ClientEvents, ServerEvents } from '@parley/protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Purse } from '../limits/allowance.ts';
import type { Traffic } from './traffic.ts';

/** So long a connection may stand that does not say whose it is. */
export const STRANGER_MS = 10_000;

/** What the server knows of a socket: the session it was opened with, and the seat its user had when last looked at. */
export interface Visitor {
  user: string;
  sid: string;
  expiresAt: number;
  actor: Actor | null;
  purses: { readonly asking: Purse; readonly presence: Purse };
  readonly traffic: Traffic;
  /** Requests that have not been answered. */
  underWay: number;
  /** Bytes of the answer to its last join. */
  answered: number;
}

export type Door = Server<ClientEvents, ServerEvents, DefaultEventsMap, Visitor>;
export type Caller = Socket<ClientEvents, ServerEvents, DefaultEventsMap, Visitor>;

/** The rooms of socket.io that a socket is put in: those who are in a document and read one of its logs. */
export const inDocument = (doc: string, { party }: Pick<Audience, 'party'>) => (party === null ? `doc:${doc}` : `doc:${doc}:${party}`);
export const ofUser = (user: string) => `user:${user}`;
export const ofSession = (sid: string) => `session:${sid}`;
/** Everybody who may know that the working group moved. */
export const GROUP = 'group';
