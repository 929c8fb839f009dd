import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type Actor, isAsleep } from '@parley/negotiation';
import { handshakeSchema, idSchema, PROTOCOL_VERSION, type Refusal, SCHEMA_VERSION, sentenceOf } from '@parley/protocol';
import type { SessionData } from 'express-session';
import { AccountStore } from '../access/account.store.ts';
import { hasPlace, Places } from '../access/places.ts';
import { RefusedError } from '../access/refused.ts';
import { Purse } from '../limits/allowance.ts';
import { whenBack } from '../limits/when-back.ts';
import type { WorkingGroup } from '../rooms/working-groups.ts';
import { Gate } from './gate.ts';
import type { Caller, Visitor } from './visitor.ts';

/** A request that the session middleware has read. */
type WithSession = IncomingMessage & { readonly session?: Partial<SessionData>; readonly sessionID?: string };

/** One update after the other in one document is 250 a second at most. */
const ASKING = { burst: 400, perSecond: 300 };
const PRESENCE = { burst: 20, perSecond: 20 };

/** Refuses a connection in a way that the client can read. */
export class Unwelcome extends Error {
  readonly data: { readonly refusal: Refusal; readonly sentence: string; readonly who?: string };

  constructor(refusal: Refusal, who?: string) {
    super(refusal);
    this.data = { refusal, sentence: sentenceOf(refusal), ...(who !== undefined && { who }) };
  }
}

/** Who opens a socket, judged as a request is: a session, the seat that the page was loaded for, the versions it speaks, a place in the group that the address names. */
@Injectable()
export class Handshakes {
  constructor(private readonly places: Places, private readonly accounts: AccountStore, private readonly gate: Gate) {}

  /** Throws `Unwelcome`. */
  async visitorOf(socket: Caller): Promise<Visitor> {
    const { session, sessionID: sid } = socket.request as WithSession;
    const { user, expiresAt } = session ?? {};
    if (user === undefined || sid === undefined || expiresAt === undefined || expiresAt < Date.now()) throw new Unwelcome('signed-out');
    const said = handshakeSchema.safeParse(socket.handshake.auth);
    if (!said.success) throw new Unwelcome('bad-request');
    if (said.data.seat !== user) throw new Unwelcome('seat-changed', (await this.accounts.byId(user))?.displayName ?? user);
    if (said.data.protocol !== PROTOCOL_VERSION || said.data.schema !== SCHEMA_VERSION) throw new Unwelcome('old-page');
    const group = await this.groupOf(user, socket.handshake.query['group']);
    if (!group || !hasPlace(group, user)) throw new Unwelcome('not-found');
    const actor = awakeIn(group, user);
    const purses = { asking: new Purse(ASKING), presence: new Purse(PRESENCE) };
    return { user, sid, group, expiresAt, actor, purses, traffic: this.gate.trafficOf(socket.conn), underWay: 0, answered: 0 };
  }

  private async groupOf(user: string, named: unknown): Promise<WorkingGroup | null> {
    const id = idSchema.safeParse(named);
    return id.success ? whenBack(() => this.places.enter(user, id.data)).catch((error: unknown) => { throw error instanceof RefusedError ? new Unwelcome(error.refusal) : error; }) : null;
  }
}

/** The seat of a user who can do something with it. */
export const awakeIn = ({ rooms }: WorkingGroup, user: string): Actor | null => (isAsleep(rooms.group(), user) ? null : rooms.actorOf(user));
