import { absent, type DocumentEvent, type DocumentState, foldDocument, type RoomName } from '@parley/negotiation';
import { readText, type Text } from '@parley/text';
import * as Y from 'yjs';
import type { Entry } from '../record/entry.ts';
import { Registry, SERVER_USER } from './registry.ts';

export interface LastEdit { readonly by: string; readonly at: number }

/** Who wrote last where: by room, then provision. Only what people typed; what acts did is in the acts. */
export type LastEdits = Map<RoomName, Map<string, LastEdit>>;

/**
 * A document made from its entries alone: what a host begins with, and what a look at an earlier instant shows. `gc`: whether deleted words may be
 * forgotten.
 */
export class Replay {
  document: DocumentState;
  readonly docs = new Map<RoomName, Y.Doc>();
  readonly registry = new Registry();
  readonly lastEdits: LastEdits = new Map();
  /** The last entry taken in, -1 for none. */
  last = -1;
  lastAt = 0;
  openedAt = 0;

  constructor(readonly id: string, private readonly gc = true) {
    this.document = absent(id);
  }

  /** Takes in the entries that follow. One Yjs transaction per room, and a local one: what Yjs tidied up at the time is in the record itself. */
  add(entries: readonly Entry[]): void {
    const updates = new Map<RoomName, Uint8Array[]>();
    for (const entry of entries) {
      for (const write of entry.writes) {
        this.registry.bindAll(write);
        const of = updates.get(write.room);
        if (of) of.push(write.update);
        else updates.set(write.room, [write.update]);
      }
      this.fold(entry);
    }
    for (const [room, of] of updates) {
      const doc = this.doc(room);
      doc.transact(() => of.forEach((update) => Y.applyUpdate(doc, update)));
    }
  }

  /** The document as it now is, to be changed by a host: each room writes under a fresh client id that nobody else may use. */
  handOver(): this {
    for (const doc of this.docs.values()) claim(doc, this.registry);
    return this;
  }

  texts(): [RoomName, Text][] {
    return [...this.docs].map(([room, doc]) => [room, readText(doc)]);
  }

  destroy(): void {
    for (const doc of this.docs.values()) doc.destroy();
  }

  private doc(room: RoomName): Y.Doc {
    const found = this.docs.get(room);
    if (found) return found;
    const made = new Y.Doc({ gc: this.gc });
    this.docs.set(room, made);
    return made;
  }

  private fold(entry: Entry): void {
    if (this.last < 0) this.openedAt = entry.at;
    this.last = entry.index;
    this.lastAt = entry.at;
    if (entry.kind === 'update') return noteEdits(this.lastEdits, entry.room, entry.touched, entry);
    const mark = { user: entry.by, at: entry.at };
    this.document = (entry.events as readonly DocumentEvent[]).reduce((state, event) => foldDocument(state, event, mark), this.document);
  }
}

/** A fresh client id for what the server writes. Set after loading: a doc that meets its own id in what it loads changes it silently (YJS 4). */
export function claim(doc: Y.Doc, registry: Registry): void {
  do doc.clientID = Math.floor(Math.random() * 2 ** 32);
  while (registry.has(doc.clientID));
  registry.bind(doc.clientID, SERVER_USER);
}

export function noteEdits(edits: LastEdits, room: RoomName, touched: Iterable<string>, { by, at }: LastEdit): void {
  const of = edits.get(room) ?? new Map<string, LastEdit>();
  edits.set(room, of);
  for (const id of touched) of.set(id, { by, at });
}
