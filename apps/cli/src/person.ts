import type { Act } from '@parley/negotiation';
import { boundedParser, type Handshake, type Performed, PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH, writeAct } from '@parley/protocol';
import { actId, DocumentClient, socketWire, type Wire } from '@parley/sync';
import { io, type Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { newSalt, random, timers } from './chance.ts';
import type { HttpSession } from './http.ts';

type Bare<A> = A extends unknown ? Omit<A, 'v' | 'id'> : never;

/** Somebody signed in: acts over HTTP, and writes over a socket of their own. */
export class SignedIn {
  private socket: Socket | null = null;
  private wire: Wire | null = null;

  /** The group whose paths are asked. */
  group = '';

  private constructor(readonly user: string, private readonly http: HttpSession) {}

  /** Signs in to a demo account. */
  static async toDemo(http: HttpSession, user: string): Promise<SignedIn> {
    await http.post('/api/session/demo', { user });
    http.seat = user;
    return new SignedIn(user, http);
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.http.get(path);
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.http.post(path, body);
  }

  /** Takes the seat that a one-time link of the group is for. */
  async takeSeat(secret: string): Promise<void> {
    await this.http.post(this.inGroup('links/take'), { secret });
  }

  /** Performs an act in the group, by the path of what it is about, and says under which entry it stands. */
  async act(path: string, act: Bare<Act>): Promise<number> {
    const sent = writeAct({ ...act, v: 1, id: actId(random) } as Act, newSalt());
    return (await this.http.post<Performed>(this.inGroup(path), sent)).entry;
  }

  /** Joins a document; the socket is made with the first one. */
  async enter(doc: string): Promise<DocumentClient> {
    this.wire ??= socketWire(await this.connect());
    const client = new DocumentClient({ doc, user: this.user, wire: this.wire, timers, random });
    await client.start();
    return client;
  }

  disconnect(): void {
    this.socket?.disconnect();
  }

  private inGroup(path: string): string {
    return `/api/groups/${this.group}/${path}`;
  }

  private connect(): Promise<Socket> {
    const auth: Handshake = { seat: this.user, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION };
    const { origin, cookie } = this.http;
    const socket = io(origin, { path: SOCKET_PATH, query: { group: this.group }, parser: boundedParser(parser), transports: ['websocket'], auth, extraHeaders: { origin, cookie }, forceNew: true, reconnection: false });
    this.socket = socket;
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', (error) => reject(new Error(`no connection: ${error.message}`)));
    });
  }
}
