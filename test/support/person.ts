import { randomBytes, randomUUID } from 'node:crypto';
import { type Act, type DocumentAct, type GroupAct, type OpenProposal, partyOf, previewAccept, proposalsOf, requestDigest, type Role, type SharedState, settlementOf } from '@parley/negotiation';
import { boundedParser, fromWire, type GroupView, type Handshake, type Keys, linkOf, type Performed, PROTOCOL_VERSION, type RefusalBody, SCHEMA_VERSION, SEAT_HEADER, type SeatView, type SessionView, SOCKET_PATH, toWire, writeAct } from '@parley/protocol';
import { type ClientOptions, DocumentClient, memoryStore, socketWire } from '@parley/sync';
import { digestOf, LANGUAGE, plainSlot, SLOTS, slotOf, textDigest, textOf } from '@parley/text';
import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { restAt } from './parley.ts';

/** The secret of a one-time link. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

type Loose<T> = T extends unknown ? Omit<T, 'v' | 'id' | 'doc'> : never;

/** What a server answered: the status and the JSON, refusals included. */
export interface Answer<T> { readonly status: number; readonly body: T & Partial<RefusalBody>; readonly headers: Headers }

/** Somebody with a browser of their own: a cookie jar, the seat their page was loaded for, a socket. Everything goes through the public interface. */
export class Person {
  user = '';
  /** By which they sign in, and what recovers their account. */
  keys: Keys = { userName: '', recoveryCode: '' };
  /** What the jar holds, as a request carries it. */
  cookie = '';
  /** Is given every byte that comes to this person: each answer with its status and headers, and each frame. */
  onBytes: ((way: 'http' | 'socket', bytes: Uint8Array) => void) | null = null;
  private readonly clients: DocumentClient[] = [];
  private readonly sockets: Socket[] = [];

  /** `groupId`: of the group that paths without a `/` before them are of; of the first that the person has a place in, when not given. */
  constructor(readonly url: string, readonly name: string, public groupId = '') {}

  /** Any request, as the page would make it; a path that begins without `/` is one of the group. */
  async request<T = unknown>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path.startsWith('/') ? path : `/api/groups/${this.groupId}${path && '/'}${path}`}`, {
      method,
      headers: { origin: this.url, ...(this.cookie ? { cookie: this.cookie } : {}), ...(this.user ? { [SEAT_HEADER]: this.user } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.cookie = line.split(';')[0]!;
    const text = await response.text();
    this.onBytes?.('http', new TextEncoder().encode(`${response.status}\n${[...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${text}`));
    return { status: response.status, body: (text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as T & Partial<RefusalBody>, headers: response.headers };
  }

  /** The same, insisting on success. */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.request<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${this.name}: ${method} ${path}: ${answer.status} ${answer.body.refusal ?? ''} ${answer.body.detail ?? ''}`);
    return answer.body;
  }

  async signIn(userName: string, password: string): Promise<this> {
    const session = await this.must<SessionView>('POST', '/api/session', { userName, password });
    return this.seated(session);
  }

  /** Opens a one-time link of the group: begins an account and takes the seat, or chooses a new password for the account that was reset. */
  async opens(secret: string, password: string, person?: { readonly userName: string; readonly displayName: string }): Promise<this> {
    this.keys = await this.must<Keys>('POST', 'links/open', { secret, password, ...(person && { person }) });
    return this.seated(await this.must<SessionView>('GET', '/api/session'));
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

  async mustOnGroup(loose: Loose<GroupAct>): Promise<number> {
    const answer = await this.actOnGroup(loose);
    if (answer.status >= 300) throw new Error(`${this.name}: ${loose.t}: ${answer.body.refusal} ${answer.body.detail ?? ''}`);
    return answer.body.entry;
  }

  async signInDemo(user: string): Promise<this> {
    return this.seated(await this.must<SessionView>('POST', '/api/session/demo', { user }));
  }

  private seated({ person, places }: SessionView): this {
    this.user = person!.user;
    if (this.groupId === '') this.groupId = places[0]?.group ?? '';
    return this;
  }

  group(): Promise<GroupView> { return this.must('GET', ''); }

  actOnGroup(loose: Loose<GroupAct>): Promise<Answer<Performed>> {
    return this.send('acts', { v: 1, id: randomUUID(), ...loose } as Act);
  }

  act(doc: string, loose: Loose<DocumentAct>, id: string = randomUUID(), salt?: string): Promise<Answer<Performed>> {
    return this.send(`documents/${doc}/acts`, { v: 1, id, doc, ...loose } as Act, salt);
  }

  /** The same, granted; what is accepted has rested before, by moving the server's clock. */
  async mustAct(doc: string, loose: Loose<DocumentAct>): Promise<number> {
    if (loose.t === 'accept') await restAt(this.url);
    const answer = await this.act(doc, loose);
    if (answer.status >= 300) throw new Error(`${this.name}: ${loose.t}: ${answer.body.refusal} ${answer.body.detail ?? ''}`);
    return answer.body.entry;
  }

  private send(path: string, act: Act, salt = randomBytes(16).toString('hex')): Promise<Answer<Performed>> {
    return this.request<Performed>('POST', path, writeAct(act, salt));
  }

  /** A raw socket with this person's cookie; `connected` or `refused` decides how it went. */
  socket(over: Partial<Handshake> & { origin?: string; cookie?: string; group?: string } = {}): Socket {
    const { origin = this.url, cookie = this.cookie, group = this.groupId, ...handshake } = over;
    const socket = io(this.url, {
      path: SOCKET_PATH, query: { group }, transports: ['websocket'], parser: boundedParser(parser), forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200,
      extraHeaders: { origin, cookie }, auth: { seat: this.user, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, ...handshake },
    });
    socket.io.on('open', () => socket.io.engine.on('packet', ({ data }: { data?: string | Uint8Array }) => this.onBytes?.('socket', typeof data === 'string' ? new TextEncoder().encode(data) : (data ?? new Uint8Array()))));
    this.sockets.push(socket);
    return socket;
  }

  /** The same, connected; rejects with what the server says. */
  async connected(over: Parameters<Person['socket']>[0] = {}): Promise<Socket> {
    const socket = this.socket(over);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => { socket.disconnect(); reject(error); });
    });
    return socket;
  }

  /** Opens a document as the browser does. */
  async open(doc: string, options: { socket?: Socket } & Partial<Pick<ClientOptions, 'store' | 'wire' | 'log' | 'rooms' | 'clientId'>> = {}): Promise<DocumentClient> {
    const { socket, wire = socketWire(socket ?? this.socket()), ...more } = options;
    const client = new DocumentClient({
      doc, user: this.user, wire, store: memoryStore(), random: Math.random, strict: true, ...more,
      timers: { after(ms, then) { const timer = setTimeout(then, ms); return () => clearTimeout(timer); } },
    });
    this.clients.push(client);
    await client.start();
    return client;
  }

  async leave(): Promise<void> {
    await Promise.all(this.clients.map((c) => c.stop().catch(() => undefined)));
    for (const socket of this.sockets) socket.disconnect();
  }
}

/** The key of a provision's slot, its kind's first unless named. */
const keyOf = (client: DocumentClient, id: string, name?: string): string => {
  const provision = client.text(client.ownRoom!).by.get(id)!;
  return `${LANGUAGE}:${name ?? SLOTS[provision.kind][0]}`;
};

/** Asks over a raw socket and gives the answer, whatever it is. */
export const asked = async <T = { readonly ok: boolean; readonly reason?: string }>(socket: Socket, event: string, request: unknown): Promise<T> =>
  fromWire((await socket.timeout(45_000).emitWithAck(event, toWire(request))) as T);

/** Types at the end of a slot of the own text. */
export function append(client: DocumentClient, id: string, words: string, name?: string): void {
  const key = keyOf(client, id, name);
  const end = textOf(slotOf(client.text(client.ownRoom!).by.get(id), key)).length;
  client.edit([{ do: 'splice', id, key, from: end, to: end, insert: plainSlot(words) }]);
}

/** Types over a piece of the own text: `found` becomes `words`. */
export function retype(client: DocumentClient, id: string, found: string, words: string, name?: string): void {
  const key = keyOf(client, id, name);
  const from = textOf(slotOf(client.text(client.ownRoom!).by.get(id), key)).indexOf(found);
  if (from < 0) throw new Error(`${id}: “${found}” is not there`);
  client.edit([{ do: 'splice', id, key, from, to: from + found.length, insert: plainSlot(words) }]);
}

/** The words of one slot in one room as a client sees them. */
export function wordsIn(client: DocumentClient, room: Parameters<DocumentClient['text']>[0], id: string, name?: string): string {
  const provision = client.text(room).by.get(id);
  return provision ? textOf(slotOf(provision, `${LANGUAGE}:${name ?? SLOTS[provision.kind][0]}`)) : '(none)';
}

/** Resolves once `look` is true; asked again after every commit. Rejects after ten seconds, unless told otherwise, saying what was waited for. */
export function until(client: DocumentClient, look: () => boolean, what: string, deadline = 45_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const off: (() => void)[] = [];
    const timer = setTimeout(() => { off.forEach((f) => f()); reject(new Error(`waited in vain until ${what}`)); }, deadline);
    const check = (): void => { if (look()) { clearTimeout(timer); off.forEach((f) => f()); resolve(); } };
    off.push(client.on('commit', check), client.on('joined', check), client.on('presence', check), client.on('status', check), client.on('stage', check));
    check();
  });
}

/** What a client sees of a document, to be compared by. */
export const sharedStateOf = (client: Pick<DocumentClient, 'document' | 'group' | 'texts'>): SharedState => ({ document: client.document, group: client.group, rooms: client.texts() });

export const proposals = (client: DocumentClient, provision?: string): OpenProposal[] =>
  proposalsOf(sharedStateOf(client), provision);

/** The act that accepts what the list shows, giving up exactly what it shows. */
export function accepting(client: DocumentClient, p: OpenProposal, own: 'withdrawn' | 'alongside' = 'withdrawn') {
  const preview = previewAccept(sharedStateOf(client), { parts: [p.proposal], party: partyOf(client.actor)!, own });
  if (!preview.ok) throw new Error(preview.reason);
  return preview.value.act;
}

export const agreeing = (client: DocumentClient, provision: string) =>
  ({ t: 'agree', provision, digest: digestOf(client.text('common').by.get(provision)!) }) as const;

/** An answer to the request to reopen that the client knows of; throws where it knows of none. */
export function answering(client: DocumentClient, provision: string, t: 'grantReopening' | 'declineReopening' | 'takeBackReopening') {
  const [asking] = Object.keys(settlementOf(client.document, provision).reopenings);
  if (asking === undefined) throw new Error(`nobody asks to reopen ${provision}`);
  return { ...agreeing(client, provision), t, request: requestDigest(client.document, provision, asking)! } as const;
}

export const basisOf = (client: DocumentClient) => ({ t: 'acceptAsBasis', digest: textDigest(client.text('working')) }) as const;
