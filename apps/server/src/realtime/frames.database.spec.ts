import { type Joined, PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH } from '@parley/protocol';
import { once } from 'node:events';
import type { Socket as Wire } from 'node:net';
import type { Socket } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { PageLike } from '../../../../test/support/browser-like.ts';
import { GROUP } from '../../../../test/support/group.ts';
import { accountsOf, outerServer } from '../../../../test/support/outer-server.ts';

const NAMES = ['admin', 'anna', 'bo'] as const;

let server: Awaited<ReturnType<typeof outerServer>>;
let ids: Record<(typeof NAMES)[number], string>;
const opened: { close(): unknown }[] = [];
beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  ids = await accountsOf(server, NAMES);
  server.rooms.establish({ user: ids.admin, role: 'administrator' }, { user: ids.anna, role: 'head', delegation: 'a' }, { user: ids.bo, role: 'negotiator', delegation: 'o' });
});
afterAll(() => server.close());
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const encoded = (packet: object): Buffer => (new parser.Encoder().encode(packet) as unknown as Buffer[])[0]!;
const connect = (auth: object = { seat: 'u_1', protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION }): Buffer => encoded({ type: 0, nsp: '/', data: auth });
const event = (...data: unknown[]): Buffer => encoded({ type: 2, nsp: '/', data });

/** A websocket as any program opens it, with a forged origin and no cookie, after the server's greeting. */
async function stranger(): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`, { headers: { origin: server.url } });
  opened.push(socket);
  await once(socket, 'message');
  return socket;
}

/** What the server answers, or that it has ended the connection. */
const outcome = (socket: WebSocket): Promise<string> => new Promise((resolve) => {
  socket.once('message', (data: Buffer) => resolve(/signed-out|bad-request/.exec(data.toString('latin1'))?.[0] ?? 'something else'));
  socket.once('close', () => resolve('ended'));
});

async function joined(name: 'anna' | 'bo', doc: string): Promise<Socket> {
  const page = new PageLike(server.url);
  await page.enter(ids[name]);
  const socket = await page.connected();
  opened.push(socket);
  expect(await socket.emitWithAck('join', { doc, have: {} })).toMatchObject({ ok: true });
  return socket;
}

/** Sends a frame past socket.io's client, which would refuse to. */
const sendRaw = (socket: Socket, frame: Buffer | string): void =>
  (socket.io.engine as unknown as { transport: { ws: { send(data: Buffer | string): void } } }).transport.ws.send(frame);

const HOSTILE: readonly (readonly [string, Buffer | string])[] = [
  ['nested arrays that claim thirty million each', bytes(`${'dd01c9c380'.repeat(8)}00`)],
  ['an extension that claims 200 MB', bytes('c9 0bebc200 00')],
  ['bytes that claim 4 GB', bytes('c6 ffffffff')],
  ['a text that claims 4 GB', bytes('db ffffffff')],
  ['a map that claims 4 billion fields', bytes('df ffffffff')],
  ['maps one in the other', bytes('81a161'.repeat(5_000))],
  ['many attachments, of which this parser knows none', '451-["join",{"_placeholder":true,"num":0}]'],
  ['text', '42["join",{}]'],
  ['nothing', Buffer.alloc(0)],
];

describe('[G11] of a connection that is not admitted', () => {
  it.each([...HOSTILE, ['an event', event('join', { doc: 'd', have: {} })], ['an answer', encoded({ type: 3, nsp: '/', data: [], id: 1 })], ['a connect packet of 2 kB', connect({ seat: 'x'.repeat(2_000) })], ['a connect packet with much in it', connect({ seat: Array(40).fill(1) })]] as const)(
    'nothing is read and the connection ends: %s', async (_what, frame) => {
      const socket = await stranger();
      socket.send(frame);
      expect(await outcome(socket)).toBe('ended');
    });

  it('one connect packet is read, and not a second one', async () => {
    const socket = await stranger();
    socket.send(connect());
    expect(await outcome(socket)).toBe('signed-out');
    socket.send(connect());
    expect(await outcome(socket)).toBe('ended');
  });

  it('nothing that comes before the answer is read', async () => {
    const socket = await stranger();
    socket.send(connect());
    socket.send(event('join', { doc: 'd', have: {} }));
    expect(['ended', 'signed-out']).toContain(await outcome(socket));
    if (socket.readyState === WebSocket.OPEN) await once(socket, 'close');
  });
});

/** A frame of a websocket as a client writes it, with a mask of zeros. `first`: its first byte, the bits and the kind. */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload, size = length < 126 ? [0x80 | length] : length < 65_536 ? [0xfe, length >> 8, length & 255] : [0xff, 0, 0, 0, 0, ...[24, 16, 8, 0].map((bits) => (length >> bits) & 255)];
  return Buffer.concat([Buffer.from([first, ...size, 0, 0, 0, 0]), payload]);
}
const FIN = 0x80, COMPRESSED = 0x40, TEXT = 1, BINARY = 2, PING = 9, PONG = 10;

/** What is below the library: the bytes of the connection. */
const under = (socket: WebSocket): Wire => (socket as unknown as { readonly _socket: never })._socket;

describe('[G3] [G6] what comes past messages', () => {
  it.each<[string, (part: number) => Buffer]>([
    ['one message in fragments that never ends', (part) => frame(part === 0 ? BINARY : 0, Buffer.alloc(1_000))],
    ['a text in fragments of one byte', (part) => Buffer.concat(Array.from({ length: 150 }, (_, i) => frame(part + i === 0 ? TEXT : 0, Buffer.from('4'))))],
    ['fragments with nothing in them', (part) => Buffer.concat(Array.from({ length: 150 }, (_, i) => frame(part + i === 0 ? BINARY : 0, Buffer.alloc(0))))],
    ['pings', () => frame(FIN | PING, Buffer.alloc(0))],
    ['pings with something in them', () => frame(FIN | PING, Buffer.alloc(125))],
    ['pongs that nobody asked for', () => frame(FIN | PONG, Buffer.alloc(0))],
    ['a message that claims a megabyte, byte by byte', (part) => (part === 0 ? frame(FIN | BINARY, Buffer.alloc(1_000_000)).subarray(0, 14) : Buffer.alloc(1_000))],
    ['empty texts', () => frame(FIN | TEXT, Buffer.alloc(0))],
    ['answers to engine.io’s own pings', () => frame(FIN | TEXT, Buffer.from('3'))],
  ])('of a stranger is counted and ends the connection before it is much: %s', async (_what, part) => {
    const socket = await stranger(), wire = under(socket), closed = once(socket, 'close');
    socket.on('error', () => undefined);
    let sent = 0, ended = false;
    void closed.then(() => { ended = true; });
    for (let n = 0; !ended && n < 2_000; n++) {
      const bytes = part(n);
      sent += bytes.length;
      await new Promise<void>((resolve) => { wire.write(bytes); setImmediate(resolve); });
    }
    await closed;
    expect(sent).toBeLessThan(1_000_000);
  });

  it.each<[string, Buffer]>([
    ['a compressed frame', frame(FIN | COMPRESSED | BINARY, Buffer.from('4b4c4a4e49050000', 'hex'))], ['a compressed text', frame(FIN | COMPRESSED | TEXT, Buffer.from('4b4c4a4e49050000', 'hex'))],
    ['a bit that means nothing', frame(FIN | 0x20 | BINARY, connect())], ['a kind of frame that there is not', frame(FIN | 3, connect())], ['a ping in fragments', frame(PING, Buffer.alloc(1))], ['a ping that is too long', frame(FIN | PING, Buffer.alloc(126))],
    ['a second beginning within a message', Buffer.concat([frame(BINARY, Buffer.alloc(1)), frame(BINARY, Buffer.alloc(1))])], ['the rest of no message', frame(FIN, Buffer.alloc(1))],
    ['a frame without its mask', Buffer.from([FIN | BINARY, 1, 0])], ['a text that is none', frame(FIN | TEXT, Buffer.from([0xc3, 0x28]))], ['a length of eight bytes with all bits', Buffer.from([FIN | BINARY, 0xff, ...Array<number>(8).fill(0xff), 0, 0, 0, 0])],
  ])('%s ends the connection, before the holder is known and after', async (_what, bytes) => {
    const socket = await stranger();
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    under(socket).write(bytes);
    await closed;
    const [anna, bo] = [await joined('anna', 'x1'), await joined('bo', 'x1')], gone = new Promise<string>((resolve) => anna.once('disconnect', resolve));
    under((anna.io.engine as unknown as { transport: { ws: WebSocket } }).transport.ws).write(bytes);
    expect(await gone).toMatch(/transport (close|error)/);
    expect(await bo.emitWithAck('leave', { doc: 'x1' })).toEqual({ ok: true });
  });

  it('compression is not agreed to, whatever is offered', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`, { headers: { origin: server.url }, perMessageDeflate: { clientMaxWindowBits: 15, threshold: 0 } });
    opened.push(socket);
    await once(socket, 'message');
    expect(socket.extensions).toBe('');
  });
});

describe('[G14] a connection whose session has ended', () => {
  const hello = (page: PageLike): Buffer => connect({ seat: page.user, protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION });

  async function connection(): Promise<{ page: PageLike; socket: WebSocket; received: string[] }> {
    const page = new PageLike(server.url), received: string[] = [];
    await page.enter(ids.anna);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket&group=${GROUP}`, { headers: { origin: server.url, cookie: page.cookie! } });
    opened.push(socket);
    await once(socket, 'message');
    socket.on('message', (data: Buffer) => received.push(data.toString('latin1')));
    return { page, socket, received };
  }

  it('although it was opened before, is told nothing but that, however long it takes to find out', async () => {
    const { page, socket, received } = await connection(), bo = await joined('bo', 'g1'), presences: unknown[] = [];
    bo.on('presence', ({ people }) => presences.push(people));
    await page.request('DELETE', '/api/session');
    const closed = once(socket, 'close');
    await server.beside.transaction(async (held) => {
      await held.query('LOCK TABLE session IN ACCESS EXCLUSIVE MODE');
      const admitted = once(socket, 'message');
      socket.send(hello(page));
      await admitted;
      for (let i = 0; i < 10; i++) socket.send(encoded({ type: 2, nsp: '/', data: ['join', { doc: 'g1', have: {} }], id: i }));
      for (let i = 0; i < 5; i++) expect(await bo.emitWithAck('join', { doc: 'g1', have: {} })).toMatchObject({ presence: [{ user: ids.bo }] });
    });
    await closed;
    expect(received.filter((frame) => frame.includes('rooms'))).toEqual([]);
    expect(received.some((frame) => frame.includes('signed-out'))).toBe(true);
    expect(JSON.stringify(presences)).not.toContain(ids.anna);
  });

  it('is not kept open without a socket, to be taken up later: it ends with the one that it had', async () => {
    const { page, socket } = await connection(), answered = once(socket, 'message'), bo = await joined('bo', 'g2');
    socket.send(hello(page));
    await answered;
    const next = Promise.race([once(socket, 'close').then(() => 'ended'), once(socket, 'message').then(() => 'answered')]);
    socket.send(encoded({ type: 1, nsp: '/' }));
    for (let i = 0; i < 5; i++) await bo.emitWithAck('join', { doc: 'g2', have: {} });
    socket.send(hello(page));
    expect(await next).toBe('ended');
  });
});

describe('[G11] of a member', () => {
  it.each(HOSTILE)('what breaks the bounds ends his connection and nobody else’s: %s', async (_what, frame) => {
    const [anna, bo] = [await joined('anna', 'f1'), await joined('bo', 'f1')];
    const gone = new Promise<string>((resolve) => anna.once('disconnect', resolve));
    sendRaw(anna, frame);
    expect(await gone).toMatch(/transport close|io server disconnect/);
    expect(bo.connected && await bo.emitWithAck('leave', { doc: 'f1' })).toEqual({ ok: true });
  });
});

describe('[G12] an event by the name of one of socket.io’s own', () => {
  it.each(['disconnect', 'disconnecting', 'connect', 'connection', 'error', 'newListener', 'removeListener', 'message', '', '__proto__', 'constructor', 5, { toString: 1 }, null])('is refused like any other, and changes nothing: %j', async (name) => {
    const [anna, bo] = [await joined('anna', 'e1'), await joined('bo', 'e2')];
    const refused = new Promise<void>((resolve) => { anna.io.engine.on('data', (data) => Buffer.from(data as Buffer).includes('bad-request') && resolve()); });
    sendRaw(anna, encoded({ type: 2, nsp: '/', data: [name, { doc: 'e1' }], id: 7 }));
    await refused;
    const { presence } = await bo.emitWithAck('join', { doc: 'e1', have: {} }) as Joined;
    expect(presence.map(({ user }) => user).sort()).toEqual([ids.anna, ids.bo].sort());
    expect(await anna.emitWithAck('leave', { doc: 'e1' })).toEqual({ ok: true });
  });
});
