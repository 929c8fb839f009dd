import { setTimeout as pause } from 'node:timers/promises';
import type { RoomName } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { compareTexts, LANGUAGE, lengthOf, plainSlot, slotOf } from '@parley/text';
import { io, type Socket } from 'socket.io-client';
import { Person } from '../support/person.ts';
import { seeded } from '../support/typing-room.ts';
import { PASSWORD } from '../support/working-group.ts';
import { now, type Order, provisionOf, type Times } from './orders.ts';

const KEY = `${LANGUAGE}:text`;
const PROSE = 'and shall inform the other side in writing of the steps that it has taken, ';
/** About as many bytes as Yjs makes of one keystroke. */
const BYTES = new Uint8Array(40);
const PATIENCE = 10_000;

const people: Person[] = [], clients: DocumentClient[] = [], sockets: Socket[] = [];

async function join({ url, doc, seats }: Extract<Order, { do: 'join' }>): Promise<void> {
  const signedIn = new Map<string, Person>();
  for (const name of seats) {
    const person = signedIn.get(name) ?? await new Person(url, name).signIn(name, PASSWORD);
    signedIn.set(name, person);
    clients.push(await person.open(doc));
  }
  people.push(...signedIn.values());
}

async function connect({ url, seats }: Extract<Order, { do: 'connect' }>): Promise<void> {
  for (let i = 0; i < seats; i++) {
    const socket = io(url, { transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    sockets.push(socket);
  }
}

/** Types as people do, now faster and now slower, until the time is over; what is typed is counted from 0. */
async function keystrokes(seed: number, perSecond: number, milliseconds: number, strike: (n: number) => void): Promise<void> {
  const random = seeded(seed), end = performance.now() + milliseconds;
  for (let n = 0; ; n++) {
    await pause((0.5 + random()) * 1_000 / perSecond);
    if (performance.now() > end) return;
    strike(n);
  }
}

let seen: number[] = [];
let endWatch = (): void => undefined;

/** Notes when each keystroke's words are in the reader's room and its brackets are known; of the bare relay, when it arrives. */
function watch({ on, writer, room }: Extract<Order, { do: 'watch' }>): void {
  seen = [];
  if (on === 'bare') {
    const hear = (key: { writer: number }): void => { if (key.writer === writer) seen.push(now()); };
    const socket = sockets[0]!.on('key', hear);
    endWatch = () => void socket.off('key', hear);
    return;
  }
  const client = clients[0]!, position = room as RoomName;
  const length = (): number => lengthOf(slotOf(client.text(position).by.get(provisionOf(writer)), KEY));
  let known = length();
  endWatch = client.on('turn', () => {
    const there = length();
    if (there === known) return;
    compareTexts(client.text('common'), client.text(position));
    for (; known < there; known++) seen.push(now());
  });
}

async function whatWasSeen(count: number): Promise<Times> {
  for (let waited = 0; seen.length < count && waited < PATIENCE; waited += 20) await pause(20);
  endWatch();
  return seen;
}

function typeInto(client: DocumentClient, writer: number, n: number): void {
  const id = provisionOf(writer), at = lengthOf(slotOf(client.text(client.ownRoom!).by.get(id), KEY));
  client.edit([{ do: 'splice', id, key: KEY, from: at, to: at, insert: plainSlot(PROSE[n % PROSE.length]!) }]);
}

async function type({ on, writers, perSecond, milliseconds }: Extract<Order, { do: 'type' }>): Promise<Times> {
  const made: number[] = [];
  await Promise.all(writers.map((writer, seat) => keystrokes(writer, perSecond, milliseconds, (n) => {
    if (seat === 0) made.push(now());
    if (on === 'parley') typeInto(clients[seat]!, writer, n);
    else sockets[seat]!.emit('key', { writer, n, update: BYTES });
  })));
  if (on === 'parley') await Promise.all(writers.map((_, seat) => clients[seat]!.saved()));
  return made;
}

async function leave(): Promise<void> {
  await Promise.all(people.map((person) => person.leave()));
  for (const socket of sockets) socket.disconnect();
  setImmediate(() => process.disconnect());
}

async function obey(order: Order): Promise<Times | null> {
  switch (order.do) {
    case 'type': return type(order);
    case 'seen': return whatWasSeen(order.count);
    case 'watch': watch(order); break;
    case 'join': await join(order); break;
    case 'connect': await connect(order); break;
    case 'leave': await leave(); break;
  }
  return null;
}

process.on('message', (order: Order) => void obey(order).then((answer) => process.send!({ answer }), (error: unknown) => process.send!({ error: String(error) })));
