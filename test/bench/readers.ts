import { setTimeout as pause } from 'node:timers/promises';
import { PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH, type Commit } from '@parley/protocol';
import { Decoder, Encoder } from 'socket.io-msgpack-parser';
import { WebSocket } from 'ws';
import { Person } from '../support/person.ts';
import { PASSWORD } from '../support/cast.ts';
import { answerOrders } from './answer-orders.ts';
import type { ReaderOrder, Received } from './orders.ts';

const PING = '2', PONG = '3', OPEN = '0', CONNECT = '40', CONNECTED = '40';

/** A connection that counts what comes and, of Parley's commits, keeps the last as it came. */
class Reader {
  frames = 0;
  private commit: Buffer | null = null;
  private gone: string | null = null;

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (!binary) return void (data.length === 1 && data.toString() === PING && socket.send(PONG));
      this.frames += 1;
      // The event's name is near the beginning: type, data, name.
      if (data.subarray(0, 24).includes('commit')) this.commit = data;
    });
    socket.on('close', (code) => (this.gone = `a reader was dropped: ${code}`));
  }

  /** The last entry it was told of. */
  get last(): number {
    if (this.gone !== null) throw new Error(this.gone);
    if (!this.commit) return -1;
    const [, commit] = decoded(this.commit).data as [string, Commit];
    return commit.notices.at(-1)?.index ?? commit.after;
  }

  leave(): void {
    this.socket.close();
  }
}

interface Packet { readonly type: number; readonly nsp: string; readonly data?: unknown; readonly id?: number }

const encoder = new Encoder();
const encoded = (packet: Packet): Buffer => (encoder.encode(packet) as unknown as Buffer[])[0]!;

function decoded(bytes: Buffer): Packet {
  const decoder = new Decoder();
  let packet: Packet | null = null;
  decoder.on('decoded', (one: Packet) => (packet = one));
  decoder.add(bytes);
  return packet!;
}

const next = (socket: WebSocket): Promise<Buffer> => new Promise((resolve, reject) => {
  socket.once('message', resolve);
  socket.once('error', reject);
  socket.once('close', () => reject(new Error('a reader was not let in')));
});

const opened = async (url: string, headers: Record<string, string> = {}): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers, perMessageDeflate: false });
  if ((await next(socket)).toString().slice(0, 1) !== OPEN) throw new Error('no engine.io');
  return socket;
};

/** Says what socket.io's client would say, and asks to be let into the document. */
async function inParley(url: string, doc: string, person: Person): Promise<Reader> {
  const socket = await opened(`${url}${SOCKET_PATH}/?EIO=4&transport=websocket&group=${person.groupId}`, { origin: url, cookie: person.cookie! });
  socket.send(encoded({ type: 0, nsp: '/', data: { seat: person.user, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION } }));
  if (decoded(await next(socket)).type !== 0) throw new Error('not connected');
  socket.send(encoded({ type: 2, nsp: '/', data: ['join', { doc, have: {} }], id: 0 }));
  for (;;) {
    const answer = decoded(await next(socket));
    if (answer.type !== 3) continue;
    const [joined] = answer.data as [{ ok: boolean; reason?: string }];
    if (!joined.ok) throw new Error(`not joined: ${joined.reason}`);
    return new Reader(socket);
  }
}

async function atBare(url: string, doc: string): Promise<Reader> {
  const socket = await opened(`${url}/socket.io/?EIO=4&transport=websocket&doc=${doc}`);
  socket.send(CONNECT);
  if (!(await next(socket)).toString().startsWith(CONNECTED)) throw new Error('not connected');
  return new Reader(socket);
}

/** So many sit down at the same time. */
const AT_ONCE = 20;

const casts = new Map<string, Reader[]>();
/** By server and user name: nobody has more than a few sessions. */
const signedIn = new Map<string, Person>();

async function sit({ cast, on, url, doc, count, user }: Extract<ReaderOrder, { do: 'sit' }>): Promise<void> {
  const readers = casts.get(cast) ?? [];
  casts.set(cast, readers);
  const person = signedIn.get(`${url} ${user}`) ?? new Person(url, user);
  if (on === 'parley' && !signedIn.has(`${url} ${user}`)) signedIn.set(`${url} ${user}`, await person.signIn(user, PASSWORD));
  for (let left = count; left > 0; left -= AT_ONCE) {
    readers.push(...await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, () => (on === 'parley' ? inParley(url, doc, person) : atBare(url, doc)))));
  }
}

async function received(cast: string): Promise<Received> {
  const readers = casts.get(cast)!;
  return { frames: readers.reduce((n, reader) => n + reader.frames, 0), last: Math.min(...readers.map((reader) => reader.last)) };
}

answerOrders<ReaderOrder>(async (order) => {
  switch (order.do) {
    case 'sit': return sit(order);
    case 'received': return received(order.cast);
    case 'rise':
      for (const reader of casts.get(order.cast) ?? []) reader.leave();
      casts.delete(order.cast);
      await pause(0);
  }
});
