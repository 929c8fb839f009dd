import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { SessionData } from 'express-session';
import { TokenBucket, TokenBuckets } from '../limits/token-bucket.ts';
import { ClientAddresses } from '../access/client-address.ts';
import { Address } from '../address.ts';
import { cut, onBytes, onControlFrame } from './backlog.ts';
import type { Traffic } from './traffic.ts';
import type { AppSocket } from './socket-session.ts';

type Connection = AppSocket['conn'];
type WithSession = IncomingMessage & { readonly session?: Partial<SessionData> };

const MIB = 1024 * 1024;
/** Of who is not signed in: a page says hello once, and is told to sign in. */
const FROM_ADDRESS = { burst: 600, perSecond: 50 };
const OF_USER = { burst: 1_200, perSecond: 50 };
const CONNECTIONS_OF_USER = 600;
const UNKNOWN_BYTES = { burst: 64 * 1024, perSecond: 0 };
/** What a message, or a frame that is none, counts for beside its bytes. */
const FRAME_BYTES = 512;
const SOCKET_BYTES = { burst: 8 * MIB, perSecond: 512 * 1024 };
const USER_BYTES = { burst: 32 * MIB, perSecond: 2 * MIB };
const USER_ANSWERS = { burst: 128 * MIB, perSecond: 8 * MIB };
/** Of a document that a user opens, so much counts at most; when the same user opens it again, all of it. */
const OPENED = { burst: 1, perSecond: 1 / 60 };
const OPENED_BYTES = MIB;

/** Before anything of a connection is read: how many come, from where, and how much they send (G1–G3, G6, G7). */
@Injectable()
export class ConnectionLimiter {
  private readonly addresses = new TokenBuckets(FROM_ADDRESS);
  private readonly users = new TokenBuckets(OF_USER);
  private readonly bytes = new TokenBuckets(USER_BYTES);
  private readonly answers = new TokenBuckets(USER_ANSWERS);
  private readonly opened = new TokenBuckets(OPENED);
  private readonly open = new Map<string, number>();
  private readonly traffic = new WeakMap<Connection, Traffic>();

  constructor(private readonly address: Address, private readonly clients: ClientAddresses) {}

  /** Whether a connection is taken at all. socket.io's own `cors` does not stop a foreign page's websocket. */
  allows(request: IncomingMessage): boolean {
    if (request.headers.origin !== this.address.origin) return false;
    const user = userOf(request);
    // Who is signed in does not wait behind strangers: each is counted for himself.
    return user === null ? this.addresses.of(this.clients.networkOf(request)).take() : ((this.open.get(user) ?? 0) < CONNECTIONS_OF_USER && this.users.of(user).take());
  }

  /** Counts a connection and all that it sends, until it ends. */
  count(connection: Connection): void {
    const user = userOf(connection.request);
    const own = new TokenBucket(user === null ? UNKNOWN_BYTES : SOCKET_BYTES), all = user === null ? own : this.bytes.of(user), answers = this.answers.of(user ?? '');
    this.traffic.set(connection, {
      get overdrawn() { return own.overdrawn || all.overdrawn; },
      mayBeAnswered: () => !answers.overdrawn,
      answered: (size, doc) => answers.charge(this.opened.of(JSON.stringify([user, doc])).take() ? Math.min(size, OPENED_BYTES) : size),
    });
    const charge = (bytes: number): void => {
      own.charge(bytes);
      if (all !== own) all.charge(bytes);
      if (own.exhausted || all.exhausted) cut(connection);
    };
    onBytes(connection, charge);
    // However small they are, each is work.
    connection.on('packet', () => charge(FRAME_BYTES));
    onControlFrame(connection, () => charge(FRAME_BYTES));
    if (user === null) return;
    this.open.set(user, (this.open.get(user) ?? 0) + 1);
    connection.once('close', () => this.closed(user));
  }

  trafficOf(connection: Connection): Traffic {
    return this.traffic.get(connection)!;
  }

  private closed(user: string): void {
    const left = (this.open.get(user) ?? 1) - 1;
    if (left > 0) this.open.set(user, left);
    else this.open.delete(user);
  }
}

const userOf = (request: IncomingMessage): string | null => (request as WithSession).session?.user ?? null;
