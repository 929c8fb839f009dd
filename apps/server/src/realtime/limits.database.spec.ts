import type { Commit, Joined } from '@parley/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextEvent, PageLike } from '../../../../test/support/browser-like.ts';
import { accountsOf, outerServer } from '../../../../test/support/outer-server.ts';
import { EVENTS } from './events.ts';

const NAMES = ['admin', 'anna', 'bo'] as const;
type Name = (typeof NAMES)[number];
const MIB = 1024 * 1024, BUSY = { ok: false, reason: 'busy' };

let server: Awaited<ReturnType<typeof outerServer>>;
let ids: Record<Name, string>;
const opened: Socket[] = [];
beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  ids = await accountsOf(server, NAMES);
  server.rooms.establish({ user: ids.admin, role: 'administrator' }, { user: ids.anna, role: 'head', delegation: 'a' }, { user: ids.bo, role: 'negotiator', delegation: 'o' });
});
afterAll(() => server.close());
afterEach(() => {
  server.rooms.bringing = 0;
  for (const socket of opened.splice(0)) socket.close();
});

async function joined(name: Name, doc: string): Promise<Socket> {
  const page = new PageLike(server.url);
  await page.enter(ids[name]);
  const socket = await page.connected();
  opened.push(socket);
  expect(await socket.emitWithAck('join', { doc, have: {} })).toMatchObject({ ok: true });
  return socket;
}

const update = (socket: Socket, doc: string, bytes = 1): Promise<{ ok: boolean; reason?: string }> =>
  socket.emitWithAck('update', { doc, room: 'working', update: Buffer.alloc(bytes, 1) }) as Promise<{ ok: boolean; reason?: string }>;

/** The TCP socket below. While it is paused the other side cannot get rid of anything. */
const below = (socket: Socket): { pause(): void; resume(): void } =>
  (socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } }).transport.ws._socket;

describe('what a socket asks', () => {
  it('[G5] is done 128 requests at a time; more are busy, and are done when asked again', async () => {
    const anna = await joined('anna', 'l1');
    let go = () => undefined as void;
    server.rooms.joining = new Promise((resolve) => { go = resolve; });
    const waiting = Array.from({ length: 128 }, () => anna.emitWithAck('join', { doc: 'l1', have: {} }) as Promise<Joined>);
    expect(await update(anna, 'l1')).toEqual(BUSY);
    go();
    server.rooms.joining = Promise.resolve();
    expect((await Promise.all(waiting)).every(({ ok }) => ok)).toBe(true);
    expect(await update(anna, 'l1')).toMatchObject({ ok: true });
  });

  it('[G5] is done 400 times at once; others are not touched', async () => {
    const [anna, bo] = [await joined('anna', 'l2'), await joined('bo', 'l2')];
    const answers: { ok: boolean; reason?: string }[] = [];
    // What is allowed anew each second would be enough for a slow machine: meanwhile no second passes.
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      for (let i = 0; i < 20; i++) answers.push(...await Promise.all(Array.from({ length: 100 }, () => update(anna, 'l2'))));
    } finally {
      vi.useRealTimers();
    }
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(399);
    expect(answers).toContainEqual(BUSY);
    expect(await update(bo, 'l2')).toMatchObject({ ok: true });
  });

  it('[G5] is done in 50 documents at most: who is in one of them joins it again, and who leaves one has place for another', async () => {
    const anna = await joined('anna', 'm0'), join = (n: number): Promise<unknown> => anna.emitWithAck('join', { doc: `m${n}`, have: {} });
    for (let n = 1; n < 50; n++) expect(await join(n)).toMatchObject({ ok: true });
    expect([await join(50), await join(7)]).toMatchObject([BUSY, { ok: true }]);
    await anna.emitWithAck('leave', { doc: 'm7' });
    expect([await join(50), await join(7)]).toMatchObject([{ ok: true }, BUSY]);
  });

  it('[G5] places of a caret are taken twenty at once, then twenty a second', async () => {
    const anna = await joined('anna', 'l5'), caret = { room: 'working', provision: 'p', key: 'en:text', anchor: 1, head: 1 };
    const answers = await Promise.all(Array.from({ length: 100 }, () => anna.emitWithAck('presence', { doc: 'l5', caret }) as Promise<{ ok: boolean }>));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(20);
    expect(answers).toContainEqual(BUSY);
    expect(await update(anna, 'l5')).toMatchObject({ ok: true });
  });

  it('[G6] costs what it weighs, also when it is refused; who goes on is cut off, and comes back', async () => {
    const [anna, bo] = [await joined('anna', 'l3'), await joined('bo', 'l3')];
    const parts = [];
    for (let i = 0; i < 60; i++) parts.push(await update(anna, 'l3', 128 * 1024));
    expect(parts.every(({ ok }) => ok)).toBe(true);
    const nonsense: unknown[] = [];
    while (!nonsense.some((answer) => (answer as typeof BUSY).reason === 'busy')) nonsense.push(await anna.emitWithAck('join', { garbage: Buffer.alloc(900_000) }));
    expect(nonsense.length).toBeLessThan(20);
    const gone = nextEvent(anna, 'disconnect');
    for (let i = 0; i < 12; i++) anna.emit('nothing', Buffer.alloc(1_000_000));
    await gone;
    expect(await update(bo, 'l3')).toMatchObject({ ok: true });
    await update(await joined('anna', 'l3'), 'l3');
  });

  it('[G4] is refused by the seat before it waits for anything', async () => {
    const page = new PageLike(server.url);
    await page.enter(ids.admin);
    const socket = await page.connected();
    opened.push(socket);
    const requests = { join: { doc: 'l4', have: {} }, update: { doc: 'l4', room: 'working', update: Buffer.alloc(1) }, compare: { doc: 'l4', entry: 1, rooms: {} } };
    expect(Object.keys(EVENTS).filter((event) => EVENTS[event as keyof typeof EVENTS].requires !== 'signedIn').sort()).toEqual(Object.keys(requests).sort());
    for (const [event, request] of Object.entries(requests)) expect(await socket.emitWithAck(event, request)).toEqual({ ok: false, reason: 'not-found' });
  });
});

describe('a handshake', () => {
  it.each<[string, () => () => void]>([
    ['[G2] that fails by our own fault', () => {
      const { actorOf } = server.rooms;
      server.rooms.actorOf = () => { throw new Error('a fault of the rooms'); };
      return () => { server.rooms.actorOf = actorOf; };
    }],
    ['[H61] that comes while the group is another process’s', () => {
      server.rooms.serves = false;
      return () => { server.rooms.serves = true; };
    }],
  ])('%s breaks off, so that the client tries again by itself', async (_why, fail) => {
    const page = new PageLike(server.url);
    await page.enter(ids.anna);
    const mend = fail();
    const socket = page.socket({ reconnection: true });
    opened.push(socket);
    await new Promise((resolve) => socket.io.once('reconnect_attempt', resolve));
    expect([socket.connected, socket.active]).toEqual([false, true]);
    mend();
    await nextEvent(socket, 'connect');
  });
});

describe('a reader that does not read', () => {
  const commit = (doc: string, n: number): Commit => ({ doc, log: 'shared', after: n, notices: [{ index: n + 1, at: 1, by: 'x', kind: 'update', room: 'working', touched: [] }], rooms: { working: [new Uint8Array(MIB)] } });

  it('[G8] is cut off while it does not read, whatever it was sent is let go, and nobody else feels it', async () => {
    const [anna, bo] = [await joined('anna', 's1'), await joined('bo', 's1')], got: number[] = [];
    bo.on('commit', ({ after }: Commit) => got.push(after));
    await nextEvent(bo, 'presence');
    below(anna).pause();
    const alone = new Promise<void>((resolve) => bo.on('presence', ({ people }: { people: unknown[] }) => people.length === 1 && resolve()));
    for (let n = 0; n < 24; n++) {
      server.rooms.commit(commit('s1', n));
      await expect.poll(() => got.length, { interval: 1, timeout: 10_000 }).toBe(n + 1);
    }
    await alone;
    expect(got).toEqual(Array.from({ length: 24 }, (_, n) => n));
    const gone = nextEvent(anna, 'disconnect');
    below(anna).resume();
    expect(await gone).not.toBe('io server disconnect');
    expect(anna.active, 'it comes back by itself').toBe(true);
  });

  it('[G7] is not answered more while it has enough to read', async () => {
    const [anna, bo] = [await joined('anna', 's2'), await joined('bo', 's2')];
    below(anna).pause();
    for (let n = 0; n < 7; n++) server.rooms.commit(commit('s2', n));
    const answer = anna.emitWithAck('join', { doc: 's2', have: {} });
    await update(bo, 's2');
    below(anna).resume();
    expect(await answer).toEqual(BUSY);
  });

  it('[G7] a large answer that was asked for is no reason to go', async () => {
    server.rooms.bringing = 12 * MIB;
    const anna = await joined('anna', 's3'), answer = anna.emitWithAck('join', { doc: 's3', have: {} }) as Promise<Joined>;
    below(anna).pause();
    // Two looks at the connections lie in it.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    below(anna).resume();
    expect((await answer).ok).toBe(true);
    expect(anna.connected).toBe(true);
  });

  it('[G10] is closed no later than others when its access ends', async () => {
    const [anna, bo] = [await joined('anna', 's4'), await joined('bo', 's4')];
    await nextEvent(bo, 'presence');
    below(anna).pause();
    for (let n = 0; n < 6; n++) server.rooms.commit(commit('s4', n));
    const alone = new Promise<void>((resolve) => bo.on('presence', ({ people }: { people: unknown[] }) => people.length === 1 && resolve()));
    server.rooms.reseat(ids.anna, null);
    // It has not begun to read again: it goes while it holds back.
    await alone;
    const gone = nextEvent(anna, 'disconnect');
    below(anna).resume();
    await gone;
    server.rooms.establish({ user: ids.admin, role: 'administrator' }, { user: ids.anna, role: 'head', delegation: 'a' }, { user: ids.bo, role: 'negotiator', delegation: 'o' });
  });
});
