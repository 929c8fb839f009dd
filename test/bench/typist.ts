import { setTimeout as pause } from 'node:timers/promises';
import type { RoomName } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { AUTHENTIC_LANGUAGE, compareTexts, lengthOf, plainSlot, slotOf } from '@parley/text';
import { io, type Socket } from 'socket.io-client';
import { Person } from '../support/person.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { PASSWORD } from '../support/cast.ts';
import { percentile } from './figures.ts';
import { answerOrders } from './answer-orders.ts';
import { type TypingClient, now, type Order, type Times, type Typed, type WatchingClient } from './orders.ts';
import { PROVISIONS } from './paper.ts';

const KEY = `${AUTHENTIC_LANGUAGE}:text`;
const PROSE = 'and shall inform the other side in writing of the steps that it has taken, ';
/** So much goes into one provision before its writer goes on to the next. */
const PARAGRAPH = 200;
/** About as many bytes as Yjs makes of one keystroke. */
const BYTES = new Uint8Array(40);
const TIMEOUT_MS = 15_000;

/** Who sits at one of the two servers. */
interface Cast {
  strike(typist: TypingClient, n: number): void;
  /** Resolves with the last entry, once all is acknowledged. */
  saved(seats: readonly number[]): Promise<number>;
  /** Calls `saw` for each keystroke; the returned function ends that. */
  watch(watch: WatchingClient, brackets: boolean, onSeen: (writer: number) => void): () => void;
  rise(): Promise<void>;
}

const provisionOf = (typist: TypingClient, n: number): string => {
  const own = Math.floor((PROVISIONS - 1 - typist.first) / typist.every) + 1;
  return `p${typist.first + typist.every * (Math.floor(n / PARAGRAPH) % own)}`;
};

class InParley implements Cast {
  private readonly clients: DocumentClient[] = [];
  private readonly signedIn = new Map<string, Person>();

  async sit({ url, doc, seats }: Extract<Order, { do: 'sit' }>): Promise<void> {
    for (const name of seats) {
      const person = this.signedIn.get(name) ?? await new Person(url, name).signIn(name, PASSWORD);
      this.signedIn.set(name, person);
      this.clients.push(await person.open(doc));
    }
  }

  strike(typist: TypingClient, n: number): void {
    const client = this.clients[typist.seat]!, id = provisionOf(typist, n);
    const at = lengthOf(slotOf(client.text(client.ownRoom!).by.get(id), KEY));
    client.edit([{ do: 'splice', id, key: KEY, from: at, to: at, insert: plainSlot(PROSE[n % PROSE.length]!) }]);
  }

  async saved(seats: readonly number[]): Promise<number> {
    return Math.max(-1, ...await Promise.all(seats.map((seat) => this.clients[seat]!.saved())));
  }

  watch({ seat, typing }: WatchingClient, brackets: boolean, onSeen: (writer: number) => void): () => void {
    const client = this.clients[seat]!, known = new Map<string, number>();
    const length = (room: RoomName, id: string): number => lengthOf(slotOf(client.text(room).by.get(id), KEY));
    for (const room of Object.keys(client.texts()) as RoomName[]) for (let i = 0; i < PROVISIONS; i++) known.set(`${room} p${i}`, length(room, `p${i}`));
    const [{ every }] = typing as [TypingClient], writers = new Map(typing.map((typist) => [typist.first, typist.writer]));
    return client.on('commit', (commit) => {
      const touched = new Map<string, readonly [RoomName, string]>();
      for (const notice of commit.notices) if (notice.kind === 'update') for (const id of notice.touched) touched.set(`${notice.room} ${id}`, [notice.room, id]);
      for (const [name, [room, id]] of touched) {
        const writer = writers.get(Number(id.slice(1)) % every);
        if (writer === undefined) continue;
        if (brackets) compareTexts(client.text('common'), client.text(room));
        const there = length(room, id);
        for (let n = known.get(name)!; n < there; n++) onSeen(writer);
        known.set(name, there);
      }
    });
  }

  async rise(): Promise<void> {
    await Promise.all([...this.signedIn.values()].map(async (person) => {
      await person.leave();
      // Nobody has more than five sessions: the oldest would end, which are those of the bench itself.
      await person.must('DELETE', '/api/session');
    }));
  }
}

class AtBare implements Cast {
  private readonly sockets: Socket[] = [];

  async sit({ url, doc, seats }: Extract<Order, { do: 'sit' }>): Promise<void> {
    for (const _ of seats) {
      const socket = io(url, { transports: ['websocket'], forceNew: true, query: { doc } });
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      this.sockets.push(socket);
    }
  }

  strike({ seat, writer }: TypingClient, n: number): void {
    this.sockets[seat]!.emit('key', { writer, n, update: BYTES });
  }

  async saved(): Promise<number> {
    return -1;
  }

  watch({ seat, typing }: WatchingClient, _brackets: boolean, onSeen: (writer: number) => void): () => void {
    const writers = new Set(typing.map((typist) => typist.writer)), socket = this.sockets[seat]!;
    const onKey = (key: { writer: number }): void => { if (writers.has(key.writer)) onSeen(key.writer); };
    socket.on('key', onKey);
    return () => void socket.off('key', onKey);
  }

  async rise(): Promise<void> {
    for (const socket of this.sockets) socket.disconnect();
  }
}

const casts = new Map<string, Cast>();
let seen: Record<number, number[]> = {};
let endWatch: (() => void)[] = [];
/** How much each client has typed so far, for all its life. */
const typed = new Map<string, number>();

async function sit(order: Extract<Order, { do: 'sit' }>): Promise<void> {
  const cast = casts.get(order.cast) ?? (order.on === 'parley' ? new InParley() : new AtBare());
  casts.set(order.cast, cast);
  await (cast as InParley | AtBare).sit(order);
}

function watch({ cast, watches, brackets }: Extract<Order, { do: 'watch' }>): void {
  seen = Object.fromEntries(watches.flatMap(({ typing }) => typing.map(({ writer }) => [writer, []])));
  endWatch = watches.map((one) => casts.get(cast)!.watch(one, brackets, (writer) => void seen[writer]!.push(now())));
}

async function whatWasSeen(counts: Readonly<Record<number, number>>): Promise<Times> {
  const missing = (): boolean => Object.entries(seen).some(([writer, times]) => times.length < (counts[Number(writer)] ?? 0));
  for (let waited = 0; missing() && waited < TIMEOUT_MS; waited += 5) await pause(5);
  for (const end of endWatch) end();
  return seen;
}

/** Types as people do, now faster and now slower, each client by itself. What is late is made up for at once, and the time it was made is the true one. */
async function type({ cast: name, typing, perSecond, milliseconds }: Extract<Order, { do: 'type' }>): Promise<Typed> {
  const cast = casts.get(name)!, random = seeded(typing.length), every = 1_000 / perSecond;
  const made: Record<number, number[]> = Object.fromEntries(typing.map(({ writer }) => [writer, []]));
  const due = typing.map(() => random() * every), started = performance.now();
  const late: number[] = [];
  for (let passed = 0; passed < milliseconds; passed = performance.now() - started) {
    for (const [i, typist] of typing.entries()) {
      const of = `${name} ${typist.writer}`;
      for (; due[i]! <= passed; due[i]! += (0.5 + random()) * every) {
        const n = typed.get(of) ?? 0;
        made[typist.writer]!.push(now());
        cast.strike(typist, n);
        typed.set(of, n + 1);
        late.push(performance.now() - started - due[i]!);
      }
    }
    await pause(1);
  }
  return { made, last: await cast.saved(typing.map(({ seat }) => seat)), behind: late.length > 0 ? percentile(late, 0.99) : 0 };
}

answerOrders<Order>(async (order) => {
  switch (order.do) {
    case 'type': return type(order);
    case 'seen': return whatWasSeen(order.counts);
    case 'watch': return watch(order);
    case 'sit': return sit(order);
    case 'rise':
      await casts.get(order.cast)?.rise();
      casts.delete(order.cast);
  }
});
