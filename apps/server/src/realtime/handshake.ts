import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type Actor, isAsleep } from '@parley/negotiation';
import { refusalSentence } from '@parley/messages';
import { handshakeSchema, idSchema, PROTOCOL_VERSION, type Refusal, SCHEMA_VERSION } from '@parley/protocol';
import type { SessionData } from 'express-session';
import { AccountStore } from '../access/account.store.ts';
import { isMember, GroupAccess } from '../access/group-access.ts';
import { RequestRefused } from '../access/request-refused.ts';
import { TokenBucket } from '../limits/token-bucket.ts';
import { whenBack } from '../limits/when-back.ts';
import type { WorkingGroup } from '../groups/working-groups.ts';
import { ConnectionLimiter } from './connection-limiter.ts';
import type { AppSocket, SocketSession } from './socket-session.ts';

/** A request that the session middleware has read. */
type WithSession = IncomingMessage & { readonly session?: Partial<SessionData>; readonly sessionID?: string };

/** One update after the other in one document is 250 a second at most. */
const ASKING = { burst: 400, perSecond: 300 };
const PRESENCE = { burst: 20, perSecond: 20 };

/** Refuses a connection in a way that the client can read. */
export class HandshakeRefused extends Error {
  readonly data: { readonly refusal: Refusal; readonly sentence: string; readonly who?: string };

  constructor(refusal: Refusal, who?: string) {
    super(refusal);
    this.data = { refusal, sentence: refusalSentence(refusal), ...(who !== undefined && { who }) };
  }
}

/** Who opens a socket, checked as a request is: a session, the seat that the page was loaded for, the versions it speaks, a place in the group that the address names. */
@Injectable()
export class Handshakes {
  constructor(private readonly places: GroupAccess, private readonly accounts: AccountStore, private readonly limiter: ConnectionLimiter) {}

  /** Throws `HandshakeRefused`. */
  async sessionOf(socket: AppSocket): Promise<SocketSession> {
    const { session, sessionID: sid } = socket.request as WithSession;
    const { user, expiresAt } = session ?? {};
    if (user === undefined || sid === undefined || expiresAt === undefined || expiresAt < Date.now()) throw new HandshakeRefused('signed-out');
    const auth = handshakeSchema.safeParse(socket.handshake.auth);
    if (!auth.success) throw new HandshakeRefused('bad-request');
    if (auth.data.seat !== user) throw new HandshakeRefused('seat-changed', (await this.accounts.byId(user))?.displayName ?? user);
    if (auth.data.protocol !== PROTOCOL_VERSION || auth.data.schema !== SCHEMA_VERSION) throw new HandshakeRefused('old-page');
    const group = await this.groupOf(user, socket.handshake.query['group']);
    if (!group || !isMember(group, user)) throw new HandshakeRefused('not-found');
    const actor = awakeIn(group, user);
    const buckets = { asking: new TokenBucket(ASKING), presence: new TokenBucket(PRESENCE) };
    return { user, sid, group, expiresAt, actor, buckets, traffic: this.limiter.trafficOf(socket.conn), underWay: 0, answered: 0 };
  }

  private async groupOf(user: string, named: unknown): Promise<WorkingGroup | null> {
    const id = idSchema.safeParse(named);
    return id.success ? whenBack(() => this.places.enter(user, id.data)).catch((error: unknown) => { throw error instanceof RequestRefused ? new HandshakeRefused(error.refusal) : error; }) : null;
  }
}

/** The seat of a user who can do something with it. */
export const awakeIn = ({ rooms }: WorkingGroup, user: string): Actor | null => (isAsleep(rooms.group(), user) ? null : rooms.actorOf(user));
