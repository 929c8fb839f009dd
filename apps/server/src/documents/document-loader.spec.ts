import type { DocumentState, RoomName } from '@parley/negotiation';
import { leafHash } from '@parley/ledger';
import type { SentAct } from '@parley/protocol';
import { writeAct } from '@parley/protocol';
import { validateUpdate, readText, textAt, textDigest, writeEdits } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import * as Y from 'yjs';
import { suggested } from '../../../../test/campaign/acting.ts';
import { Forger } from '../../../../test/campaign/forger.ts';
import { type TypingSeat, RandomTypist, TypedWords } from '../../../../test/campaign/words.ts';
import { MemorySnapshots } from '../../../../test/support/memory-snapshots.ts';
import { MemoryRecordStore, subjectOf } from '../../../../test/support/memory-record.ts';
import { RoomsFixture, type Client, SALT } from '../../../../test/support/rooms-fixture.ts';
import { logger } from '../logger.ts';
import { seeded } from '../../../../libs/text/test-support/seeded.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { StoredSnapshot } from '../record/snapshot.store.ts';
import { SNAPSHOT_VERSION } from './snapshot.ts';
import { type LoadedDocument, DocumentLoader } from './document-loader.ts';
import { cases, someOf } from '../../../../libs/text/test-support/cases.ts';

const PACE = { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 5] as const };

/** Every snapshot that was ever written, checked against the record at the very moment. */
class CheckedSnapshots extends MemorySnapshots {
  readonly all: { readonly doc: string; readonly state: StoredSnapshot }[] = [];

  constructor(private readonly record: MemoryRecordStore) {
    super();
  }

  override async write(logId: string, doc: string, state: StoredSnapshot): Promise<void> {
    const entry = this.record.entries[state.index];
    if (!entry || subjectOf(entry.leaf) !== doc || Buffer.compare(entry.leafHash, state.leafHash) !== 0) throw new Error(`[HD21] the state at ${state.index} is ahead of the record`);
    this.all.push({ doc, state });
    await super.write(logId, doc, state);
  }
}

/** A record that says from where it was read. */
class Read extends MemoryRecordStore {
  readonly from: number[] = [];

  override async entriesOf(...args: Parameters<MemoryRecordStore['entriesOf']>): ReturnType<MemoryRecordStore['entriesOf']> {
    if (args[1] !== GROUP_SUBJECT) this.from.push(args[2]);
    return super.entriesOf(...args);
  }
}

let logged: MockInstance;
beforeEach(() => { logged = vi.spyOn(logger, 'failed').mockImplementation(() => undefined); });
afterEach(() => { logged.mockRestore(); });
const events = () => logged.mock.calls.map(([event]) => event as string);

/** People of all seats at work on a document, several at the same time, and their acts. */
class Work {
  private readonly typedWords = new TypedWords();
  private acts = 0;

  constructor(readonly fixture: RoomsFixture, private readonly random: () => number) {}

  async round(doc: string): Promise<void> {
    const clients = await Promise.all(['ann', 'ben', 'anna', 'bo', 'mo'].filter(() => this.random() < 0.7).map((user) => this.fixture.client(user, doc)));
    for (let i = 0; i < 4; i++) {
      const typed = clients.filter(() => this.random() < 0.7).map((client) => ({ client, update: this.typed(client) }));
      await Promise.all(typed.map(({ client, update }) => (update ? client.send(this.roomOf(client), update) : null)));
    }
    for (const client of clients) if (this.random() < 0.5) await this.act(client, doc);
  }

  typed(client: Client): Uint8Array | null {
    const room = this.roomOf(client), before = client.text(room);
    const seat: TypingSeat = { ownRoom: room, doc: (name) => client.room(name), text: (name) => client.text(name), edit: (edits) => writeEdits(client.room(room), edits, this.random) };
    const update = client.edit(room, () => void new RandomTypist(this.typedWords, client.user, this.random).work(seat));
    return before === undefined || update.length <= 2 ? null : update;
  }

  roomOf(client: Client): RoomName {
    const party = { ann: 'a', anna: 'a', ben: 'b', bo: 'b' }[client.user] ?? 'chair';
    return client.docs.has('common') ? `position:${party}` : 'working';
  }

  private async act(client: Client, doc: string): Promise<void> {
    const { actor, document, group } = await client.join();
    const texts = () => Object.fromEntries([...client.docs.keys()].map((room) => [room, client.text(room)]));
    const act = suggested({ actor, document, group, texts, text: (room) => client.text(room) }, this.random);
    if (act) await this.fixture.rooms.perform(client.user, doc, writeAct({ v: 1, id: `act-${this.acts++}`, doc, ...act }, SALT) as SentAct);
  }
}

/** All that a document is, as a value. */
function whole({ replay, position: mark }: LoadedDocument): unknown {
  const rooms = [...replay.docs].map(([name, doc]) => [name, readText(doc), Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex'), Buffer.from(Y.encodeStateVector(doc)).toString('hex')]);
  const { document, last, lastAt, openedAt, lastEdits, owners } = replay;
  const writers = new Set([...replay.docs.values()].flatMap((doc) => [...doc.store.clients.keys()]));
  const bound = owners.of(writers).sort(([a], [b]) => a - b);
  if (bound.length !== writers.size) throw new Error('somebody wrote under an id that is nobody’s');
  return { document, last, lastAt, openedAt, lastEdits, mark, rooms, bound };
}

const opening = (fixture: RoomsFixture, snapshots = new MemorySnapshots()) => new DocumentLoader(fixture.log, snapshots);
const only = (doc: string, state: StoredSnapshot): MemorySnapshots => {
  const snapshots = new MemorySnapshots();
  snapshots.states.set(doc, state);
  return snapshots;
};

async function history(seed: number, rounds: number): Promise<{ fixture: RoomsFixture; snapshots: CheckedSnapshots; random: () => number; work: Work }> {
  const random = seeded(seed), record = new MemoryRecordStore(), snapshots = new CheckedSnapshots(record);
  const fixture = await new RoomsFixture(record, { pace: PACE, openDocuments: 1, snapshotEvery: 7 }, snapshots).established();
  for (const doc of ['d', 'e']) await fixture.opened(doc, 'Each side shall act.', 'Within 24 hours 知情 🤝.', '', 'To be torn up.');
  const work = new Work(fixture, random);
  for (let i = 0; i < rounds; i++) {
    if (i === rounds >> 2) await begun(fixture);
    await work.round(random() < 0.8 ? 'd' : 'e');
  }
  return { fixture, snapshots, random, work };
}

/** One of the heads may have accepted already. */
async function begun(fixture: RoomsFixture): Promise<void> {
  const reader = await fixture.client('udo', 'd');
  if (reader.docs.has('common')) return;
  const digest = textDigest(reader.text('working'));
  for (const user of ['anna', 'bo']) await fixture.perform(user, { doc: 'd', t: 'acceptAsBasis', digest }).catch(() => undefined);
}

describe('a document opened from a snapshot', () => {
  it.each(someOf([1, 2, 3, 4, 5, 6]))('[HD19] [HD21] at any entry is the one that all its entries make, seed %i', async (seed) => {
    const { fixture, snapshots } = await history(seed, 16);
    expect(snapshots.all.length).toBeGreaterThan(10);
    expect(events()).toEqual([]);
    for (const doc of ['d', 'e']) {
      const wanted = whole(await opening(fixture).load(doc));
      for (const { state } of snapshots.all.filter((one) => one.doc === doc)) {
        const opened = await opening(fixture, only(doc, state)).load(doc);
        expect(whole(opened)).toEqual(wanted);
        expect(opened.tail).toBe((await fixture.log.page(doc, state.index + 1, 10_000)).length);
      }
    }
    const stages = snapshots.all.map(({ doc, state }) => [doc, state.index]);
    expect(new Set(stages.map(String)).size).toBe(stages.length);
  });

  it.each(someOf([11, 12, 13]))('[HD19] decides honest and forged updates as the replayed one does, seed %i', async (seed) => {
    const { fixture, snapshots, random, work } = await history(seed, 8);
    const { state } = snapshots.all.filter((one) => one.doc === 'd')[Math.floor(random() * 4)]!;
    const [one, other] = [await opening(fixture).load('d'), await opening(fixture, only('d', state)).load('d')];
    const counts = { passed: 0, refused: 0 };
    for (const user of ['ann', 'ben', 'mo']) {
      const client = await fixture.client(user, 'd');
      const room = work.roomOf(client);
      const docs = [one, other].map(({ replay }) => replay.docs.get(room)!);
      const forger = new Forger(random, client.room(room));
      for (let i = 0; i < cases(150); i++) {
        const honest = work.typed(client);
        if (!honest) continue;
        for (const update of [forger.forge(honest), forger.forge(honest), honest]) {
          const verdicts = [one, other].map(({ replay }, n) => validateUpdate(docs[n]!, update, { mayWriteAs: (id) => replay.owners.mayWriteAs(id, user) }));
          expect(verdicts[0]).toEqual(verdicts[1]);
          if (update === honest) expect(verdicts[0]).toMatchObject({ ok: true });
          if (!verdicts[0]!.ok) counts.refused += 1;
        }
        counts.passed += 1;
        const tidied = docs.map((doc) => {
          const written: Uint8Array[] = [];
          doc.on('update', (update: Uint8Array) => void written.push(update));
          Y.applyUpdate(doc, honest);
          return written;
        });
        expect(tidied[0]).toEqual(tidied[1]);
        for (const update of tidied[0]!) Y.applyUpdate(client.room(room), update);
      }
    }
    expect(counts.passed).toBeGreaterThan(cases(200));
    expect(counts.refused).toBeGreaterThan(cases(200));
  });

  it('[HD19] still knows whose client ids are whose, and what each act has settled', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 1 }, snapshots).established();
    await fixture.opened('d', 'One.', 'Two.');
    const ann = await fixture.client('ann', 'd');
    await ann.type('working', 'p1', 0, 'a');
    await fixture.basis('d');
    await fixture.agree('anna', 'd', 'p2');
    const again = await new RoomsFixture(record, {}, snapshots).start();
    const ben = await again.client('ben', 'd');
    const { document, lastEdits } = await ben.join();
    expect(document.settled.p2!.consents.a!.user).toBe('anna');
    expect(lastEdits.working?.p1?.by).toBe('ann');
    ben.room('position:b').clientID = ann.room('working').clientID;
    expect(await ben.type('position:b', 'p1', 0, 'x')).toMatchObject({ ok: false, reason: 'foreign-update' });
  });

  it.each(someOf([21, 22, 23]))('[HD22] answers who joins before anything is built as it does afterwards, whatever they have, seed %i', async (seed) => {
    const { fixture, snapshots, random } = await history(seed, 6);
    const { state } = snapshots.all.filter((one) => one.doc === 'd').at(-2)!;
    const early = await fixture.client('udo', 'd');
    const work = new Work(fixture, random);
    for (let i = 0; i < 3; i++) await work.round('d');
    const server = await new RoomsFixture(fixture.store, { pace: PACE }, only('d', state)).start();
    const tail = await fixture.log.page('d', state.index + 1, 10_000);
    const first = await server.rooms.join('udo', { doc: 'd', have: {} });
    if (!first.ok) throw new Error(first.reason);
    const pieces = (room: string) => tail.flatMap((entry) => entry.writes.filter((write) => write.room === room)).length;
    for (const [room, given] of Object.entries(first.rooms)) expect(given!.updates.length - pieces(room), room).toBe(1);
    const have = Object.fromEntries([...early.docs].map(([room, doc]) => [room, Y.encodeStateVector(doc)]));
    const behind = await server.rooms.join('udo', { doc: 'd', have });
    if (!behind.ok) throw new Error(behind.reason);
    const mo = await server.client('mo', 'd');
    await mo.type(work.roomOf(mo), mo.text(work.roomOf(mo)).list[0]!, 0, '.');
    await mo.send(work.roomOf(mo), mo.edit(work.roomOf(mo), (doc) => writeEdits(doc, [{ do: 'splice', id: mo.text(work.roomOf(mo)).list[0]!, key: 'en:text', from: 0, to: 1, insert: [] }], random)));
    const after = await server.rooms.join('udo', { doc: 'd', have: {} });
    if (!after.ok) throw new Error(after.reason);
    for (const name of Object.keys(after.rooms) as RoomName[]) {
      const [fresh, late, built] = [new Y.Doc(), early.docs.get(name) ?? new Y.Doc(), new Y.Doc()];
      for (const [doc, { updates }] of [[fresh, first.rooms[name]!], [late, behind.rooms[name]!], [built, after.rooms[name]!]] as const) doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
      expect(Buffer.compare(first.rooms[name]!.vector, Y.encodeStateVector(fresh))).toBe(0);
      expect(Y.equalSnapshots(Y.snapshot(fresh), Y.snapshot(late)), name).toBe(true);
      expect(readText(fresh)).toEqual(readText(late));
      expect(readText(built)).toEqual(readText(fresh));
      if (name !== work.roomOf(mo)) expect(Y.equalSnapshots(Y.snapshot(fresh), Y.snapshot(built)), name).toBe(true);
    }
  });

  it('[HD22] brings deletions to who has all the rest, and sends nothing else again', async () => {
    const { fixture, snapshots } = await snapshotEachEntry();
    const away = new Y.Doc();
    Y.applyUpdate(away, Y.encodeStateAsUpdate((await fixture.client('udo', 'd')).room('working')));
    const ann = await fixture.client('ann', 'd');
    await ann.send('working', ann.edit('working', (doc) => textAt(doc, 'p1', 'en:text')!.delete(0, 2)));
    const server = await new RoomsFixture(fixture.store, { pace: PACE }, snapshots).start();
    const joined = await server.rooms.join('udo', { doc: 'd', have: { working: Y.encodeStateVector(away) } });
    if (!joined.ok) throw new Error(joined.reason);
    const { updates } = joined.rooms.working!;
    expect(updates.map((update) => Y.decodeUpdate(update).structs.length)).toEqual([0]);
    for (const update of updates) Y.applyUpdate(away, update);
    expect(readText(away)).toEqual(ann.text('working'));
  });

  it('[HD22] refuses a state vector that cannot be read', async () => {
    const { fixture, snapshots } = await snapshotEachEntry();
    const server = await new RoomsFixture(fixture.store, {}, snapshots).start();
    expect(await server.rooms.join('udo', { doc: 'd', have: { working: Uint8Array.of(255) } })).toEqual({ ok: false, reason: 'bad-request' });
    expect(await server.rooms.join('udo', { doc: 'd', have: {} })).toMatchObject({ ok: true });
  });
});

/** A document of a few entries, with a snapshot after every one of them. */
async function snapshotEachEntry(): Promise<{ fixture: RoomsFixture; record: Read; snapshots: MemorySnapshots }> {
  const record = new Read(), snapshots = new MemorySnapshots();
  const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 1 }, snapshots).established();
  for (const doc of ['d', 'e']) {
    await fixture.opened(doc, 'One.');
    const ann = await fixture.client('ann', doc);
    for (const letter of ['c', 'b', 'a']) await ann.type('working', 'p1', 0, letter);
  }
  return { fixture, record, snapshots };
}

describe('a snapshot', () => {
  it('[HD19] saves reading what came before', async () => {
    const { record, snapshots } = await snapshotEachEntry();
    const { index } = snapshots.states.get('d')!;
    record.from.length = 0;
    expect((await (await new RoomsFixture(record, {}, snapshots).start()).client('udo', 'd')).words('working')).toBe('abcOne.');
    expect(record.from).toEqual([index]);
  });

  const changed = (state: StoredSnapshot, at: number): StoredSnapshot => {
    const bytes = state.bytes.slice();
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    return { ...state, bytes };
  };
  const LONGER = 1_000;

  it.each<[string, (state: StoredSnapshot, other: StoredSnapshot) => StoredSnapshot]>([
    ['whose first byte is another', (state) => changed(state, 0)],
    ['whose head is another', (state) => changed(state, 60)],
    ['whose last byte is another', (state) => changed(state, -1)],
    ['that is cut off', (state) => ({ ...state, bytes: state.bytes.slice(0, -1) })],
    ['that is empty', (state) => ({ ...state, bytes: new Uint8Array() })],
    ['of another version', (state) => ({ ...state, version: SNAPSHOT_VERSION + 1 })],
    ['of another document', (_state, other) => other],
    ['that says it is of another entry', (state) => ({ ...state, index: state.index - 1 })],
    ['of the same entry of another log', (state) => ({ ...state, leafHash: leafHash(Uint8Array.of(1)) })],
    ['that lies ahead of the log', (state) => ({ ...state, index: state.index + LONGER })],
  ])('[HD20] %s is passed over, and reported', async (_what, damage) => {
    const { record, snapshots } = await snapshotEachEntry();
    const server = await new RoomsFixture(record, {}, only('d', damage(snapshots.states.get('d')!, snapshots.states.get('e')!))).start();
    const reader = await server.client('udo', 'd');
    expect(reader.words('working')).toBe('abcOne.');
    expect(events()).toEqual(['state-ignored']);
    const ben = await server.client('ben', 'd');
    expect(await ben.type('working', 'p1', 0, '>')).toMatchObject({ ok: true });
    expect(reader.words('working')).toBe('>abcOne.');
  });

  it('[HD20] in a log that went back in time is passed over, also when the log has grown as long again', async () => {
    const { fixture, record, snapshots } = await snapshotEachEntry();
    const { index } = snapshots.states.get('e')!;
    record.entries.length = index;
    const restored = await new RoomsFixture(record, { pace: PACE }).start();
    await (await restored.client('ann', 'e')).type('working', 'p1', 0, 'z');
    expect(record.entries.length).toBe(index + 1);
    const server = await new RoomsFixture(record, {}, fixture.kept).start();
    expect((await server.client('udo', 'e')).words('working')).toBe('zbcOne.');
    expect(events()).toEqual(['state-ignored']);
  });

  it('[HD20] may be removed, or not be readable, at any time', async () => {
    const { record, snapshots } = await snapshotEachEntry();
    snapshots.read = async () => { throw new Error('no such table'); };
    expect((await (await new RoomsFixture(record, {}, snapshots).start()).client('udo', 'd')).words('working')).toBe('abcOne.');
    expect(events()).toEqual(['state-ignored']);
  });

  it('[HD21] that cannot be written harms nothing, and is tried again when the document has gone as far once more', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    const tried: number[] = [];
    snapshots.write = async (_log, _doc, state) => {
      tried.push(state.index);
      throw new Error('disk full');
    };
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 3 }, snapshots).established();
    const first = await fixture.opened('d', 'One.');
    const ann = await fixture.client('ann', 'd');
    for (let i = 0; i < 8; i++) expect(await ann.type('working', 'p1', 0, 'a')).toMatchObject({ ok: true });
    await vi.waitFor(() => expect(tried).toEqual([first + 2, first + 5, first + 8]));
    expect(events()).toEqual(['snapshot-not-written', 'snapshot-not-written', 'snapshot-not-written']);
    expect((await (await new RoomsFixture(record, {}, snapshots).start()).client('udo', 'd')).words('working')).toBe('aaaaaaaaOne.');
  });

  it('[HD21] is written one at a time, and nobody waits for it', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    let write = (): void => undefined;
    const tried: number[] = [];
    snapshots.write = (_log, _doc, state) => {
      tried.push(state.index);
      return new Promise((resolve) => { write = resolve; });
    };
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 2 }, snapshots).established();
    const first = await fixture.opened('d', 'One.');
    const ann = await fixture.client('ann', 'd');
    for (let i = 0; i < 9; i++) expect(await ann.type('working', 'p1', 0, 'a')).toMatchObject({ ok: true });
    expect(tried).toEqual([first + 1]);
    write();
    await ann.type('working', 'p1', 0, 'a');
    await ann.type('working', 'p1', 0, 'a');
    expect(tried).toHaveLength(2);
    write();
  });

  it('[HD21] of what an append has refused is nothing', async () => {
    const record = new MemoryRecordStore(), snapshots = new CheckedSnapshots(record), append = record.append.bind(record);
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 1, waitMs: 5 }, snapshots).established();
    await fixture.opened('d', 'One.');
    const ann = await fixture.client('ann', 'd');
    const size = snapshots.all.length, update = ann.typed('working', 'p1', 0, 'a');
    record.append = async () => { throw new Error('refused'); };
    expect(await ann.send('working', update)).toEqual({ ok: false, reason: 'not-saved' });
    record.append = append;
    await fixture.client('udo', 'd');
    expect(snapshots.all.slice(size)).toEqual([]);
    expect(events().filter((event) => event !== 'append-failed')).toEqual([]);
  });

  it('[HD21] is written when a document is closed, and at shutdown, if much has been written since', async () => {
    const record = new MemoryRecordStore(), snapshots = new MemorySnapshots();
    const fixture = await new RoomsFixture(record, { pace: PACE, snapshotEvery: 40, openDocuments: 1 }, snapshots).established();
    for (const doc of ['d', 'e', 'f']) await fixture.opened(doc, 'One.');
    const last = new Map<string, number>();
    for (const doc of ['d', 'e']) {
      const ann = await fixture.client('ann', doc);
      for (let i = 0; i < 5; i++) last.set(doc, (await ann.type('working', 'p1', 0, 'a') as { entry: number }).entry);
    }
    await vi.waitFor(() => expect(snapshots.states.get('d')?.index).toBe(last.get('d')));
    expect([...snapshots.states.keys()]).toEqual(['d']);
    await fixture.rooms.close();
    expect(snapshots.states.get('e')?.index).toBe(last.get('e'));
    expect(snapshots.states.has('f')).toBe(false);
  });
});

it('[HD20] the version of snapshots is raised when acts are folded to another state', async () => {
  const fixture = await new RoomsFixture(undefined, { pace: PACE }).established();
  await fixture.opened('d', 'One.', 'Two.');
  await fixture.basis('d');
  await fixture.agree('anna', 'd', 'p1');
  const { replay } = await opening(fixture).load('d');
  const shape = (value: unknown): unknown => (Array.isArray(value) ? value.map(shape) : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shape(v)])) : typeof value);
  expect({ version: SNAPSHOT_VERSION, document: shape(replay.document satisfies DocumentState) }).toEqual({
    version: 5_031,
    document: {
      id: 'string', title: 'string', template: 'string', stage: 'string', basis: 'object', partConsents: {}, proposalConsents: {}, declines: {}, closing: 'object', closed: 'object', drafts: {}, notes: {},
      settled: { p1: { consents: { a: { user: 'string', at: 'number', digest: 'string' } }, approved: 'object', reopenings: {} } },
    },
  });
});
