import { type Actor, type Audience, type DocumentEvent, type DocumentState, foldDocument, type GroupState, type RoomCatalogue, type RoomName, type Rooms as Texts, type ActContext, type SharedState, writtenIn } from '@parley/negotiation';
import type { Joined } from '@parley/protocol';
import type { Former, Text } from '@parley/text';
import * as Y from 'yjs';
import type { SnapshotContent, LogPosition } from './snapshot.ts';
import type { LoadedDocument } from './document-loader.ts';
import { Room } from './room.ts';
import { type LastEdits, noteEdits } from './last-edits.ts';
import { claim } from './replay.ts';
import type { ClientIdOwners } from './client-id-owners.ts';
import { type RoomBytes, StoredRoom } from './stored-room.ts';
import { subjectIn } from './subjects.ts';

/**
 * An open document, as far as it is kept in one log: the only holder and the only changer of its Y.Docs and of the state folded from its acts. A room's Y.Doc is built when it is first
 * decided, written or read as text; who joins is answered from bytes until then. Inside a commit it is ahead of the record, so nobody is served from it then.
 * When an append fails it is thrown away and made again.
 */
export class DocumentSession {
  readonly id: string;
  readonly subject: string;
  /** Folded from the acts in this log. */
  document: DocumentState;
  readonly owners: ClientIdOwners;
  lastAt: number;
  openedAt: number;
  /** The last durable entry. */
  position: LogPosition | null;
  /** How many durable entries there are since its last snapshot, and how many bytes that took. */
  entriesSinceSnapshot: number;
  snapshotBytes: number;
  /** When a room of it was last compacted by this process. */
  compactedAt = -Infinity;
  /** By draft: the position that it was last found to have followed, in this process. */
  readonly followed = new Map<string, Text>();
  /** Drafts are left that have not followed their position. */
  isBehind = false;
  /** Consents that had fallen when it was opened have lapsed. */
  lapsesDecided = false;
  private readonly rooms = new Map<RoomName, Room | StoredRoom>();
  private readonly lastEdits: LastEdits;

  /** Takes what was opened over; its docs are the session's from now on. `readers`: of its log, and so of all of it. */
  constructor({ replay, position, tail, snapshotBytes }: LoadedDocument, readonly readers: Audience, private readonly catalogue: RoomCatalogue) {
    this.id = replay.id;
    this.subject = subjectIn(this.id, readers);
    this.document = replay.document;
    this.owners = replay.owners;
    this.lastEdits = replay.lastEdits;
    this.lastAt = replay.lastAt;
    this.openedAt = replay.openedAt;
    this.position = position;
    this.entriesSinceSnapshot = tail;
    this.snapshotBytes = snapshotBytes;
    for (const name of catalogue.begunIn(readers)) this.rooms.set(name, new StoredRoom());
    for (const [name, room] of replay.rooms) this.rooms.set(name, room);
  }

  /** The index of the last durable entry, -1 for none. */
  get last(): number {
    return this.position?.index ?? -1;
  }

  /** So many entries more have become durable, the last of them at that position. */
  committed(position: LogPosition, at: number, entries: number): void {
    this.position = position;
    this.lastAt = at;
    this.entriesSinceSnapshot += entries;
  }

  room(name: RoomName): Room | undefined {
    const found = this.rooms.get(name);
    return found instanceof StoredRoom ? this.take(name, found.build(), found.formers) : found;
  }

  /** Makes the room when nothing was written in it yet; only the server does. Throws a `RangeError` for a room that is kept in another log, or in none. */
  roomToWrite(name: RoomName): { readonly room: Room; readonly made: boolean } {
    if (this.catalogue.logOf(name) !== this.readers.log) throw new RangeError('a room is written in the log that it is kept in');
    const found = this.room(name);
    return found ? { room: found, made: false } : { room: this.take(name, new Y.Doc()), made: true };
  }

  texts(): Texts {
    return Object.fromEntries([...this.rooms.keys()].map((name) => [name, this.room(name)!.text]));
  }

  shared(group: GroupState): SharedState {
    return { document: this.document, rooms: this.texts(), group };
  }

  /** What an act of this commit is decided in: its entry gets the time of the commit. */
  context(actor: Actor, { group, at }: { readonly group: GroupState; readonly at: number }): ActContext {
    return { ...this.shared(group), actor, at, typedAt: (room, provision) => this.lastEdits.get(room)?.get(provision)?.at };
  }

  fold(events: readonly DocumentEvent[], user: string, at: number): void {
    this.document = events.reduce((state, event) => foldDocument(state, event, { user, at }), this.document);
    for (const { room, provisions } of writtenIn(events)) this.edited(room, provisions, user, at);
  }

  edited(room: RoomName, touched: Iterable<string>, by: string, at: number): void {
    noteEdits(this.lastEdits, room, touched, { by, at });
  }

  /** What somebody lacks who has `have`; throws on a state vector that cannot be read. */
  lacking(have: Readonly<Record<string, Uint8Array | undefined>>): Joined['rooms'] {
    return Object.fromEntries([...this.rooms].map(([name, room]) => [name, room.lacking(Object.hasOwn(have, name) ? have[name] : undefined)]));
  }

  /** The rooms that are not here as they are there, by their digests, in a stage of the document. */
  differing(there: Readonly<Record<string, string | undefined>>, stage: DocumentState['stage']): RoomName[] {
    const names = new Set([...this.rooms.keys(), ...Object.keys(there) as RoomName[]]);
    return [...names].filter((name) => this.catalogue.isCompared(name, stage) && (!Object.hasOwn(there, name) || this.room(name)?.digest !== there[name]));
  }

  lastEditsView(): Joined['lastEdits'] {
    return Object.fromEntries([...this.lastEdits].map(([room, edits]) => [room, Object.fromEntries(edits)]));
  }

  /** The room that is to be compacted: the first of those in memory that consist of more structs than they may. `most`: for a room that was never compacted, or long ago. */
  roomToCompact(most: number): RoomName | null {
    for (const [name, room] of this.rooms) if (room instanceof Room && room.structs > Math.max(most, room.compactAbove)) return name;
    return null;
  }

  /** All that a replay up to the position comes to. Of client ids those that wrote something: what this process claimed and never used dies with it. */
  snapshotContent(): SnapshotContent {
    const rooms = [...this.rooms].map(([name, room]): [RoomName, RoomBytes] => [name, room.bytes]);
    const writers = new Set(rooms.flatMap(([, { vector }]) => [...Y.decodeStateVector(vector).keys()]));
    const { document, lastAt, openedAt } = this;
    return { document, lastAt, openedAt, lastEdits: [...this.lastEdits].map(([room, edits]) => [room, [...edits]]), owners: this.owners.of(writers), rooms };
  }

  destroy(): void {
    for (const room of this.rooms.values()) if (room instanceof Room) room.destroy();
  }

  /** From here on the server may write in it: under a fresh client id that nobody else may use. */
  private take(name: RoomName, doc: Y.Doc, formers: readonly Former[] = []): Room {
    claim(doc, this.owners);
    const room = new Room(doc, formers);
    this.rooms.set(name, room);
    return room;
  }
}
