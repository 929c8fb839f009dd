import { absent, type Actor, type DocumentEvent, type DocumentState, foldDocument, type GroupState, type LogName, positionRoom, type RoomCatalogue, type RoomName, ROOMS } from '@parley/negotiation';
import type { CompareAnswer, CompareRequest, Joined, JoinRequest, Notice, Presence, Refusal, Refusing, Returned, Commit, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import { compactRoom, copyDigest, fillRoom, FormerRooms, validateUpdate, plainSlot, readText, type Text } from '@parley/text';
import * as Y from 'yjs';
import { TestWire } from './test-wire.ts';

/**
 * For specs only: a server and its wires; one document, real Y.Docs behind the real validator, an entry for each update, and a network in which nothing moves until
 * it is told. It keeps the wire's promises but for those that a test has it break.
 */
export class TestServer {
  readonly rooms = new Map<RoomName, Y.Doc>();
  readonly received: UpdateRequest[] = [];
  readonly actors = new Map<string, Actor>();
  readonly wires = new Set<TestWire>();
  private readonly former = new WeakMap<Y.Doc, FormerRooms>();
  private readonly stored = new WeakMap<Y.Doc, Uint8Array[]>();
  /** Whose each clientID is. */
  private readonly owners = new Map<number, string>();
  document: DocumentState;
  /** The history that the document belongs to (W27). */
  epoch = 'a'.repeat(64);
  entry = 0;
  /** How often a client compared its copies. */
  compared = 0;
  people: readonly Presence[] = [];
  /** Asked before an update is taken; a refusal is the answer. */
  refuses: (user: string, request: UpdateRequest) => Refusing | null = () => null;
  /** Asked before a join is answered. */
  admit: (user: string) => Refusing | null = () => null;
  /** What an update loses on the way in; the words go back. */
  returning: (request: UpdateRequest) => readonly Returned[] = () => [];

  /** `log`: the one of the document's logs that this server has. */
  constructor(readonly group: GroupState, private readonly random: () => number, readonly log: LogName = 'shared', private readonly kinds: RoomCatalogue = ROOMS) {
    this.document = { ...absent('doc'), title: 'Draft', stage: 'drafting' };
    for (const seat of Object.values(group.seats)) this.actors.set(seat.user, seat);
  }

  wire(user: string): TestWire {
    return new TestWire(this, user);
  }

  fill(room: RoomName, text: Text): void {
    const doc = new Y.Doc();
    doc.clientID = this.clientId();
    fillRoom(doc, text, this.random);
    this.rooms.set(room, doc);
  }

  /** Chance that comes again, also for clients. */
  clientId = (): number => 1 + Math.floor(this.random() * 0xfffffffe);

  text(room: RoomName): Text {
    return readText(this.rooms.get(room)!);
  }

  join(user: string, request: JoinRequest): Joined | Refusing {
    const refusal = this.admit(user);
    if (refusal) return refusal;
    const have = request.epoch === undefined || request.epoch === this.epoch ? request.have : {};
    const rooms = Object.fromEntries([...this.rooms].map(([name, doc]) =>
      [name, { updates: have[name] ? [Y.encodeStateAsUpdate(doc, have[name])] : this.storedUpdates(name, doc), vector: Y.encodeStateVector(doc) }]));
    return {
      ok: true, epoch: this.epoch, entry: this.entry, document: this.document, group: this.group, actor: this.actors.get(user) ?? { user, role: 'observer' },
      rooms, lastEdits: {}, presence: this.people,
    };
  }

  compare({ entry, rooms }: CompareRequest): CompareAnswer {
    this.compared += 1;
    if (entry !== this.entry) return { ok: true, entry: this.entry, differ: null };
    const names = new Set([...this.rooms.keys(), ...Object.keys(rooms) as RoomName[]]);
    return { ok: true, entry, differ: [...names].filter((name) => !this.rooms.has(name) || copyDigest(this.rooms.get(name)!) !== rooms[name]) };
  }

  update(user: string, request: UpdateRequest): UpdateAnswer {
    this.received.push(request);
    const refusal = this.refuses(user, request) ?? this.forbidden(user, request);
    if (refusal) return refusal;
    const doc = this.rooms.get(request.room)!;
    const who = { mayWriteAs: (client: number) => (this.owners.get(client) ?? user) === user }, validated = validateUpdate(doc, request.update, who);
    if (!validated.ok) return validated.resync ? { ok: false, reason: 'out-of-step', rejoin: true } : { ok: false, reason: 'not-allowed-here' };
    for (const client of validated.clients) this.owners.set(client, user);
    let taken: (unit: Y.ID) => boolean = () => false;
    const translated = this.written(doc, () => { if (validated.late) taken = this.former.get(doc)?.translate(validated.late, doc, who) ?? taken; });
    if (validated.empty && translated.length === 0) return { ok: true, entry: this.entry, returned: [] };
    const tidied = this.written(doc, () => Y.applyUpdate(doc, validated.update, this));
    const orphaned = validated.orphaned.filter(({ unit }) => !taken(Y.createID(unit.client, unit.clock))).map(({ id, key, words }) => ({ provision: id, key, words: plainSlot(words) }));
    this.commit([{ kind: 'update', room: request.room, touched: [...validated.touched] }], user, { [request.room]: [validated.update, ...translated, ...tidied] });
    return { ok: true, entry: this.entry, returned: [...this.returning(request), ...orphaned] };
  }

  /** Replaces the texts of a room that consist mostly of what was deleted. */
  compact(room: RoomName): number {
    const doc = this.rooms.get(room)!, before = Y.encodeStateAsUpdate(doc), [compaction] = this.written(doc, () => void compactRoom(doc));
    if (!compaction) return 0;
    this.former.set(doc, (this.former.get(doc) ?? FormerRooms.of([])).followedBy({ before, compaction }, 3));
    this.commit([{ kind: 'update', room, touched: [] }], 'server', { [room]: [compaction] });
    return 1;
  }

  /** What the server itself writes meanwhile. */
  private written(doc: Y.Doc, work: () => void): Uint8Array[] {
    const updates: Uint8Array[] = [], keep = (update: Uint8Array, origin: unknown): void => void (origin !== this && updates.push(update));
    doc.on('update', keep);
    work();
    doc.off('update', keep);
    return updates;
  }

  /** Acts by events; `write` changes rooms as the server. */
  act(user: string, events: readonly DocumentEvent[], write: () => void = () => undefined): void {
    const before = new Map([...this.rooms].map(([name, doc]) => [name, Y.encodeStateVector(doc)]));
    const deleted: Partial<Record<RoomName, Uint8Array[]>> = {};
    write();
    for (const [name, doc] of this.rooms) {
      const update = Y.encodeStateAsUpdate(doc, before.get(name));
      if (update.length > 2) deleted[name] = [update];
    }
    this.document = events.reduce((state, event) => foldDocument(state, event, { user, at: this.entry + 1 }), this.document);
    this.commit([{ kind: 'act', act: { v: 1, id: `act-${this.entry}`, doc: 'doc', t: 'takeBackBasis' }, events }], user, deleted);
  }

  /** Another history under the same id: nothing of what was there has ever been. Nobody is told. */
  beginAnew(epoch: string, text: Text): void {
    this.rooms.clear();
    this.owners.clear();
    this.document = { ...absent('doc'), title: 'Draft', stage: 'drafting' };
    this.entry = 0;
    this.epoch = epoch;
    this.fill('working', text);
  }

  /** The working paper becomes common text and positions. */
  begin(user: string): void {
    const text = this.text('working');
    this.rooms.delete('working');
    this.act(user, [{ e: 'negotiationBegan' }], () => {
      for (const room of ['common', ...this.group.delegations.map((d) => positionRoom(d.id)), positionRoom('chair')] as RoomName[]) this.fill(room, text);
    });
  }

  rejoin(): void {
    for (const wire of this.wires) wire.push((to) => to.rejoin({ doc: 'doc', log: this.log }));
  }

  close(user: string, reason: Refusal): void {
    for (const wire of this.wires) if (wire.user === user) wire.push((to) => to.closing(reason));
  }

  /** For whom nothing is there yet: some older state and what has come since, as a server has them stored. */
  private storedUpdates(name: RoomName, doc: Y.Doc): readonly Uint8Array[] {
    const found = this.stored.get(doc);
    if (found && found.length < 20) return [...found];
    const made = [Y.encodeStateAsUpdate(doc)];
    this.stored.set(doc, made);
    return [...made];
  }

  private forbidden(user: string, request: UpdateRequest): Refusing | null {
    const actor = this.actors.get(user);
    if (!actor || !this.rooms.has(request.room)) return { ok: false, reason: 'stage-forbids' };
    if (this.document.stage === 'closed') return { ok: false, reason: 'document-closed' };
    if (request.room === 'working' && this.document.basis) return { ok: false, reason: 'paper-frozen' };
    return this.kinds.writtenBy(actor, this.document.stage, this.log) === request.room ? null : { ok: false, reason: 'role-forbids' };
  }

  private commit(what: readonly NewNotice[], by: string, rooms: Commit['rooms']): void {
    const after = this.entry;
    for (const [name, doc] of this.rooms) this.stored.get(doc)?.push(...(rooms[name] ?? []));
    const notices = what.map((notice): Notice => ({ ...notice, index: ++this.entry, at: this.entry, by }));
    for (const wire of this.wires) wire.push((to) => to.commit({ doc: 'doc', log: this.log, after, notices, rooms }));
  }
}

type WithoutPosition<N> = N extends Notice ? Omit<N, 'index' | 'at' | 'by'> : never;
type NewNotice = WithoutPosition<Notice>;

/** Lets everything arrive, and what that leads to, until nothing moves any more. */
export async function settle(server: TestServer): Promise<void> {
  for (let idle = 0; idle < 20; idle++) {
    await Promise.resolve();
    for (const wire of server.wires) while (wire.step('up') || wire.step('down')) idle = 0;
  }
}
