import { type Edit, fillRoom, readText, ROOT, RoomView, type Text, writeEdits } from '@parley/text';
import * as Y from 'yjs';

const FIRST_LETTER = 0xac00;
const LETTER = /[\uac00-\ud7a3]/g;

/** A letter that no text holds until somebody types it, and nobody types twice: it can be followed through rooms and acts. */
export const letter = (n: number): string => String.fromCharCode(FIRST_LETTER + n);

/** The letters in `words`, in order. */
export const lettersIn = (words: string): string[] => words.match(LETTER) ?? [];

/** Every letter that lives in a document, by the Yjs id of its character. Provisions that are gone keep their words, so theirs are in it. */
export function presentLetters(doc: Y.Doc): Map<string, string> {
  const found = new Map<string, string>();
  for (const provision of doc.getMap(ROOT).values()) {
    if (!(provision instanceof Y.Map)) continue;
    for (const text of provision.values() as IterableIterator<unknown>) if (text instanceof Y.Text) lettersOf(text, found);
  }
  return found;
}

function lettersOf(text: Y.Text, found: Map<string, string>): void {
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    for (const { 0: c, index } of item.content.str.matchAll(LETTER)) found.set(`${item.id.client}:${item.id.clock + index}`, c);
  }
}

/** What one write did to letters: Yjs ids and letters that came, and that went. */
export interface Change { readonly added: ReadonlyMap<string, string>; readonly removed: ReadonlyMap<string, string> }

export function changeOf(doc: Y.Doc, write: () => void): Change {
  const before = presentLetters(doc);
  write();
  const after = presentLetters(doc);
  const lacking = (all: Map<string, string>, there: Map<string, string>) => new Map([...all].filter(([id]) => !there.has(id)));
  return { added: lacking(after, before), removed: lacking(before, after) };
}

/** One browser in a room: its copy of the document, and what is under way in both directions. */
export interface Seat {
  readonly doc: Y.Doc;
  readonly view: RoomView;
  readonly inbox: Uint8Array[];
  readonly outbox: Uint8Array[];
  offline: boolean;
}

/** A room as the server keeps it, and browsers around it that know of each other through the server alone: late, in any order, twice. */
export class TypingRoom {
  readonly server = new Y.Doc();
  readonly view: RoomView;
  readonly seats: Seat[];
  /** Every letter ever written here by its Yjs id, and the ids that somebody took away. */
  readonly written = new Map<string, string>();
  readonly removed = new Set<string>();
  /** Updates that the server's document has made or let through. */
  updates = 0;

  /** `client`: the Yjs client id of the server here; the seats have the ones that follow. */
  constructor(text: Text, seats: number, client: number, private readonly random: () => number) {
    this.server.clientID = client;
    fillRoom(this.server, text, random);
    this.view = new RoomView(this.server);
    this.seats = Array.from({ length: seats }, (_, i) => this.seat(client + 1 + i));
    this.server.on('update', (update: Uint8Array, origin: unknown) => {
      this.updates += 1;
      for (const seat of this.seats) if (seat !== origin) seat.inbox.push(update);
    });
  }

  private seat(client: number): Seat {
    const doc = new Y.Doc();
    doc.clientID = client;
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.server));
    const seat: Seat = { doc, view: new RoomView(doc), inbox: [], outbox: [], offline: false };
    doc.on('update', (update: Uint8Array, origin: unknown) => { if (origin !== this) seat.outbox.push(update); });
    return seat;
  }

  /** What the person at `seat` does there and then; the others have it when it is delivered. */
  type(seat: Seat, edits: readonly Edit[]): Change {
    return this.remember(changeOf(seat.doc, () => writeEdits(seat.doc, edits, this.random)));
  }

  /** What an act makes the server write. */
  act(edits: readonly Edit[]): Change {
    return this.remember(changeOf(this.server, () => writeEdits(this.server, edits, this.random, 'act')));
  }

  private remember(change: Change): Change {
    for (const [id, letter] of change.added) this.written.set(id, letter);
    for (const id of change.removed.keys()) this.removed.add(id);
    return change;
  }

  /** One message arrives, whichever it is of those under way; with `again` it will arrive once more. */
  deliver(seat: Seat, nth: number, again = false): void {
    const toServer = seat.outbox.length > 0 && (seat.inbox.length === 0 || nth % 2 === 0);
    const queue = toServer ? seat.outbox : seat.inbox;
    const at = (nth >> 1) % Math.max(1, queue.length);
    const update = again ? queue[at] : queue.splice(at, 1)[0];
    if (!update) return;
    if (toServer) Y.applyUpdate(this.server, update, seat);
    else Y.applyUpdate(seat.doc, update, this);
  }

  /** Loses everything under way. */
  cut(seat: Seat): void {
    seat.inbox.length = 0;
    seat.outbox.length = 0;
  }

  /** Joins again: both ends bring what the other lacks. */
  rejoin(seat: Seat): void {
    this.cut(seat);
    Y.applyUpdate(this.server, Y.encodeStateAsUpdate(seat.doc, Y.encodeStateVector(this.server)), seat);
    Y.applyUpdate(seat.doc, Y.encodeStateAsUpdate(this.server, Y.encodeStateVector(seat.doc)), this);
  }

  /** Everything under way arrives, in random order; then who had lost something joins again. */
  settle(): void {
    for (let busy = this.busy(); busy.length > 0; busy = this.busy()) this.deliver(busy[Math.floor(this.random() * busy.length)]!, Math.floor(this.random() * 1_000));
    for (const seat of this.seats) this.rejoin(seat);
    for (let busy = this.busy(); busy.length > 0; busy = this.busy()) this.deliver(busy[0]!, 0);
  }

  get underWay(): number {
    return this.seats.reduce((n, seat) => n + seat.inbox.length + seat.outbox.length, 0);
  }

  private busy(): Seat[] {
    return this.seats.filter((seat) => seat.inbox.length + seat.outbox.length > 0);
  }

  /** The letters that live in the server's copy. */
  get letters(): Map<string, string> {
    return presentLetters(this.server);
  }

  /** What keeps the copies from being one; null when nothing does. */
  difference(): string | null {
    const wanted = JSON.stringify(read(readText(this.server)));
    const snapshot = Y.snapshot(this.server);
    for (const [i, { doc, view }] of [{ doc: this.server, view: this.view }, ...this.seats].entries()) {
      if (doc.store.pendingStructs || doc.store.pendingDs) return `copy ${i} still waits for something`;
      if (!Y.equalSnapshots(snapshot, Y.snapshot(doc))) return `copy ${i} has other items`;
      for (const text of [readText(doc), view.text]) if (JSON.stringify(read(text)) !== wanted) return `copy ${i} reads ${JSON.stringify(read(text))}, not ${wanted}`;
    }
    return null;
  }
}

/** What a text says, without the empty slots that a kind may or may not have. */
export const read = (text: Text) => text.list.map((id) => {
  const { kind, label, level, slots } = text.by.get(id)!;
  return [id, kind, label, level, Object.entries(slots).filter(([, slot]) => slot.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))];
});
