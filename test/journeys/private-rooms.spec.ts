import type { LogName, RoomName } from '@parley/negotiation';
import type { HistoryView } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { copyDigest } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { PACE } from '../../apps/server/src/rooms/commit-loop.ts';
import { SECRET_ROOMS } from '../../libs/negotiation/test-support/secret-rooms.ts';
import { type ParleyHere, parleyHere } from '../support/parley-here.ts';
import { accepting, agreeing, append, asked, basisOf, type Person, proposals, retype, until } from '../support/person.ts';
import { answerOf, FIRST_CLIENT_ID, Names, packetOf, plain, varint } from '../support/plain-messages.ts';
import { provision } from '../support/table.ts';
import { type CastName, NAMES, type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** Everybody but Azure, whose private room it is. */
const OTHERS = ['ocHead', 'oc', 'chair', 'auditor', 'observer', 'admin'] as const;
type Other = (typeof OTHERS)[number];
type Who = CastName | 'admin';

/** Words, ids and numbers that only private work brings about. */
const WORDS = ['Kingfisher', 'Our true limit is seventy days', 'the tern nests at noon'], AFTER_REMOVAL = 'the heron is a new word', SECRET_ID = 'zqx-undisclosed';
const FIRST_CLIENT: Readonly<Record<string, number>> = Object.fromEntries(NAMES.map((name, i) => [name, FIRST_CLIENT_ID + i * 100_000_000]));
/** Where nobody but Azure writes. */
const SECRET_CLIENT = 3_900_000_000;

/** What one person was sent, as it came. */
type Heard = { readonly way: 'http' | 'socket'; readonly bytes: Uint8Array }[];

interface Played {
  readonly session: Session; readonly w: WorkingGroup;
  readonly own: { readonly words: string; readonly entry: number; readonly epoch: string } | null;
  end(): Promise<void>;
}

const DOC = 'doc-one';
/** Who ask about a room by its name, and are answered with that name as with any that nobody has. */
const COMPARING: readonly Other[] = ['oc', 'chair', 'auditor'];
const LOG = (party: string): LogName => `private:${party}`;

/** One session of the working group, to the last byte the same but for private work: `privately` tells Azure when to do some. */
class Session {
  readonly heard = {} as Record<Who, Heard>;
  /** How many messages each had been sent when the server was stopped. */
  readonly restarted: Partial<Record<Who, number>> = {};
  private readonly clients = new Map<Who, DocumentClient>();
  private readonly used = new Map<string, number>();
  private readonly sockets = new Map<Who, Socket>();

  constructor(readonly w: WorkingGroup, readonly parley: ParleyHere) {
    for (const name of [...NAMES, 'admin'] as const) {
      const heard: Heard = this.heard[name] = [];
      w[name].hears = (way, bytes) => heard.push({ way, bytes });
    }
  }

  /** Clients get ids of their own, the same in every session. */
  readonly idsFrom = (first: number) => () => {
    const n = this.used.get(String(first)) ?? 0;
    this.used.set(String(first), n + 1);
    return first + n;
  };

  async socket(name: Who): Promise<Socket> {
    const found = this.sockets.get(name);
    if (found) return found;
    const socket = await this.w[name].connected();
    this.sockets.set(name, socket);
    return socket;
  }

  /** Comes in after all who are there, who hear of it. */
  async enter(name: CastName): Promise<DocumentClient> {
    const client = await this.w[name].open(DOC, { socket: await this.socket(name), clientId: this.idsFrom(FIRST_CLIENT[name]!), rooms: SECRET_ROOMS });
    this.clients.set(name, client);
    await this.all((one) => one.presence.length === this.clients.size, `${name} is there`);
    return client;
  }

  async leave(name: CastName): Promise<void> {
    const client = this.clients.get(name)!;
    this.clients.delete(name);
    await client.stop();
    await this.all((one) => one.presence.length === this.clients.size, `${name} is gone`);
  }

  client(name: CastName): DocumentClient {
    return this.clients.get(name)!;
  }

  /** Resolves when it is so for everybody who is in the document. */
  async all(look: (client: DocumentClient) => boolean, what: string): Promise<void> {
    await Promise.all([...this.clients].map(([name, client]) => until(client, () => look(client), `${what} (${name})`)));
  }

  async type(name: CastName, work: (client: DocumentClient) => void): Promise<void> {
    const client = this.client(name);
    work(client);
    const entry = await client.saved();
    await this.all((one) => one.entry >= entry, `entry ${entry}`);
  }

  /** Joins again with what he has, as after a lost message. */
  async rejoin(name: CastName): Promise<void> {
    const client = this.client(name), told = [...this.clients.values()].map((one) => new Promise<void>((resolve) => { const off = one.on('presence', () => { off(); resolve(); }); }));
    const have = Object.fromEntries(Object.keys(client.texts()).map((room) => [room, Y.encodeStateVector(client.doc(room as RoomName)!)]));
    await asked(await this.socket(name), 'join', { doc: DOC, have });
    await Promise.all(told);
  }

  /** Compares copies that are the server's, and some that nobody has. */
  async compare(name: CastName): Promise<void> {
    const client = this.client(name), rooms = Object.fromEntries(Object.keys(client.texts()).map((room) => [room, copyDigest(client.doc(room as RoomName)!)]));
    await asked(await this.socket(name), 'compare', { doc: DOC, entry: client.entry, rooms: { ...rooms, [`secret:${this.w.delegations[0]}`]: '0'.repeat(64) } });
  }

  /** The seat ends, and everybody hears of it. */
  async removed(name: CastName, by: CastName): Promise<void> {
    const client = this.client(name), ended = new Promise<void>((resolve) => { client.on('closed', () => resolve()); });
    this.clients.delete(name);
    await this.w[by].mustOnGroup({ t: 'remove', user: this.w[name].user });
    await ended;
    await this.all((one) => one.presence.length === this.clients.size, `${name} is gone`);
  }

  async act(name: CastName, act: Parameters<Person['mustAct']>[1]): Promise<void> {
    const entry = await this.w[name].mustAct(DOC, act);
    await this.all((one) => one.entry >= entry, `entry ${entry}`);
  }

  async caret(name: CastName, id: string, anchor: number): Promise<void> {
    const client = this.client(name), caret = { room: client.ownRoom!, provision: id, key: 'en:text', anchor, head: anchor };
    client.setCaret(caret);
    await this.all((one) => one.presence.some((person) => person.user === this.w[name].user && person.caret?.anchor === anchor), `the caret of ${name}`);
  }

  /** Everything that one can ask of a document and the group by HTTP, and whatever guesses at what is private. */
  async look(name: Other, doc = DOC): Promise<void> {
    const person = this.w[name], [azure] = this.w.delegations;
    await person.request('GET', '/api/group');
    await person.request('GET', '/api/group/history');
    const { body } = await person.request<HistoryView>('GET', `/api/documents/${doc}/history?limit=500`);
    for (const { index } of (body.entries ?? []).slice(-3)) for (const at of [index, index + 1]) await person.request('GET', `/api/documents/${doc}/at/${at}`);
    await person.request('GET', `/api/documents/secret:${azure}/history`);
    await person.request('GET', `/api/documents/${doc}@${azure}/history`);
    await person.request('GET', `/api/documents/${doc}/history?log=private:${azure}`);
    await person.request('GET', '/api/health/differences');
    const socket = await this.socket(name);
    for (const room of [`secret:${azure}`, 'secret:nobody', 'nothing'] as RoomName[]) await asked(socket, 'update', { doc, room, update: new Uint8Array([0, 0]) });
    for (const log of [LOG(azure), LOG('nobody')]) {
      await asked(socket, 'join', { doc, log, have: {} });
      await asked(socket, 'compare', { doc, log, entry: 0, rooms: {} });
      await asked(socket, 'presence', { doc, log, caret: { room: `secret:${azure}`, provision: SECRET_ID, key: 'en:text', anchor: 1, head: 1 } });
      await asked(socket, 'leave', { doc, log });
    }
    await asked(socket, 'presence', { doc, caret: { room: `secret:${azure}`, provision: 'one', key: 'en:text', anchor: 1, head: 1 } });
    // A caret in a room that one may not read is none, which is told a while later: what follows must not depend on how long that took.
    await this.all((one) => one.presence.every(({ user, caret }) => user !== person.user || caret === null), `no caret of ${name}`);
    await asked(socket, 'compare', { doc, entry: 0, rooms: {} });
  }

  close(): void {
    for (const name of [...NAMES, 'admin'] as const) this.w[name].hears = null;
  }
}

/** What Azure does where nobody else looks, a little at each call. */
class Privately {
  private readonly clients: DocumentClient[] = [];
  private round = 0;
  epoch = '';

  constructor(private readonly session: Session) {}

  async work(): Promise<void> {
    const { w } = this.session, room: RoomName = `secret:${w.delegations[0]}`, open = (who: 'az' | 'azHead') => w[who].open(DOC, { log: LOG(w.delegations[0]), rooms: SECRET_ROOMS, clientId: this.session.idsFrom(SECRET_CLIENT) });
    if (this.clients.length === 0) this.clients.push(await open('az'), await open('azHead'));
    const [az, head] = this.clients as [DocumentClient, DocumentClient], n = this.round++;
    if (n === 0) az.edit([{ do: 'add', provision: provision(SECRET_ID, `${WORDS[0]!}. ${WORDS[1]!}.`, 'paragraph', '9'), after: null }]);
    else append(az, SECRET_ID, ` ${n} ${WORDS[2]!}.`);
    const entry = await az.saved();
    await until(head, () => head.entry >= entry, 'the head reads it');
    head.setCaret({ room, provision: SECRET_ID, key: 'en:text', anchor: n, head: n });
    await until(az, () => az.presence.some(({ caret }) => caret?.anchor === n && caret.room === room), 'the caret of the head');
    append(head, SECRET_ID, ` ${n}!`);
    await head.saved();
    const [joined] = [await asked<{ epoch: string }>(await w.az.connected(), 'join', { doc: DOC, log: LOG(w.delegations[0]), have: {} })];
    this.epoch = joined.epoch;
  }

  /** The one who was removed is out at once; the other goes on. */
  async workAfterRemoval(): Promise<void> {
    const [az, head] = this.clients as [DocumentClient, DocumentClient];
    if (az.status.state !== 'closed') throw new Error('whoever was removed is still there');
    append(head, SECRET_ID, ` ${AFTER_REMOVAL}.`);
    await head.saved();
  }

  async leave(): Promise<void> {
    for (const client of this.clients.splice(0)) await client.stop();
  }

  /** What is there for whoever comes again. */
  async kept(): Promise<Played['own']> {
    const { w } = this.session, room: RoomName = `secret:${w.delegations[0]}`;
    const az = await w.azHead.open(DOC, { log: LOG(w.delegations[0]), rooms: SECRET_ROOMS });
    return { words: JSON.stringify([...az.text(room).by.values()]), entry: az.entry, epoch: this.epoch };
  }
}

async function play(withPrivate: boolean): Promise<Played> {
  const parley = await parleyHere({ catalogue: SECRET_ROOMS, pace: { ...PACE, countMs: 0 }, keepEvery: 5 });
  const w = await workingGroup({}, parley), session = new Session(w, parley), hidden = new Privately(session);
  const privately = async (): Promise<void> => { if (withPrivate) await hidden.work(); };
  await w.chair.mustAct(DOC, { t: 'openDocument', title: 'One', template: 'understanding', provisions: [provision('one', 'Each side shall act within 24 hours.', 'paragraph', '1'), provision('two', 'It says why.', 'paragraph', '2')] });
  await privately();
  for (const name of ['azHead', 'az', 'ocHead', 'oc', 'chair', 'auditor', 'observer'] as const) await session.enter(name);
  await privately();
  await session.type('az', (client) => retype(client, 'one', '24 hours', 'two days'));
  await session.type('oc', (client) => append(client, 'two', ' In writing.'));
  await privately();
  await session.caret('oc', 'two', 3);
  await session.caret('az', 'one', 4);
  await privately();
  await session.act('azHead', basisOf(session.client('azHead')));
  await privately();
  await session.act('ocHead', basisOf(session.client('ocHead')));
  await session.all((client) => client.document.stage === 'negotiation', 'negotiation begins');
  await session.type('az', (client) => retype(client, 'one', 'two days', '12 hours'));
  await privately();
  await session.act('azHead', agreeing(session.client('azHead'), 'two'));
  await session.act('ocHead', accepting(session.client('ocHead'), proposals(session.client('ocHead'), 'one')[0]!));
  for (const name of OTHERS) await session.look(name);
  await privately();
  // Somebody comes back with what he has; somebody reconnects.
  await session.leave('oc');
  await privately();
  await session.enter('oc');
  await session.leave('observer');
  (await session.socket('observer')).io.engine.close();
  await new Promise<void>((resolve) => void session.socket('observer').then((socket) => (socket.connected ? resolve() : socket.once('connect', () => resolve()))));
  await privately();
  await session.enter('observer');
  await session.type('oc', (client) => append(client, 'one', ' Or sooner.'));
  await privately();
  await session.rejoin('oc');
  await session.rejoin('ocHead');
  await privately();
  // Copies are compared when nothing has been typed for ten seconds. A jump beyond what a connection waits for its next sign of life would end it.
  await parley.later(11_000);
  for (const name of COMPARING) await session.compare(name as CastName);
  await session.removed('az', 'azHead');
  if (withPrivate) await hidden.workAfterRemoval();
  await session.type('oc', (client) => append(client, 'one', ' At once.'));
  for (const name of [...NAMES].toReversed()) if (name !== 'az') await session.leave(name);
  for (const name of OTHERS) await session.look(name);
  await hidden.leave();
  for (const name of OTHERS) session.restarted[name] = session.heard[name].length;
  await parley.restart();
  // A page does so by itself; of the administrator there is only the bare socket.
  for (const name of [...NAMES, 'admin'] as const) {
    const socket = await session.socket(name);
    if (!socket.connected && name !== 'az') await new Promise<void>((resolve) => { socket.once('connect', () => resolve()).connect(); });
  }
  for (const name of OTHERS) {
    const socket = await session.socket(name);
    if (name !== 'admin') await asked(socket, 'join', { doc: DOC, have: {} });
    await session.look(name);
  }
  const own = withPrivate ? await hidden.kept() : null;
  session.close();
  return { session, own, w, end: () => w.end() };
}

/** All that one person was sent: by HTTP, by socket until the restart, and by socket after it but for who came back when. */
function messagesTo({ session, w }: Played, name: Other): Readonly<Record<'http' | 'before' | 'after', unknown[]>> {
  const names = new Names(w), heard = session.heard[name];
  const http = heard.filter(({ way }) => way === 'http').map(({ bytes }) => answerOf(Buffer.from(bytes).toString('utf8'), names));
  const frames = heard.flatMap(({ way, bytes }, at) => (way === 'socket' && bytes.length > 0 ? [{ at, length: bytes.length, said: plain(packetOf(bytes), names) as { readonly data?: readonly unknown[] } }] : []));
  return {
    http, before: frames.filter(({ at }) => at < session.restarted[name]!).map(({ length, said }) => [said, length]),
    after: frames.filter(({ at, said }) => at >= session.restarted[name]! && said.data?.[0] !== 'presence').map(({ said }) => { const { id: _count, ...rest } = said as { id?: number }; return JSON.stringify(rest).replaceAll(/"presence":\[.*?\](?=[,}])/g, ''); }),
  };
}

const allBytes = (heard: Heard): Buffer => Buffer.concat(heard.map(({ bytes }) => bytes));
describe('private work', () => {
  let secretly: Played, openly: Played;

  beforeAll(async () => {
    const drawn = Math.random;
    // Ids of the server lie apart from those of clients, and are all as long.
    vi.spyOn(Math, 'random').mockImplementation(() => 0.5 + 0.15 * drawn());
    secretly = await play(true);
    await secretly.end();
    openly = await play(false);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await openly?.end();
  });

  it('[H50] is done, told to the own party alone, and kept over a restart', () => {
    const own = allBytes(secretly.session.heard.az);
    for (const word of [...WORDS, SECRET_ID]) expect(own.includes(word)).toBe(true);
    expect(own.includes(varint(SECRET_CLIENT))).toBe(true);
    for (const word of [WORDS[1], AFTER_REMOVAL]) expect(secretly.own!.words).toContain(word);
    expect([own.includes(AFTER_REMOVAL), allBytes(secretly.session.heard.azHead).includes(AFTER_REMOVAL)]).toEqual([false, true]);
    expect(secretly.own!.entry).toBeGreaterThan(15);
  });

  it.each(OTHERS)('[H50] [G13] says nothing to others in any byte that they are sent: %s', (name) => {
    const bytes = allBytes(secretly.session.heard[name]), frames = allBytes(secretly.session.heard[name].filter(({ way }) => way === 'socket'));
    expect(bytes.length).toBeGreaterThan(5_000);
    for (const word of [...WORDS, AFTER_REMOVAL, SECRET_ID, secretly.own!.epoch]) expect([word, bytes.includes(word)]).toEqual([word, false]);
    for (let n = 0; n < 8; n++) expect(bytes.includes(varint(SECRET_CLIENT + n))).toBe(false);
    expect([frames.includes('private:'), frames.toString('latin1').split('secret:').length]).toEqual([false, 1 + (COMPARING.includes(name) ? 1 : 0)]);
  });

  it.each(OTHERS)('[H50] [H51] [W34] leaves all that others are sent as it would be without it, to the byte: %s', (name) => {
    const [one, other] = [messagesTo(secretly, name), messagesTo(openly, name)];
    expect(one.before.length + one.http.length).toBeGreaterThan(name === 'admin' ? 20 : 60);
    expect(one.http).toEqual(other.http);
    expect(one.before).toEqual(other.before);
    expect(one.after).toEqual(other.after);
  });
});
