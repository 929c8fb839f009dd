import type { Act, DocumentAct, GroupAct, Role } from '@parley/negotiation';
import { type GroupView, type Keys, linkOf, type Performed, type SeatView, type SessionView, writeAct } from '@parley/protocol';
import { type ClientOptions, DocumentClient, memoryStore, socketWire } from '@parley/sync';
import type { Socket } from 'socket.io-client';
import { newId, newSalt, newSecret, random, timers } from './chance.ts';
import { type Answer, type HandshakeOverrides, Page } from './page.ts';

type Loose<A> = A extends unknown ? Omit<A, 'v' | 'id' | 'doc'> : never;
/** An act on a document before it is told on which, and gets an id. */
export type LooseAct = Loose<DocumentAct>;

/** Where a client gets what it is told, and what else differs from that of a browser. */
type Opening = { readonly socket?: Socket } & Partial<Pick<ClientOptions, 'store' | 'wire' | 'rooms' | 'log' | 'clientId'>>;

/** How long `until` waits, unless told otherwise. */
const DEADLINE_MS = 45_000;

/** Somebody with a browser of their own: an account, a seat, acts, sockets and documents. Everything goes through the public interface. */
export class Person extends Page {
  /** By which they sign in, and what recovers their account. */
  keys: Keys = { userName: '', recoveryCode: '' };
  private readonly clients: DocumentClient[] = [];
  private readonly sockets: Socket[] = [];

  /** `groupId`: when not given, it is that of the first group in which the person has a place. */
  constructor(url: string, readonly name: string, groupId = '') {
    super(url, groupId);
  }

  /** A request that must succeed. */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.granted(`${method} ${path}`, await this.request<T>(method, path, body));
  }

  async signIn(userName: string, password: string): Promise<this> {
    return this.seated(await this.must<SessionView>('POST', '/api/session', { userName, password }));
  }

  async signInDemo(user: string): Promise<this> {
    return this.seated(await this.must<SessionView>('POST', '/api/session/demo', { user }));
  }

  /** Opens a one-time link of the group: begins an account and takes the seat, or chooses a new password for the account that was reset. */
  async opens(secret: string, password: string, person?: { readonly userName: string; readonly displayName: string }): Promise<this> {
    this.keys = await this.must<Keys>('POST', 'links/open', { secret, password, ...(person && { person }) });
    return this.seated(await this.must<SessionView>('GET', '/api/session'));
  }

  /** Takes the seat that a one-time link of the group is for, with the account that the person has. */
  async takesSeat(secret: string): Promise<void> {
    await this.must('POST', 'links/take', { secret });
  }

  /** A one-time link to a seat; the secret of it. */
  async invites(role: Role, delegation?: string): Promise<string> {
    const secret = newSecret();
    await this.mustOnGroup({ t: 'invite', link: linkOf(secret), role, ...(delegation !== undefined && { delegation }) });
    return secret;
  }

  /** As an administrator of the installation: resets somebody's account by the hash of a link. */
  resets(user: string, link: string): Promise<Answer<void>> {
    return this.request('POST', `/api/accounts/${user}/reset`, { link });
  }

  /** The own place in the group. */
  seat(): Promise<SeatView> { return this.must('GET', 'seat'); }

  group(): Promise<GroupView> { return this.must('GET', ''); }

  actOnGroup(loose: Loose<GroupAct>): Promise<Answer<Performed>> {
    return this.send('acts', { v: 1, id: newId(), ...loose } as Act);
  }

  async mustOnGroup(loose: Loose<GroupAct>): Promise<number> {
    return this.granted(loose.t, await this.actOnGroup(loose)).entry;
  }

  act(doc: string, loose: LooseAct, id: string = newId(), salt?: string): Promise<Answer<Performed>> {
    return this.send(`documents/${doc}/acts`, { v: 1, id, doc, ...loose } as Act, salt);
  }

  /** The same, granted. Gives the entry under which it stands. */
  async mustAct(doc: string, loose: LooseAct): Promise<number> {
    return this.granted(loose.t, await this.act(doc, loose)).entry;
  }

  /** Of this person, until they leave. */
  override socket(overrides: HandshakeOverrides = {}): Socket {
    const socket = super.socket(overrides);
    this.sockets.push(socket);
    return socket;
  }

  /** A client for a document as the browser has one, not started. */
  client(doc: string, { socket, wire = socketWire(socket ?? this.socket()), ...more }: Opening = {}): DocumentClient {
    const client = new DocumentClient({ doc, user: this.user, wire, store: memoryStore(), random, timers, strict: true, ...more });
    this.clients.push(client);
    return client;
  }

  /** Opens a document as the browser does. */
  async open(doc: string, opening: Opening = {}): Promise<DocumentClient> {
    const client = this.client(doc, opening);
    await client.start();
    return client;
  }

  /** Stops every client and ends every socket. */
  async leave(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.stop().catch(() => undefined)));
    for (const socket of this.sockets) socket.disconnect();
  }

  private send(path: string, act: Act, salt = newSalt()): Promise<Answer<Performed>> {
    return this.request<Performed>('POST', path, writeAct(act, salt));
  }

  private granted<T>(what: string, { status, body }: Answer<T>): T {
    if (status >= 300) throw new Error(`${this.name}: ${what}: ${status} ${body.refusal ?? ''} ${body.detail ?? body.sentence ?? ''}`);
    return body;
  }

  private seated({ person, places }: SessionView): this {
    this.user = person!.user;
    if (this.groupId === '') this.groupId = places[0]?.group ?? '';
    return this;
  }
}

/** Resolves once `look` is true; asked again after whatever a client is told. Rejects after `deadline`, saying what was waited for. */
export function until(client: DocumentClient, look: () => boolean, what: string, deadline = DEADLINE_MS): Promise<void> {
  return new Promise((resolve, reject) => {
    const off: (() => void)[] = [];
    const timer = setTimeout(() => { off.forEach((f) => f()); reject(new Error(`waited in vain until ${what}`)); }, deadline);
    const check = (): void => { if (look()) { clearTimeout(timer); off.forEach((f) => f()); resolve(); } };
    off.push(client.on('commit', check), client.on('joined', check), client.on('presence', check), client.on('status', check), client.on('stage', check));
    check();
  });
}
