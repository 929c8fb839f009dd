import type { LogName, RoomName } from '@parley/negotiation';
import type { HistoryView } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { copyDigest } from '@parley/text';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { PACE } from '../../apps/server/src/commit/commit-loop.ts';
import { SECRET_ROOMS } from '../../libs/negotiation/test-support/secret-rooms.ts';
import { type ParleyHere, parleyHere } from '../support/parley-here.ts';
import { accepting, agreeing, append, asked, basisOf, type Person, proposals, retype, until } from '../support/person.ts';
import { answerOf, FIRST_CLIENT_ID, Names, packetOf, plain, varint } from '../support/plain-messages.ts';
import { movesOn, SECOND_WORDS, SecondGroup } from '../support/second-group.ts';
import { provision } from '../support/rules-fixture.ts';
import { type CastName, NAMES, SEATS, type Seat } from '../support/cast.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';

/** Everybody but Azure, whose private room it is. */
const OTHERS = ['ocHead', 'oc', 'chair', 'auditor', 'observer', 'admin'] as const;
type Other = (typeof OTHERS)[number];

/** Words, ids and numbers that only private work brings about. */
const WORDS = ['Kingfisher', 'Our true limit is seventy days', 'the tern nests at noon'], AFTER_REMOVAL = 'the heron is a new word', SECRET_ID = 'zqx-undisclosed';
const FIRST_CLIENT: Readonly<Record<string, number>> = Object.fromEntries(NAMES.map((name, i) => [name, FIRST_CLIENT_ID + i * 100_000_000]));
/** Where nobody but Azure writes. */
const SECRET_CLIENT = 3_900_000_000;

/** What one person was sent, as it came. */
type Received = { readonly way: 'http' | 'socket'; readonly bytes: Uint8Array }[];

interface Played {
  readonly session: Session; readonly w: WorkingGroup;
  readonly own: { readonly words: string; readonly entry: number; readonly epoch: string } | null;
  end(): Promise<void>;
}

const DOC = 'doc-one';
/** Seat ask about a room by its name, and are answered with that name as with any that nobody has. */
const COMPARING: readonly Other[] = ['oc', 'chair', 'auditor'];
const LOG = (party: string): LogName => `private:${party}`;

/** One session of the working group, to the last byte the same but for private work: `privately` tells Azure when to do some. */
class Session {
  readonly received = {} as Record<Seat, Received>;
  /** How many messages each had been sent when the server was stopped. */
  readonly restarted: Partial<Record<Seat, number>> = {};
  private readonly clients = new Map<Seat, DocumentClient>();
  private readonly used = new Map<string, number>();
  private readonly sockets = new Map<Seat, Socket>();
  /** The id of a group in which nobody of these sits but Azure; of none, as long as it is not made. */
  elsewhere = '0'.repeat(12);

  constructor(readonly w: WorkingGroup, readonly parley: ParleyHere) {
    for (const name of SEATS) {
      const received: Received = this.received[name] = [];
      w[name].onBytes = (way, bytes) => received.push({ way, bytes });
    }
  }

  /** Clients get ids of their own, the same in every session. */
  readonly idsFrom = (first: number) => () => {
    const n = this.used.get(String(first)) ?? 0;
    this.used.set(String(first), n + 1);
    return first + n;
  };

  async socket(name: Seat): Promise<Socket> {
    const found = this.sockets.get(name);
    if (found) return found;
    const socket = await this.w[name].connected();
    this.sockets.set(name, socket);
    return socket;
  }

  /** Comes in after all who are there, who are told of it. */
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

  /** Every connection has been shown that it lives: what goes on besides moves the clock too, and together with another jump it would outlast what a connection waits for that. */
  async lives(): Promise<void> {
    const connected = [...this.sockets.values()].filter((socket) => socket.connected);
    await Promise.all(connected.map((socket) => new Promise<void>((resolve) => { socket.io.once('ping', () => resolve()); })));
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
    const client = this.client(name), notified = [...this.clients.values()].map((one) => new Promise<void>((resolve) => { const off = one.on('presence', () => { off(); resolve(); }); }));
    const have = Object.fromEntries(Object.keys(client.texts()).map((room) => [room, Y.encodeStateVector(client.doc(room as RoomName)!)]));
    await asked(await this.socket(name), 'join', { doc: DOC, have });
    await Promise.all(notified);
  }

  /** Compares copies that are the server's, and some that nobody has. */
  async compare(name: CastName): Promise<void> {
    const client = this.client(name), rooms = Object.fromEntries(Object.keys(client.texts()).map((room) => [room, copyDigest(client.doc(room as RoomName)!)]));
    await asked(await this.socket(name), 'compare', { doc: DOC, entry: client.entry, rooms: { ...rooms, [`secret:${this.w.delegations[0]}`]: '0'.repeat(64) } });
  }

  /** The seat ends, and everybody is told of it. */
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
    await person.request('GET', '');
    await person.request('GET', 'history');
    const { body } = await person.request<HistoryView>('GET', `documents/${doc}/history?limit=500`);
    for (const { index } of (body.entries ?? []).slice(-3)) for (const at of [index, index + 1]) await person.request('GET', `documents/${doc}/at/${at}`);
    await person.request('GET', `documents/secret:${azure}/history`);
    await person.request('GET', `documents/${doc}@${azure}/history`);
    await person.request('GET', `documents/${doc}/history?log=private:${azure}`);
    await person.request('GET', '/api/health/differences');
    if (name !== 'admin') await this.lookElsewhere(person);
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

  /** Everything that one can ask of a group that one has no place in. */
  private async lookElsewhere(person: Person): Promise<void> {
    const at = `/api/groups/${this.elsewhere}`;
    for (const path of ['', '/seat', '/history', `/documents/${DOC}/history`, `/documents/${DOC}/at/3`]) await person.request('GET', `${at}${path}`);
    for (const path of ['/acts', `/documents/${DOC}/acts`]) await person.request('POST', `${at}${path}`, { op: '{}', words: '{}' });
    for (const path of ['/links/look', '/links/take']) await person.request('POST', `${at}${path}`, { secret: 's'.repeat(43) });
    await person.connected({ group: this.elsewhere }).then(() => { throw new Error('let into another group'); }, () => undefined);
  }

  close(): void {
    for (const name of SEATS) this.w[name].onBytes = null;
  }
}

/** What goes on where those who are listened to do not look, a little at each call. */
interface Hidden { work(): Promise<void>; workAfterRemoval(): Promise<void>; leave(): Promise<void>; kept(): Promise<Played['own']> }

/** What Azure does in a room of its own. */
class Privately implements Hidden {
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

/** What is done in another group, in a document of the same id, by one who sits in both and by others. */
class Elsewhere implements Hidden {
  private group: SecondGroup | null = null;
  private clients: readonly [DocumentClient, DocumentClient] | null = null;
  private round = 0;

  constructor(private readonly session: Session) {}

  async work(): Promise<void> {
    if (!this.group || !this.clients) {
      // The administrator makes it in another page than the one that is listened to.
      this.group = await SecondGroup.founded(this.session.w);
      this.session.elsewhere = this.group.id;
      this.clients = await this.group.negotiates(DOC);
    }
    await movesOn(this.group, DOC, this.clients, this.round++);
  }

  /** Seat was removed from one group sits in the other as before. */
  workAfterRemoval(): Promise<void> {
    return this.work();
  }

  async leave(): Promise<void> {
    await this.group?.leave();
  }

  async kept(): Promise<Played['own']> {
    const reader = await this.group!.aki.open(DOC), [joined] = [await asked<{ epoch: string }>(await this.group!.aki.connected(), 'join', { doc: DOC, have: {} })];
    const own = { words: JSON.stringify([...reader.text('common').by.values()]), entry: reader.entry, epoch: joined.epoch };
    await this.group!.leave();
    return own;
  }
}

async function playSession(hiddenBy: ((session: Session) => Hidden) | null): Promise<Played> {
  const parley = await parleyHere({ catalogue: SECRET_ROOMS, pace: { ...PACE, countMs: 0 }, snapshotEvery: 5 });
  const w = await workingGroup({}, parley), session = new Session(w, parley), hidden = hiddenBy?.(session);
  const privately = async (): Promise<void> => {
    await hidden?.work();
    await session.lives();
  };
  await w.chair.mustAct(DOC, { t: 'openDocument', title: 'One', template: 'understanding', provisions: [provision('one', 'Each side shall act within 24 hours.', 'paragraph', '1'), provision('two', 'It says why.', 'paragraph', '2')] });
  await privately();
  for (const name of NAMES) await session.enter(name);
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
  await session.lives();
  await hidden?.workAfterRemoval();
  await session.lives();
  await session.type('oc', (client) => append(client, 'one', ' At once.'));
  for (const name of [...NAMES].toReversed()) if (name !== 'az') await session.leave(name);
  for (const name of OTHERS) await session.look(name);
  await hidden?.leave();
  for (const name of OTHERS) session.restarted[name] = session.received[name].length;
  await parley.restart();
  // A page does so by itself; of the administrator there is only the bare socket.
  for (const name of SEATS) {
    const socket = await session.socket(name);
    if (!socket.connected && name !== 'az') await new Promise<void>((resolve) => { socket.once('connect', () => resolve()).connect(); });
  }
  for (const name of OTHERS) {
    const socket = await session.socket(name);
    if (name !== 'admin') await asked(socket, 'join', { doc: DOC, have: {} });
    await session.look(name);
  }
  const own = hidden ? await hidden.kept() : null;
  session.close();
  return { session, own, w, end: () => w.end() };
}

/** All that one person was sent: by HTTP, by socket until the restart, and by socket after it but for who came back when. */
function messagesTo({ session, w }: Played, name: Other): Readonly<Record<'http' | 'before' | 'after', unknown[]>> {
  const names = new Names(w), received = session.received[name];
  const http = received.filter(({ way }) => way === 'http').map(({ bytes }) => answerOf(Buffer.from(bytes).toString('utf8'), names));
  const frames = received.flatMap(({ way, bytes }, at) => (way === 'socket' && bytes.length > 0 ? [{ at, length: bytes.length, content: plain(packetOf(bytes), names) as { readonly data?: readonly unknown[] } }] : []));
  return {
    http, before: frames.filter(({ at }) => at < session.restarted[name]!).map(({ length, content }) => [content, length]),
    after: frames.filter(({ at, content }) => at >= session.restarted[name]! && content.data?.[0] !== 'presence').map(({ content }) => { const { id: _count, ...rest } = content as { id?: number }; return JSON.stringify(rest).replaceAll(/"presence":\[.*?\](?=[,}])/g, ''); }),
  };
}

const allBytes = (received: Received): Buffer => Buffer.concat(received.map(({ bytes }) => bytes));
let openly: Played;
beforeAll(async () => {
  const drawn = Math.random;
  // Ids of the server lie apart from those of clients, and are all as long.
  vi.spyOn(Math, 'random').mockImplementation(() => 0.5 + 0.15 * drawn());
  openly = await playSession(null);
  await openly.end();
});
afterAll(() => { vi.restoreAllMocks(); });

/** To the byte the same for everybody who has no part in what was hidden. */
function sameAsOpenly(hidden: Played, name: Other): void {
  const [one, other] = [messagesTo(hidden, name), messagesTo(openly, name)];
  expect(one.before.length + one.http.length).toBeGreaterThan(name === 'admin' ? 20 : 60);
  expect(one.http).toEqual(other.http);
  expect(one.before).toEqual(other.before);
  expect(one.after).toEqual(other.after);
}

describe('private work', () => {
  let secretly: Played;
  beforeAll(async () => {
    secretly = await playSession((session) => new Privately(session));
    await secretly.end();
  });

  it('[HG50] is done, told to the own party alone, and kept over a restart', () => {
    const own = allBytes(secretly.session.received.az);
    for (const word of [...WORDS, SECRET_ID]) expect(own.includes(word)).toBe(true);
    expect(own.includes(varint(SECRET_CLIENT))).toBe(true);
    for (const word of [WORDS[1], AFTER_REMOVAL]) expect(secretly.own!.words).toContain(word);
    expect([own.includes(AFTER_REMOVAL), allBytes(secretly.session.received.azHead).includes(AFTER_REMOVAL)]).toEqual([false, true]);
    expect(secretly.own!.entry).toBeGreaterThan(15);
  });

  it.each(OTHERS)('[HG50] [G13] says nothing to others in any byte that they are sent: %s', (name) => {
    const bytes = allBytes(secretly.session.received[name]), frames = allBytes(secretly.session.received[name].filter(({ way }) => way === 'socket'));
    expect(bytes.length).toBeGreaterThan(5_000);
    for (const word of [...WORDS, AFTER_REMOVAL, SECRET_ID, secretly.own!.epoch]) expect([word, bytes.includes(word)]).toEqual([word, false]);
    for (let n = 0; n < 8; n++) expect(bytes.includes(varint(SECRET_CLIENT + n))).toBe(false);
    expect([frames.includes('private:'), frames.toString('latin1').split('secret:').length]).toEqual([false, 1 + (COMPARING.includes(name) ? 1 : 0)]);
  });

  it.each(OTHERS)('[HG50] [HG51] [W34] leaves all that others are sent as it would be without it, to the byte: %s', (name) => sameAsOpenly(secretly, name));
});

describe('another working group', () => {
  let besides: Played;
  beforeAll(async () => {
    besides = await playSession((session) => new Elsewhere(session));
    await besides.end();
  });

  it('[Z30] is at work at the same time, in a document of the same id, and kept over a restart', () => {
    expect(besides.own!.words).toContain('Hourly the kestrel hovers.');
    expect(besides.own!.words).toContain('over the moor');
    expect(besides.own!.entry).toBeGreaterThan(15);
    expect(besides.own!.epoch).not.toBe('');
  });

  it.each(OTHERS)('[Z30] says nothing to whoever has no place in it, in any byte that they are sent: %s', (name) => {
    const bytes = allBytes(besides.session.received[name]);
    for (const word of [...SECOND_WORDS, besides.session.elsewhere, besides.own!.epoch]) expect([word, bytes.includes(word)]).toEqual([word, false]);
  });

  it.each(OTHERS.filter((name) => name !== 'admin'))('[Z30] is to whoever has no place in it as one that does not exist, and leaves all that they are sent as it would be without it, to the byte: %s', (name) => sameAsOpenly(besides, name));
});
