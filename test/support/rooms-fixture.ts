import { type DocumentAct, type GroupAct, type LogName, previewAccept, proposalsOf, type Role, type RoomName, ROOMS, type SharedState } from '@parley/negotiation';
import { type JoinRequest, type Refusing, type SentAct, type Commit, type UpdateAnswer, writeAct } from '@parley/protocol';
import { readText, type Text, textAt, textDigest, digestOf } from '@parley/text';
import * as Y from 'yjs';
import { actsHere } from './acts-here.ts';
import { Clock, SystemEntropy } from '../../apps/server/src/record/clock.ts';
import type { SnapshotStore } from '../../apps/server/src/record/snapshot.store.ts';
import { MemoryDifferences } from './memory-differences.ts';
import { MemorySnapshots } from './memory-snapshots.ts';
import { MemoryRecordStore } from './memory-record.ts';
import type { LeaseFor } from '../../apps/server/src/commit/lease-port.ts';
import { soleLease } from './sole-lease.ts';
import type { RecordStore } from '../../apps/server/src/record/record.store.ts';
import { Logs } from '../../apps/server/src/record/logs.ts';
import type { RecordLog } from '../../apps/server/src/record/record-log.ts';
import type { Admitted } from '../../apps/server/src/groups/rooms.ts';
import { PACE } from '../../apps/server/src/commit/commit-loop.ts';
import { type RoomsOptions, ServerRooms } from '../../apps/server/src/groups/server-rooms.ts';
import type { WorkingGroup } from '../../apps/server/src/groups/working-groups.ts';
import { GROUP } from './group.ts';

/** Everything that waits is done at once, and counted with every commit. */
export const AT_ONCE = { intervalMs: 0, workMs: Infinity, spare: 0, countMs: 0, retryMs: [1, 2] } as const;

/** Time that moves only when told. */
export class ManualClock extends Clock {
  at = 1_800_000_000_000;

  now(): number {
    return this.at;
  }
}

export const SALT = '0'.repeat(32);

let acts = 0;
type Wanted<A> = A extends unknown ? Omit<A, 'v' | 'id'> & { readonly id?: string } : never;

/** An act as a client sends it, with an id of its own unless one is given. */
export const sent = (act: Wanted<DocumentAct> | Wanted<GroupAct>): SentAct => writeAct({ v: 1, id: `act-${++acts}`, ...act } as DocumentAct, SALT);

/** The rooms of a server over a record, without a network: people call them directly. */
export class RoomsFixture {
  readonly clock = new ManualClock();
  readonly commits: Commit[] = [];
  readonly rebuilt: string[] = [];
  readonly moved: { index: number; seats: boolean }[] = [];
  readonly logs: Logs;
  /** What all share. */
  readonly log: RecordLog;
  readonly differences = new MemoryDifferences();
  readonly rooms: ServerRooms;
  /** The same as a group of an installation. */
  readonly group: WorkingGroup;

  constructor(readonly store: RecordStore = new MemoryRecordStore(), options: RoomsOptions = {}, readonly kept: SnapshotStore = new MemorySnapshots(), origin = 'test/w/1', leaseFor: LeaseFor = soleLease) {
    this.logs = new Logs(store, origin, this.clock, new SystemEntropy());
    this.log = this.logs.of(ROOMS.shared);
    // What a commit takes, and what may be read, must not depend on how busy the machine is.
    this.rooms = new ServerRooms(this.logs, kept, this.differences, new SystemEntropy(), leaseFor, { pace: { ...PACE, workMs: Infinity }, reading: actsHere(), ...options });
    this.group = { id: GROUP, logs: this.logs, rooms: this.rooms, differences: this.differences };
    this.rooms.events.on('committed', (commit) => this.commits.push(commit));
    this.rooms.events.on('rebuilt', (doc, { log }) => this.rebuilt.push(log === 'shared' ? doc : `${doc} in ${log}`));
    this.rooms.events.on('groupChanged', (moved) => this.moved.push(moved));
  }

  async start(): Promise<this> {
    await this.rooms.start();
    return this;
  }

  /** Ada administers; Anna leads A with Ann, Bo leads B with Ben; Mo is in the chair, Udo audits. */
  async established(): Promise<this> {
    await this.start();
    entryOf(await this.rooms.performByAdministrator('ada', { t: 'establish', name: 'The working group', delegations: [{ id: 'a', code: 'A', name: 'Northland' }, { id: 'b', code: 'B', name: 'Southland' }] }));
    await this.seat('ada', 'anna', 'head', 'a');
    await this.seat('ada', 'bo', 'head', 'b');
    await this.seat('ada', 'mo', 'moderator');
    await this.seat('ada', 'udo', 'auditor');
    await this.seat('anna', 'ann', 'negotiator', 'a');
    await this.seat('bo', 'ben', 'negotiator', 'b');
    return this;
  }

  /** Somebody opens an invitation of `by`; a neutral seat is then accepted by Anna and Bo. */
  async seat(by: string, user: string, role: Role, delegation?: string): Promise<void> {
    const link = (++acts).toString(16).padStart(64, '0');
    await this.onGroup(by, { t: 'invite', link, role, ...(delegation !== undefined && { delegation }) });
    entryOf(await this.rooms.performByServer({ t: 'takeSeat', link, user }));
    if (delegation === undefined) for (const head of ['anna', 'bo']) await this.onGroup(head, { t: 'acceptSeat', user, role });
  }

  async onGroup(user: string, act: Wanted<GroupAct>): Promise<number> {
    return entryOf(await this.rooms.performOnGroup(user, sent(act)));
  }

  async perform(user: string, act: Wanted<DocumentAct>): Promise<number> {
    return entryOf(await this.rooms.perform(user, act.doc, sent(act)));
  }

  /** A document with paragraphs `p1`, `p2` … that read as given. */
  async opened(doc: string, ...paragraphs: string[]): Promise<number> {
    return this.perform('mo', {
      doc, t: 'openDocument', title: doc, template: 'understanding',
      provisions: paragraphs.map((t, i) => ({ id: `p${i + 1}`, kind: 'paragraph', label: `${i + 1}`, level: 0, slots: { 'en:text': t ? [{ t }] : [] } })),
    });
  }

  /** Both heads accept the working paper: the document is in negotiation then. */
  async basis(doc: string): Promise<void> {
    const reader = await this.client('mo', doc);
    const digest = textDigest(reader.text('working'));
    await this.perform('anna', { doc, t: 'acceptAsBasis', digest });
    await this.perform('bo', { doc, t: 'acceptAsBasis', digest });
  }

  async agree(user: string, doc: string, provision: string): Promise<number> {
    const reader = await this.client('mo', doc);
    return this.perform(user, { doc, t: 'agree', provision, digest: digestOf(reader.text('common').by.get(provision)!) });
  }

  /** What decisions on a document are made from, as Udo has it. */
  async shared(doc: string): Promise<SharedState> {
    const udo = await this.client('udo', doc), { document, group } = await udo.join();
    return { document, group, rooms: Object.fromEntries((['common', 'position:a', 'position:b', 'position:chair'] as const).map((room) => [room, udo.text(room)])) };
  }

  /** Bo answers what Northland proposes on a provision: the seconds that are left until it has rested, or 0 when it entered. */
  async acceptedIn(doc: string, provision: string): Promise<number | undefined> {
    const now = await this.shared(doc), open = proposalsOf(now, provision).find((p) => p.parties.includes('a'))!;
    const preview = previewAccept(now, { parts: [open.proposal], party: 'b', own: 'withdrawn' });
    if (!preview.ok) throw new Error(preview.reason);
    const answer = await this.rooms.perform('bo', doc, sent({ doc, ...preview.value.act }));
    if (!answer.ok && answer.reason !== 'not-rested') throw new Error(answer.reason);
    return answer.ok ? 0 : answer.seconds;
  }

  /** Somebody who is in one log of a document. */
  async client(user: string, doc: string, log: LogName = 'shared'): Promise<Client> {
    const client = new Client(this.rooms, user, doc, log);
    await client.join();
    return client;
  }
}

function entryOf(answer: { ok: true; entry: number } | Refusing): number {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.entry;
}

/** One page of one person in one document. It receives commits from when it has joined. */
export class Client {
  readonly docs = new Map<RoomName, Y.Doc>();
  entry = -1;
  private joined = false;

  constructor(private readonly rooms: ServerRooms, readonly user: string, readonly doc: string, readonly log: LogName = 'shared') {
    rooms.events.on('committed', (commit) => {
      if (commit.doc === doc && commit.log === log && this.joined) this.receive(commit);
    });
  }

  async join(): Promise<Admitted> {
    const have: JoinRequest['have'] = Object.fromEntries([...this.docs].map(([room, doc]) => [room, Y.encodeStateVector(doc)]));
    const admitted = await this.rooms.join(this.user, { doc: this.doc, log: this.log, have });
    if (!admitted.ok) throw new Error(admitted.reason);
    for (const [room, given] of Object.entries(admitted.rooms)) this.apply(room as RoomName, given!.updates);
    this.entry = admitted.entry;
    this.joined = true;
    return admitted;
  }

  room(name: RoomName): Y.Doc {
    const doc = this.docs.get(name) ?? new Y.Doc();
    this.docs.set(name, doc);
    return doc;
  }

  text(room: RoomName): Text {
    return readText(this.room(room));
  }

  /** The words of a paragraph as this page shows them. */
  words(room: RoomName, provision = 'p1'): string {
    return (this.text(room).by.get(provision)?.slots['en:text'] ?? []).map((run) => run.t).join('');
  }

  /** Does `work` in the own copy of a room and gives the update that it made. */
  edit(room: RoomName, work: (doc: Y.Doc) => void): Uint8Array {
    const doc = this.room(room);
    const before = Y.encodeStateVector(doc);
    const updates: Uint8Array[] = [];
    const keep = (update: Uint8Array) => void updates.push(update);
    doc.on('update', keep);
    doc.transact(() => work(doc));
    doc.off('update', keep);
    return updates.length === 1 ? updates[0]! : Y.encodeStateAsUpdate(doc, before);
  }

  typed(room: RoomName, provision: string, at: number, words: string): Uint8Array {
    return this.edit(room, (doc) => textAt(doc, provision, 'en:text')!.insert(at, words));
  }

  /** Types and sends. */
  type(room: RoomName, provision: string, at: number, words: string): Promise<UpdateAnswer> {
    return this.send(room, this.typed(room, provision, at, words));
  }

  send(room: RoomName, update: Uint8Array): Promise<UpdateAnswer> {
    return this.rooms.update(this.user, { doc: this.doc, room, update });
  }

  private apply(name: RoomName, updates: readonly Uint8Array[]): void {
    const room = this.room(name);
    room.transact(() => updates.forEach((update) => Y.applyUpdate(room, update)));
  }

  private receive(commit: Commit): void {
    if (commit.after !== this.entry) throw new Error(`${this.user} is at ${this.entry}, the commit comes after ${commit.after}`);
    for (const [room, updates] of Object.entries(commit.rooms)) this.apply(room as RoomName, updates!);
    this.entry = commit.notices.at(-1)!.index;
  }
}
