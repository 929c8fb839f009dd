import { absent, type DocumentEvent, type DocumentState, foldDocument, type RoomName, writtenIn } from '@parley/negotiation';
import { readText, type Text } from '@parley/text';
import * as Y from 'yjs';
import type { Entry } from '../record/entry.ts';
import type { SnapshotContent } from './snapshot.ts';
import { type LastEdits, noteEdits } from './last-edits.ts';
import { ClientIdOwners, SERVER_USER } from './client-id-owners.ts';
import { StoredRoom } from './stored-room.ts';

interface Written { readonly updates: Uint8Array[]; readonly clocks: Map<number, number>[] }

/**
 * A document made from its entries alone, or from its snapshot right after one of them and the entries that follow: what a session begins with, and what a
 * look at an earlier instant shows. `gc`: whether deleted words may be forgotten.
 */
export class Replay {
  document: DocumentState;
  readonly rooms = new Map<RoomName, StoredRoom>();
  readonly owners = new ClientIdOwners();
  readonly lastEdits: LastEdits = new Map();
  /** The last entry taken in, -1 for none. */
  last = -1;
  lastAt = 0;
  openedAt = 0;

  constructor(readonly id: string, private readonly gc = true, from?: { readonly last: number; readonly content: SnapshotContent }) {
    this.document = from?.content.document ?? absent(id);
    if (!from) return;
    const { lastAt, openedAt, lastEdits, owners, rooms } = from.content;
    Object.assign(this, { last: from.last, lastAt, openedAt });
    for (const [room, edits] of lastEdits) this.lastEdits.set(room, new Map(edits));
    for (const [client, user] of owners) this.owners.bind(client, user);
    for (const [room, bytes] of rooms) this.rooms.set(room, new StoredRoom(gc, bytes));
  }

  /** Takes in the entries that follow. */
  add(entries: readonly Entry[]): void {
    const written = new Map<RoomName, Written>();
    for (const entry of entries) {
      const compaction = isCompaction(entry);
      if (compaction) this.flush(entry.room, written);
      for (const { room, by, update } of entry.writes) {
        const { to } = Y.parseUpdateMeta(update);
        for (const client of to.keys()) this.owners.bind(client, by);
        const of = written.get(room) ?? { updates: [], clocks: [] };
        written.set(room, of);
        of.updates.push(update);
        of.clocks.push(to);
      }
      if (compaction) this.flush(entry.room, written, true);
      this.fold(entry);
    }
    for (const room of written.keys()) this.flush(room, written);
  }

  private flush(name: RoomName, written: Map<RoomName, Written>, compaction = false): void {
    const of = written.get(name);
    written.delete(name);
    if (!of) return;
    if (compaction) this.room(name).compacted(of.updates, of.clocks);
    else this.room(name).add(of.updates, of.clocks);
  }

  get docs(): ReadonlyMap<RoomName, Y.Doc> {
    return new Map([...this.rooms].map(([name, room]) => [name, room.build()]));
  }

  texts(): [RoomName, Text][] {
    return [...this.docs].map(([room, doc]) => [room, readText(doc)]);
  }

  destroy(): void {
    this.rooms.clear();
  }

  private room(name: RoomName): StoredRoom {
    const found = this.rooms.get(name) ?? new StoredRoom(this.gc);
    this.rooms.set(name, found);
    return found;
  }

  private fold(entry: Entry): void {
    if (this.last < 0) this.openedAt = entry.at;
    this.last = entry.index;
    this.lastAt = entry.at;
    if (entry.kind === 'update') return noteEdits(this.lastEdits, entry.room, entry.touched, entry);
    const mark = { user: entry.by, at: entry.at };
    const events = entry.events as readonly DocumentEvent[];
    this.document = events.reduce((state, event) => foldDocument(state, event, mark), this.document);
    for (const { room, provisions } of writtenIn(events)) noteEdits(this.lastEdits, room, provisions, entry);
  }
}

/** The only entries that the server types: it replaced texts of a room by the same words (D24). */
const isCompaction = (entry: Entry): entry is Extract<Entry, { kind: 'update' }> => entry.kind === 'update' && entry.by === SERVER_USER;

/** A fresh client id for what the server writes. Set after loading: a doc that meets its own id in what it loads changes it silently. */
export function claim(doc: Y.Doc, owners: ClientIdOwners): void {
  doc.clientID = owners.newId(SERVER_USER);
}
