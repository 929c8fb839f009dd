import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { absent, type GroupState, NO_GROUP } from '@parley/negotiation';
import { fromWire, SOCKET_PATH, toWire } from '@parley/protocol';
import { plainSlot, textFrom, textOf } from '@parley/text';
import { Server } from 'socket.io';
import { io, type Socket as Client } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { DocumentClient } from './client.ts';
import { seeded } from '../../text/test-support/seeded.ts';
import { TestServer } from '../test-support/test-server.ts';
import { socketWire } from './socket-wire.ts';

const group: GroupState = {
  ...NO_GROUP, name: 'Wire', delegations: [{ id: 'azure', code: 'AZ', name: 'Azure' }, { id: 'ochre', code: 'OC', name: 'Ochre' }],
  seats: { ana: { user: 'ana', role: 'negotiator', delegation: 'azure' }, oda: { user: 'oda', role: 'negotiator', delegation: 'ochre' } },
};

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A real socket.io server in front of a `TestServer`; `seen` is what came in, untouched. */
async function serve(): Promise<{ url: string; server: TestServer; sockets: Server; seen: unknown[] }> {
  const server = new TestServer(group, seeded(3));
  server.fill('working', textFrom([{ id: 'a', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]));
  const http = createServer();
  const sockets = new Server(http, { path: SOCKET_PATH, parser, transports: ['websocket'] });
  const seen: unknown[] = [];
  sockets.on('connection', (socket) => {
    const user = String(socket.handshake.auth.seat);
    const wire = server.wire(user);
    wire.onCommit((commit) => socket.emit('commit', toWire(commit)));
    socket.on('join', (request, answer) => answer(toWire(server.join(user, fromWire(request)))));
    socket.on('update', (request, answer) => {
      seen.push(request.update);
      const done = server.update(user, fromWire(request));
      for (const each of server.wires) while (each.step('down')) continue;
      answer(toWire(done));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => void sockets.close());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, server, sockets, seen };
}

function connect(url: string, user: string): Client {
  const socket = io(url, { path: SOCKET_PATH, parser, transports: ['websocket'], forceNew: true, auth: { seat: user }, reconnectionDelay: 10 });
  closing.push(() => void socket.disconnect());
  return socket;
}

async function enter(url: string, user: string) {
  const socket = connect(url, user);
  const client = new DocumentClient({ doc: 'doc', user, wire: socketWire(socket), random: seeded(5), strict: true });
  await client.start();
  return { socket, client };
}

const reads = (client: DocumentClient): string => textOf(client.text('working').by.get('a')!.slots['en:text']!);
const until = (client: DocumentClient, what: () => boolean): Promise<void> => new Promise((resolve) => {
  const look = (): void => void (what() && resolve());
  client.on('commit', look);
  client.on('joined', look);
  client.on('status', look);
  look();
});

describe('the wire over socket.io', () => {
  it('[W2] bytes arrive as bytes, and nothing but what they show', async () => {
    const { url, seen } = await serve();
    const ana = await enter(url, 'ana');
    const oda = await enter(url, 'oda');
    ana.client.edit([{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 0, insert: plainSlot('Now: ') }]);
    await ana.client.saved();
    await until(oda.client, () => reads(oda.client) === 'Now: One.');
    expect(seen).toHaveLength(1);
    expect(Buffer.isBuffer(seen[0])).toBe(true);
  });

  it('[W2] a view of a larger memory sends its own part only', () => {
    const memory = new Uint8Array(64).fill(7);
    const sent = toWire({ update: memory.subarray(8, 12), absent: undefined, deep: [{ vector: memory.subarray(0, 2) }] });
    const back = fromWire(JSON.parse(JSON.stringify(sent, (_key, value: unknown) => value))) as unknown;
    expect(back).toMatchObject({ update: { type: 'Buffer', data: [7, 7, 7, 7] }, deep: [{ vector: { data: [7, 7] } }] });
    expect(Object.keys(sent)).toEqual(['update', 'deep']);
    const received = fromWire({ a: new Uint8Array([1, 2]).buffer, b: Buffer.from([3]) }) as unknown as Record<string, Uint8Array>;
    expect([received.a!.constructor, received.b!.constructor]).toEqual([Uint8Array, Uint8Array]);
    expect([[...received.a!], [...received.b!]]).toEqual([[1, 2], [3]]);
  });

  it('[W3] a connection that breaks comes back, and what was typed meanwhile is brought once', async () => {
    const { url, server, sockets } = await serve();
    const { client, socket } = await enter(url, 'ana');
    socket.io.engine.close();
    expect(client.status.state).toBe('offline');
    client.edit([{ do: 'splice', id: 'a', key: 'en:text', from: 0, to: 0, insert: plainSlot('Offline. ') }]);
    expect(socket.sendBuffer).toEqual([]);
    await client.saved();
    expect(textOf(server.text('working').by.get('a')!.slots['en:text']!)).toBe('Offline. One.');
    // The server hangs up without a word: it is called again.
    sockets.disconnectSockets(true);
    await until(client, () => client.status.state === 'offline');
    await until(client, () => client.status.state === 'saved');
  });

  it('[W3] whatever is asked while offline is refused at once, and nothing waits in socket.io’s buffers', async () => {
    const { url, sockets } = await serve();
    const { socket, client } = await enter(url, 'ana');
    const wire = socketWire(socket), buffers = () => [socket.sendBuffer, socket.receiveBuffer, (socket as unknown as { _queue: unknown[] })._queue];
    const everything = async (): Promise<void> => {
      wire.presence('doc', 'shared', { room: 'working', provision: 'a', key: 'en:text', anchor: 0, head: 0 });
      const asked = [wire.join({ doc: 'doc', have: {} }), wire.leave('doc', 'shared'), wire.update({ doc: 'doc', room: 'working', update: Uint8Array.of(0, 0) }), wire.compare({ doc: 'doc', entry: 0, rooms: {} })];
      expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
      expect(buffers()).toEqual([[], [], []]);
    };
    const came: string[] = [];
    sockets.on('connection', (again) => again.onAny((event: string) => came.push(event)));
    socket.io.engine.close();
    client.setCaret({ room: 'working', provision: 'a', key: 'en:text', anchor: 1, head: 1 });
    await everything();
    await client.stop();
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    expect(came).toEqual([]);
    socket.disconnect();
    await everything();
    socket.connect();
    await everything();
  });

  it('[W4] a server that says it is over is not called again', async () => {
    const { url, sockets } = await serve();
    const { client, socket } = await enter(url, 'ana');
    const ended = new Promise((resolve) => client.on('closed', resolve));
    sockets.emit('closing', { reason: 'access-changed' });
    expect(await ended).toBe('access-changed');
    sockets.disconnectSockets(true);
    await new Promise((resolve) => socket.once('disconnect', resolve));
    expect(socket.active).toBe(false);
  });

  it('[W4] a refused handshake ends it with its reason', async () => {
    const { url, sockets } = await serve();
    sockets.use((_socket, next) => next(Object.assign(new Error('seat-changed'), { data: { refusal: 'seat-changed' } })));
    const client = new DocumentClient({ doc: 'doc', user: 'ana', wire: socketWire(connect(url, 'ana')) });
    await expect(client.start()).rejects.toMatchObject({ reason: 'seat-changed' });
    expect(client.document).toEqual(absent('doc'));
  });
});
