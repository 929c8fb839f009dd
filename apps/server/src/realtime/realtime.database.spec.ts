import { type Joined, type Presence, PROTOCOL_VERSION, type Commit } from '@parley/protocol';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HandshakeOverrides } from '../../../cli/src/page.ts';
import { nextEvent, PageLike } from '../../../../test/support/browser-like.ts';
import { REFUSED_BY_THE_VALIDATOR } from '../../../../test/support/fake-rooms.ts';
import { accountsOf, outerServer } from '../../../../test/support/outer-server.ts';

type Server = Awaited<ReturnType<typeof outerServer>>;
const NAMES = ['admin', 'anna', 'bo', 'audit', 'guest'] as const;
type Name = (typeof NAMES)[number];

let server: Server;
let ids: Record<Name, string>;
const opened: Socket[] = [];

beforeAll(async () => {
  server = await outerServer({ PARLEY_DEMO: 'on' });
  ids = await accountsOf(server, NAMES);
});
afterAll(() => server.close());

/** The guest is proposed. */
function seat(): void {
  server.rooms.establish(
    { user: ids.admin, role: 'administrator' }, { user: ids.anna, role: 'head', delegation: 'a' }, { user: ids.bo, role: 'negotiator', delegation: 'o' },
    { user: ids.audit, role: 'auditor' });
  server.rooms.state = { ...server.rooms.state, proposed: { [ids.guest]: { user: ids.guest, role: 'observer', by: ids.admin, at: 0, accepted: {} } } };
}
beforeAll(seat);
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
  seat();
});

async function page(name: Name): Promise<PageLike> {
  const made = new PageLike(server.url);
  await made.enter(ids[name]);
  return made;
}

async function socketOf(who: Name | PageLike, overrides: HandshakeOverrides = {}): Promise<Socket> {
  const socket = await (typeof who === 'string' ? await page(who) : who).connected(overrides);
  opened.push(socket);
  return socket;
}

async function joined(name: Name, doc = 'd1'): Promise<Socket> {
  const socket = await socketOf(name);
  expect(await socket.emitWithAck('join', { doc, have: {} })).toMatchObject({ ok: true });
  return socket;
}

const commit = (doc = 'd1'): Commit => {
  // A part of a larger memory, as Yjs makes them.
  const whole = new TextEncoder().encode('secret words around');
  return { doc, log: 'shared', after: 6, notices: [{ index: 7, at: 1, by: 'x', kind: 'update', room: 'working', touched: ['p'] }], rooms: { working: [whole.subarray(7, 12)] } };
};
const caret = { room: 'working', provision: 'p', key: 'en:text', anchor: 1, head: 1 } as const;

describe('a socket is opened', () => {
  it.each([['another', 'https://evil.example'], ['no', null], ['an opaque', 'null']])('not from %s origin', async (_case, origin) => {
    await expect(socketOf('anna', { origin })).rejects.toThrow();
  });

  it.each([
    ['without a cookie', { cookie: null }, 'signed-out'],
    ['with a cookie that was made up', { cookie: '__Host-sid=s%3Aabc.def' }, 'signed-out'],
    ['without saying who', { auth: {} }, 'bad-request'],
    ['by an older page', { auth: { seat: 'HERE', protocol: 0, schema: 1 } }, 'old-page'],
    ['by a page of another shape of rooms', { auth: { seat: 'HERE', protocol: PROTOCOL_VERSION, schema: 99 } }, 'old-page'],
  ])('not %s', async (_case, overrides, refusal) => {
    const anna = await page('anna');
    const auth = 'auth' in overrides && 'seat' in overrides.auth ? { ...overrides.auth, seat: anna.user } : 'auth' in overrides ? overrides.auth : undefined;
    await expect(socketOf(anna, { ...overrides, ...(auth && { auth }) } as never)).rejects.toMatchObject({ data: { refusal } });
  });

  it('not in another namespace', async () => {
    await expect(socketOf('anna', { namespace: '/admin' })).rejects.toThrow('Invalid namespace');
  });

  it('not for the seat of a page that was loaded for somebody else', async () => {
    const anna = await page('anna');
    await expect(socketOf(anna, { auth: { seat: ids.bo, protocol: PROTOCOL_VERSION, schema: 1 } })).rejects.toMatchObject({ data: { refusal: 'seat-changed', who: 'ANNA' } });
  });

  it('[Z30] not by a person without a place in the group', async () => {
    server.rooms.state = { ...server.rooms.state, proposed: {} };
    await expect(socketOf('guest')).rejects.toMatchObject({ data: { refusal: 'not-found' } });
  });

  it('by a person who is proposed for a seat, who joins nothing', async () => {
    const guest = await socketOf('guest');
    expect(await guest.emitWithAck('join', { doc: 'd1', have: {} })).toEqual({ ok: false, reason: 'not-found' });
    await guest.emitWithAck('presence', { doc: 'd1', caret });
  });
});

describe('what a socket asks', () => {
  it.each([
    ['an unknown event', 'constructor', {}], ['another unknown event', 'perform', { doc: 'd1' }],
    ['nothing', 'join', undefined], ['null', 'join', null], ['a field too many', 'join', { doc: 'd1', have: {}, user: 'x' }],
    ['what no room is called', 'update', { doc: 'd1', room: 'private/a', update: Buffer.from([1]) }],
    ['words for bytes', 'update', { doc: 'd1', room: 'working', update: 'AQID' }],
    ['numbers for bytes', 'update', { doc: 'd1', room: 'working', update: [1, 2, 3] }],
    ['an id that is none', 'leave', { doc: '../d1' }],
  ])('is refused when it is %s', async (_case, event, payload) => {
    const anna = await socketOf('anna');
    expect(await anna.timeout(2_000).emitWithAck(event, payload)).toEqual({ ok: false, reason: 'bad-request' });
  });

  it('is answered even when the rooms fail, and the server lives', async () => {
    const anna = await joined('anna');
    expect(await anna.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.alloc(0) })).toEqual({ ok: false, reason: 'server-error' });
    expect(await anna.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([1]) })).toMatchObject({ ok: true, entry: 8 });
  });

  it('is done in the name of its session, with bytes as they were sent', async () => {
    const anna = await joined('anna');
    await anna.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([1, 2, 3]) });
    for (const { user, request } of server.rooms.updates.slice(-1)) {
      expect(user).toBe(ids.anna);
      expect(Object.getPrototypeOf(request.update)).toBe(Uint8Array.prototype);
      expect([...request.update]).toEqual([1, 2, 3]);
    }
  });

  it('[Z16] that the validator refuses is logged with its rule and what it saw, of which the asker is told nothing', async () => {
    const anna = await joined('anna'), lines: string[] = [], write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => { lines.push(String(line)); return true; });
    try {
      expect(await anna.emitWithAck('update', { doc: 'd1', room: 'working', update: Buffer.from([REFUSED_BY_THE_VALIDATOR]) })).toEqual({ ok: false, reason: 'too-long' });
      const logged = lines.map((line) => JSON.parse(line) as object).find((line) => 'event' in line && line.event === 'update refused');
      expect(logged).toMatchObject({ user: ids.anna, rule: 'too-long', violation: 'D22', detail: 'too much work to place', doc: 'd1', room: 'working' });
    } finally {
      write.mockRestore();
    }
  });

  it('is answered with the bytes meant and none of the memory around them', async () => {
    const anna = await socketOf('anna');
    const answer = await anna.emitWithAck('join', { doc: 'd1', have: { working: Buffer.from([4, 5]) } }) as Joined;
    expect([...answer.rooms.working!.vector]).toEqual([0, 1, 2]);
    expect(answer.rooms.working!.updates.map((update) => [...update])).toEqual([[4, 5]]);
    expect(answer).toMatchObject({ entry: 7, presence: [{ user: ids.anna, caret: null }] });
  });
});

describe('what the rooms commit', () => {
  it('reaches who is in the document, as it is', async () => {
    const [anna, bo, audit] = [await joined('anna'), await joined('bo'), await joined('audit', 'd2')];
    const elsewhere: unknown[] = [];
    audit.on('commit', (message) => elsewhere.push(message));
    const both = Promise.all([nextEvent<Commit>(anna, 'commit'), nextEvent<Commit>(bo, 'commit')]);
    server.rooms.commit(commit());
    for (const message of await both) {
      expect(message).toMatchObject({ doc: 'd1', log: 'shared', after: 6, notices: [{ index: 7 }] });
      expect(Buffer.from(message.rooms.working![0]!).toString()).toBe('words');
    }
    await audit.emitWithAck('leave', { doc: 'nowhere' });
    expect(elsewhere).toEqual([]);
  });

  it('[W20] reaches nobody who has left', async () => {
    const anna = await joined('anna');
    await anna.emitWithAck('leave', { doc: 'd1' });
    const received: unknown[] = [];
    anna.on('commit', (message) => received.push(message));
    server.rooms.commit(commit());
    await anna.emitWithAck('leave', { doc: 'd1' });
    expect(received).toEqual([]);
  });

  it('[W16] asks to join again what was rebuilt', async () => {
    const anna = await joined('anna');
    const rejoin = nextEvent(anna, 'rejoin');
    server.rooms.rebuild('d1');
    expect(await rejoin).toEqual({ doc: 'd1', log: 'shared' });
  });

  it('[W20] says to all with a seat that the group moved', async () => {
    const [anna, guest] = [await socketOf('anna'), await socketOf('guest')];
    const news: unknown[] = [];
    guest.on('group', (message) => news.push(message));
    const moved = nextEvent(anna, 'group');
    server.rooms.moved({ index: 5, seats: false });
    expect(await moved).toEqual({ index: 5 });
    await guest.emitWithAck('leave', { doc: 'd1' });
    expect(news).toEqual([]);
  });
});

describe('presence', () => {
  it('[Z11] is of the socket’s own user, whatever it says, and goes with it', async () => {
    const [anna, bo] = [await joined('anna', 'p1'), await joined('bo', 'p1')];
    await settledPresence(bo);
    bo.emit('presence', { doc: 'p1', caret, user: ids.anna });
    anna.emit('presence', { doc: 'p1', caret });
    expect(await receivedPeople(bo)).toEqual([{ user: ids.anna, caret }, { user: ids.bo, caret: null }]);
    anna.disconnect();
    expect(await receivedPeople(bo)).toEqual([{ user: ids.bo, caret: null }]);
  });

  it('is not of documents one is not in', async () => {
    const [anna, bo] = [await joined('anna', 'p2'), await joined('bo', 'p3')];
    await settledPresence(bo);
    anna.emit('presence', { doc: 'p3', caret });
    bo.emit('presence', { doc: 'p3', caret });
    expect(await receivedPeople(bo)).toEqual([{ user: ids.bo, caret }]);
  });

  it('[Z11] shows no caret of who never writes', async () => {
    const [audit, bo] = [await joined('audit', 'p4'), await joined('bo', 'p4')];
    await settledPresence(bo);
    audit.emit('presence', { doc: 'p4', caret });
    bo.emit('presence', { doc: 'p4', caret });
    expect(await receivedPeople(bo)).toEqual([{ user: ids.audit, caret: null }, { user: ids.bo, caret }]);
  });

  it('[Z11] shows no caret in what another party writes, nor in what nobody does', async () => {
    const [anna, bo] = [await joined('anna', 'p6'), await joined('bo', 'p6')];
    await settledPresence(bo);
    for (const room of ['position:a', 'common', 'position:chair', 'position:nobody', 'secret:a']) {
      await bo.emitWithAck('presence', { doc: 'p6', caret: { ...caret, room } });
      const people = receivedPeople(bo);
      anna.emit('presence', { doc: 'p6', caret: { ...caret, room: 'position:a' } });
      expect([room, await people]).toEqual([room, [{ user: ids.anna, caret: { ...caret, room: 'position:a' } }, { user: ids.bo, caret: null }]]);
    }
    bo.emit('presence', { doc: 'p6', caret: { ...caret, room: 'position:o' } });
    expect((await receivedPeople(bo))[1]).toEqual({ user: ids.bo, caret: { ...caret, room: 'position:o' } });
  });

  it('is told at most every 80 ms, with the latest of each', async () => {
    const [anna, bo] = [await joined('anna', 'p5'), await joined('bo', 'p5')];
    await settledPresence(bo);
    const messages: unknown[] = [];
    bo.on('presence', (message) => messages.push(message));
    for (let n = 1; n <= 15; n++) anna.emit('presence', { doc: 'p5', caret: { ...caret, anchor: n } });
    const people = await receivedPeople(bo);
    expect(people[0]!.caret!.anchor).toBe(15);
    expect(messages.length).toBe(1);
  });

  const receivedPeople = async (socket: Socket) => (await nextEvent<{ people: Presence[] }>(socket, 'presence')).people;
  /** Lets what was under way be told first. */
  const settledPresence = (_socket: Socket) => pause(200);
});

describe('when access changes', () => {
  const ends = (socket: Socket) => Promise.all([nextEvent<{ reason: string }>(socket, 'closing'), nextEvent(socket, 'disconnect')]).then(([{ reason }]) => reason);

  it('the sockets of who was removed are closed, and nobody else’s', async () => {
    const [anna, bo] = [await joined('anna'), await joined('bo')];
    const end = ends(bo);
    server.rooms.reseat(ids.bo, null);
    server.rooms.commit(commit());
    expect(await end).toBe('access-changed');
    expect(anna.connected).toBe(true);
  });

  it('so are those of who has another role or delegation', async () => {
    for (const other of [{ user: ids.bo, role: 'observer' }, { user: ids.bo, role: 'negotiator', delegation: 'a' }] as const) {
      seat();
      const bo = await joined('bo');
      const end = ends(bo);
      server.rooms.reseat(ids.bo, other);
      expect(await end).toBe('access-changed');
    }
  });

  it('a removal while a socket joins is not missed', async () => {
    const bo = await socketOf('bo');
    let go = () => undefined as void;
    server.rooms.joining = new Promise((resolve) => { go = resolve; });
    const end = ends(bo);
    void bo.emitWithAck('join', { doc: 'd1', have: {} }).catch(() => undefined);
    await pause(50);
    server.rooms.reseat(ids.bo, null);
    go();
    server.rooms.joining = Promise.resolve();
    expect(await end).toBe('access-changed');
  });

  it('[Z21] the sockets of a seat that falls asleep are closed; those that are opened while it sleeps ask nothing and are told nothing', async () => {
    const [anna, bo] = [await joined('anna'), await joined('bo')], end = ends(bo), { state } = server.rooms;
    server.rooms.state = { ...state, asleep: { [ids.bo]: { since: 1, by: ids.admin, link: 'x', renewed: null, wakesAt: null, confirmed: {} } } };
    server.rooms.moved({ index: 2, seats: true });
    expect(await end).toBe('access-changed');
    const asleep = await socketOf('bo'), received: unknown[] = [];
    asleep.onAny((event) => received.push(event));
    for (const [event, request] of [['join', { doc: 'd1', have: {} }], ['join', { doc: 'none', have: {} }], ['update', { doc: 'd1', room: 'position:o', update: Buffer.from([1]) }], ['compare', { doc: 'd1', entry: 1, rooms: {} }]] as const) {
      expect([event, await asleep.emitWithAck(event, request)]).toEqual([event, { ok: false, reason: 'seat-sleeps' }]);
    }
    const woken = new Promise((resolve) => anna.on('group', (news) => news.index === 3 && resolve(news)));
    server.rooms.moved({ index: 3, seats: false });
    server.rooms.commit(commit());
    expect(await woken).toEqual({ index: 3 });
    await asleep.emitWithAck('presence', { doc: 'd1', caret });
    expect(received).toEqual([]);
    // Awake again it is news to that socket.
    const news = nextEvent(asleep, 'group');
    server.rooms.state = state;
    server.rooms.moved({ index: 4, seats: true });
    expect(await news).toEqual({ index: 4 });
  });

  it('[H60] [H61] where the group is another process’s, what is asked is answered so and not done, and nobody is told who comes and goes', async () => {
    const [anna, bo] = [await joined('anna', 'p7'), await joined('bo', 'p7')], gone: unknown[] = [], done = server.rooms.updates.length;
    bo.on('presence', ({ people }: { people: Presence[] }) => people.length === 1 && gone.push(people));
    await pause(200);
    gone.splice(0);
    server.rooms.serves = false;
    try {
      for (const [event, request] of [['join', { doc: 'p7', have: {} }], ['update', { doc: 'p7', room: 'working', update: Buffer.from([1]) }], ['presence', { doc: 'p7', caret: null }]] as const) {
        expect([event, await anna.emitWithAck(event, request)]).toEqual([event, { ok: false, reason: 'elsewhere' }]);
      }
      anna.disconnect();
      await pause(200);
      expect([gone, server.rooms.updates.length]).toEqual([[], done]);
    } finally {
      server.rooms.serves = true;
    }
  });

  it('who is given a seat stays and is told of the group', async () => {
    const guest = await socketOf('guest');
    const news = nextEvent(guest, 'group');
    server.rooms.reseat(ids.guest, { user: ids.guest, role: 'observer' });
    expect(await news).toEqual({ index: 1 });
    expect(await guest.emitWithAck('join', { doc: 'd1', have: {} })).toMatchObject({ ok: true });
  });

  it('[G10] a session that has run out closes its sockets', async () => {
    const anna = await joined('anna'), end = ends(anna);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 13 * 60 * 60_000 });
    try {
      expect(await end).toBe('signed-out');
    } finally {
      vi.useRealTimers();
    }
  });

  it('[Z4] signing out closes the sockets of that session only', async () => {
    const [here, there] = [await page('anna'), await page('anna')];
    const [mine, other] = [await socketOf(here), await socketOf(there)];
    const end = ends(mine);
    await here.request('DELETE', '/api/session');
    expect(await end).toBe('signed-out');
    expect(other.connected).toBe(true);
  });
});
