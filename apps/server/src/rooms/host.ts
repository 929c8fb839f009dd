import type { DocumentEvent, DocumentState, GroupState, RoomName, Rooms as Texts, Scenery } from '@parley/negotiation';
import { foldDocument } from '@parley/negotiation';
import { isCompared, type Joined } from '@parley/protocol';
import * as Y from 'yjs';
import { Room } from './room.ts';
import { claim, type LastEdits, noteEdits, type Replay } from './replay.ts';
import type { Registry } from './registry.ts';

/**
 * An open document: the only holder and the only changer of its Y.Docs and of the state folded from its acts (DESIGN 3). Inside a turn it is ahead
 * of the record, so nobody is served from it then. When an append fails it is thrown away and made again.
 */
export class Host {
  readonly id: string;
  document: DocumentState;
  readonly registry: Registry;
  /** The last durable entry, -1 for none. */
  last: number;
  lastAt: number;
  openedAt: number;
  private readonly rooms = new Map<RoomName, Room>();
  private readonly lastEdits: LastEdits;

  /** Takes the replay over; its docs are the host's from now on. */
  constructor(replay: Replay) {
    this.id = replay.id;
    this.document = replay.document;
    this.registry = replay.handOver().registry;
    this.lastEdits = replay.lastEdits;
    this.last = replay.last;
    this.lastAt = replay.lastAt;
    this.openedAt = replay.openedAt;
    for (const [name, doc] of replay.docs) this.rooms.set(name, new Room(doc));
  }

  room(name: RoomName): Room | undefined {
    return this.rooms.get(name);
  }

  /** Makes the room when nothing was written in it yet; only the server does. */
  roomToWrite(name: RoomName): { readonly room: Room; readonly made: boolean } {
    const found = this.rooms.get(name);
    if (found) return { room: found, made: false };
    const doc = new Y.Doc();
    claim(doc, this.registry);
    const room = new Room(doc);
    this.rooms.set(name, room);
    return { room, made: true };
  }

  texts(): Texts {
    return Object.fromEntries([...this.rooms].map(([name, room]) => [name, room.text]));
  }

  scenery(group: GroupState): Scenery {
    return { document: this.document, rooms: this.texts(), group };
  }

  fold(events: readonly DocumentEvent[], user: string, at: number): void {
    this.document = events.reduce((state, event) => foldDocument(state, event, { user, at }), this.document);
  }

  edited(room: RoomName, touched: Iterable<string>, by: string, at: number): void {
    noteEdits(this.lastEdits, room, touched, { by, at });
  }

  /** What somebody lacks who has `have`; throws on a state vector that cannot be read. */
  lacking(have: Readonly<Record<string, Uint8Array | undefined>>): Joined['rooms'] {
    return Object.fromEntries([...this.rooms].map(([name, { doc }]) => [name, {
      updates: [Y.encodeStateAsUpdate(doc, Object.hasOwn(have, name) ? have[name] : undefined)], vector: Y.encodeStateVector(doc),
    }]));
  }

  /** The rooms that are not here as they are there, by their digests. */
  differing(there: Readonly<Record<string, string | undefined>>): RoomName[] {
    const names = new Set([...this.rooms.keys(), ...Object.keys(there) as RoomName[]]);
    return [...names].filter((name) => isCompared(name, this.document.stage) && (!Object.hasOwn(there, name) || this.room(name)?.digest !== there[name]));
  }

  lastEditsView(): Joined['lastEdits'] {
    return Object.fromEntries([...this.lastEdits].map(([room, edits]) => [room, Object.fromEntries(edits)]));
  }

  destroy(): void {
    for (const room of this.rooms.values()) room.destroy();
  }
}
