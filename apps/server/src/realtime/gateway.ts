import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Injectable } from '@nestjs/common';
import { may } from '@parley/negotiation';
import { type Refusal, SOCKET_PATH, TRANSPORT_LIMIT } from '@parley/protocol';
import { Server } from 'socket.io';
import { isMember } from '../access/group-access.ts';
import { type Ended, Sessions } from '../access/sessions.ts';
import { logger } from '../logger.ts';
import { WorkingGroups } from '../groups/working-groups.ts';
import { cut, heldBack } from './backlog.ts';
import { everyEventHasItsRow } from './events.ts';
import { guardedParser, readFrom } from './frames.ts';
import { ConnectionLimiter } from './connection-limiter.ts';
import { awakeIn, Handshakes, HandshakeRefused } from './handshake.ts';
import { Outgoing } from './outgoing.ts';
import { PresenceBoard } from './presence-board.ts';
import { Requests } from './requests.ts';
import { SlowReaders } from './slow-readers.ts';
import { type AppSocket, type AppServer, inGroup, ofSession, ofUser, STRANGER_MS } from './socket-session.ts';

const SWEEP_MS = 1_000;
/** Sessions are read again once in so many sweeps. */
const SWEEPS_APART = 10;
/** For who does not take his farewell. */
const FAREWELL_MS = 1_000;

/** The sockets: lets them in, hands what they ask to the rooms, and forwards what the rooms have committed. Past Nest's interceptors, which cost more than it does. */
@Injectable()
export class Gateway {
  private io: AppServer | null = null;
  private sweep: NodeJS.Timeout | null = null;
  private sweeps = 0;
  private readonly slow = new SlowReaders();

  constructor(
    private readonly groups: WorkingGroups, private readonly sessions: Sessions, private readonly limiter: ConnectionLimiter,
    private readonly handshakes: Handshakes, private readonly requests: Requests, private readonly board: PresenceBoard,
    private readonly outgoing: Outgoing,
  ) {}

  /** `pingMs`: how often a connection is shown that it lives. Throws when something that a socket can ask does not say whom it is for. */
  attach(server: HttpServer, pingMs: number): void {
    everyEventHasItsRow(this.requests.handled);
    const io: AppServer = new Server(server, {
      path: SOCKET_PATH, serveClient: false, parser: guardedParser, transports: ['websocket'], perMessageDeflate: false, maxHttpBufferSize: TRANSPORT_LIMIT, connectTimeout: STRANGER_MS, pingInterval: pingMs,
      allowRequest: (request: IncomingMessage, decide) => decide(null, this.limiter.allows(request)),
    });
    this.io = io;
    io.engine.use(this.sessions.middleware);
    io.engine.on('connection', (connection: AppSocket['conn']) => this.limiter.count(connection));
    io.use((socket, next) => void this.admit(socket).then(() => next(), (error: unknown) => refuse(socket, error, next)));
    io.on('connection', (socket) => this.connected(socket));
    this.forward(io);
    this.sweep = setInterval(() => this.closeStale(io), SWEEP_MS);
    this.sweep.unref();
  }

  /** Ends every connection; the clients come back to the next server. */
  close(): void {
    if (this.sweep) clearInterval(this.sweep);
    this.board.close();
    this.io?.disconnectSockets(true);
    this.io?.engine.close();
  }

  private async admit(socket: AppSocket): Promise<void> {
    socket.data = await this.handshakes.sessionOf(socket);
    readFrom(socket);
  }

  private connected(socket: AppSocket): void {
    const { user, sid } = socket.data;
    void socket.join([ofUser(user), ofSession(sid)]);
    socket.on('error', () => undefined);
    // What a client sends has its row or is refused; it never reaches a listener by its name, which may be one of socket.io's own.
    socket.use(() => undefined);
    socket.on('disconnect', () => {
      this.board.disconnect(socket.id);
      this.slow.forget(socket.id);
      // A connection without a socket would be found by nobody who ends a session.
      socket.conn.close();
    });
    const isStillSeated = this.stillSeated(socket);
    socket.onAny((event: unknown, ...args: unknown[]) => {
      const last = args.at(-1);
      const acknowledge = typeof last === 'function' ? (last as (outcome: unknown) => void) : () => undefined;
      void isStillSeated.then((seated) => seated && this.take(socket, event, args[0], acknowledge));
    });
  }

  /** The seat or the session may have gone since the connection was opened; from here on a change finds the socket. Until this says true nothing is done for it; false ends it. */
  private async stillSeated(socket: AppSocket): Promise<boolean> {
    const isSignedIn = await this.sessions.stands(socket.data.sid).catch(() => null);
    if (isSignedIn) return this.begin(socket);
    if (isSignedIn === null) socket.disconnect(true);
    else this.end(socket, 'signed-out');
    return false;
  }

  /** From here on a socket is there for others. False when it has gone meanwhile. */
  private begin(socket: AppSocket): boolean {
    if (!socket.connected) return false;
    this.followGroup(socket);
    this.askAgain(socket);
    return true;
  }

  private take(socket: AppSocket, event: unknown, payload: unknown, acknowledge: (outcome: unknown) => void): void {
    if (event === 'update') this.sessions.seen(socket.data.sid);
    void this.requests.answer(socket, event, payload, acknowledge);
  }

  /** What is committed goes out at once and in order. */
  private forward(io: AppServer): void {
    this.outgoing.through(io);
    this.groups.events.on('committed', ({ id }, commit, readers) => this.outgoing.commit(id, readers, commit));
    this.groups.events.on('rebuilt', ({ id }, doc, readers) => this.outgoing.rejoin({ group: id, doc }, readers));
    this.groups.events.on('groupChanged', (group, { index, seats }) => {
      if (seats) for (const socket of io.sockets.sockets.values()) if (socket.data.group === group) this.askAgain(socket);
      this.outgoing.group(group.id, index);
    });
    // They come back by themselves, to the process that has the group then.
    this.groups.events.on('left', (group) => { for (const socket of io.sockets.sockets.values()) if (socket.data.group === group) socket.disconnect(true); });
    this.board.onMoved((at, readers, people) => this.groups.here(at.group)?.rooms.serves && this.outgoing.presence(at, readers, people));
    this.sessions.onEnded((ended) => this.closeEnded(io, ended));
    this.sessions.onRenewed((from, to) => this.rename(io, from, to));
    this.sessions.onNews((user) => void this.lookAt(io, user), () => void this.closeIdle(io));
  }

  /** A seat that has gone, changed or fallen asleep ends the connection; one that was given is news. */
  private askAgain(socket: AppSocket): void {
    const { actor: before, group, user } = socket.data, now = awakeIn(group, user);
    if (!isMember(group, user)) return this.end(socket, 'access-changed');
    if (before?.role === now?.role && before?.delegation === now?.delegation) return;
    socket.data.actor = now;
    if (before !== null) return this.end(socket, 'access-changed');
    this.followGroup(socket);
  }

  /** Who has a seat is here, and is told of the group. */
  private followGroup(socket: AppSocket): void {
    const { actor, user, group } = socket.data;
    if (!actor || !may(actor, 'readGroup', { group: group.rooms.group() }).ok) return;
    this.board.connect(socket.id, user, group.id);
    void socket.join(inGroup(group.id));
  }

  /** Says why, and waits only so long until it was taken; from here on the socket is nowhere. */
  private end(socket: AppSocket, reason: Refusal): void {
    this.outgoing.closing(socket, reason);
    socket.disconnect(true);
    setTimeout(() => cut(socket.conn), FAREWELL_MS).unref();
  }

  /** Sockets go on under the new name of their session. */
  private rename(io: AppServer, from: string, to: string): void {
    for (const id of [...io.sockets.adapter.rooms.get(ofSession(from)) ?? []]) {
      const socket = io.sockets.sockets.get(id);
      if (!socket) continue;
      socket.data.sid = to;
      void socket.leave(ofSession(from));
      void socket.join(ofSession(to));
    }
  }

  private closeEnded(io: AppServer, ended: Ended): void {
    const room = 'sid' in ended ? ofSession(ended.sid) : ofUser(ended.user);
    for (const id of io.sockets.adapter.rooms.get(room) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (socket && !('butSid' in ended && socket.data.sid === ended.butSid)) this.end(socket, 'signed-out');
    }
  }

  /** Who does not read is not waited for. */
  private superviseConnection(socket: AppSocket): void {
    const held = heldBack(socket.conn);
    if (held === 0) socket.data.answered = 0;
    if (!this.slow.isTooSlow(socket.id, held, socket.data.answered, performance.now())) return;
    logger.warn('slow reader cut off', { user: socket.data.user, held });
    cut(socket.conn);
  }

  /** While the database does not answer, nobody is signed out. */
  private async closeIdle(io: AppServer): Promise<void> {
    const sockets = [...io.sockets.sockets.values()];
    if (sockets.length === 0) return;
    const signedIn = await this.sessions.standing([...new Set(sockets.map(({ data }) => data.sid))]).catch(() => null);
    for (const user of new Set(signedIn ? sockets.filter(({ data }) => !signedIn.has(data.sid)).map(({ data }) => data.user) : [])) await this.lookAt(io, user);
  }

  /** Sessions of a user may have ended, or go on under another name, by another process. */
  private async lookAt(io: AppServer, user: string): Promise<void> {
    const sockets = [...io.sockets.adapter.rooms.get(ofUser(user)) ?? []].flatMap((id) => io.sockets.sockets.get(id) ?? []);
    const sids = [...new Set(sockets.map(({ data }) => data.sid))], names = sids.length === 0 ? null : await this.sessions.namesNow(user, sids).catch(() => null);
    for (const [sid, now] of names ?? []) {
      if (now === null) this.closeEnded(io, { sid });
      else if (now !== sid) this.rename(io, sid, now);
    }
  }

  /** Sessions that have run out, and connections that do not read what they are sent. */
  private closeStale(io: AppServer): void {
    const now = Date.now();
    if (++this.sweeps % SWEEPS_APART === 0) void this.closeIdle(io);
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.expiresAt < now) this.end(socket, 'signed-out');
      else this.superviseConnection(socket);
    }
  }
}

/** Says why. What is our own fault, or another process's to answer, is no answer: the connection breaks, and socket.io's client tries again, which it does not after an answer. */
function refuse(socket: AppSocket, error: unknown, next: (error: HandshakeRefused) => void): void {
  if (error instanceof HandshakeRefused && error.data.refusal !== 'elsewhere') return next(error);
  if (!(error instanceof HandshakeRefused)) logger.failed('handshake failed', error);
  cut(socket.conn);
}
