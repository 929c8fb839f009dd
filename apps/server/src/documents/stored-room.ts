import type { JoinedRoom } from '@parley/protocol';
import type { Former } from '@parley/text';
import * as Y from 'yjs';

/**
 * A room in bytes: all that was ever written in it, deletions too; the state vector of that; and the deletions alone, which a state vector does not tell. `formers`: for updates
 * that were made before texts of it were replaced; the oldest first.
 */
export interface RoomBytes { readonly update: Uint8Array; readonly vector: Uint8Array; readonly deletes: Uint8Array; readonly formers: readonly Former[] }

/** So many times that its texts were replaced a room remembers: what was made before goes back to its author. */
export const FORMERS = 3;

/** Beyond this many updates of its own, a room is better read once than sent piece by piece. */
const PIECES = 4_000;

/**
 * A room as the updates it is made of, in order. Who opens it needs no more: a Y.Doc is built when somebody first has to read or change it. `gc`: whether
 * deleted words may be forgotten then.
 */
export class StoredRoom {
  private pieces: Uint8Array[] = [];
  private readonly clocks = new Map<number, number>();
  private doc: Y.Doc | null = null;
  private whole: RoomBytes | null = null;
  /** What stood before texts of it were replaced. */
  formers: readonly Former[] = [];

  constructor(private readonly gc = true, private readonly from?: RoomBytes) {
    if (!from) return;
    this.formers = from.formers;
    this.pieces.push(from.update);
    for (const [client, clock] of Y.decodeStateVector(from.vector)) this.clocks.set(client, clock);
  }

  /** Takes in the updates that follow, and where each of them brings its clients. */
  add(updates: readonly Uint8Array[], clocks: readonly ReadonlyMap<number, number>[]): void {
    for (const reached of clocks) for (const [client, clock] of reached) this.clocks.set(client, Math.max(clock, this.clocks.get(client) ?? 0));
    this.whole = null;
    if (this.doc) return write(this.doc, updates);
    for (const update of updates) this.pieces.push(update);
    if (this.pieces.length > PIECES) this.build();
  }

  /** Takes in what the server wrote when it replaced texts, and remembers what stood before. Who looks at an earlier instant needs no more than the update. */
  compacted(updates: readonly Uint8Array[], clocks: readonly ReadonlyMap<number, number>[]): void {
    if (this.gc && updates[0]) this.formers = withFormerRoom(this.formers, { before: this.bytes.update, compaction: updates[0] });
    this.add(updates, clocks);
  }

  /** What somebody lacks who has `have`, a state vector; throws when that cannot be read. Some of it may be there already. */
  lacking(have: Uint8Array | undefined): JoinedRoom {
    if (this.doc) return { updates: [have ? Y.encodeStateAsUpdate(this.doc, have) : this.bytes.update], vector: this.vector };
    const [first, ...rest] = this.pieces;
    return { updates: have && first ? [this.behind(first, have), ...rest] : this.pieces.slice(), vector: this.vector };
  }

  /** What of the first piece is lacking; whoever was here before a restart lacks nothing of it, as far as one can tell. */
  private behind(first: Uint8Array, have: Uint8Array): Uint8Array {
    if (!this.from) return Y.diffUpdate(first, have);
    const there = Y.decodeStateVector(have);
    const all = [...Y.decodeStateVector(this.from.vector)].every(([client, clock]) => (there.get(client) ?? 0) >= clock);
    return all ? this.from.deletes : Y.diffUpdate(first, have);
  }

  /** The whole room as one update. */
  get bytes(): RoomBytes {
    if (!this.doc && this.from && this.pieces.length === 1) return this.from;
    return (this.whole ??= { ...bytesOf(this.build()), formers: this.formers });
  }

  /** Its Y.Doc, always the same one. */
  build(): Y.Doc {
    if (this.doc) return this.doc;
    this.doc = new Y.Doc({ gc: this.gc });
    write(this.doc, this.pieces);
    this.pieces = [];
    return this.doc;
  }

  private get vector(): Uint8Array {
    return Y.encodeStateVector(this.clocks);
  }
}

/** What a room remembers once its texts were replaced again. */
export const withFormerRoom = (formers: readonly Former[], last: Former): readonly Former[] => [...formers, last].slice(-FORMERS);

export function bytesOf(doc: Y.Doc): Omit<RoomBytes, 'formers'> {
  const vector = Y.encodeStateVector(doc);
  return { update: Y.encodeStateAsUpdate(doc), vector, deletes: Y.encodeStateAsUpdate(doc, vector) };
}

/** In one transaction, and a local one: what Yjs tidied up at the time is in the record itself. */
function write(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
}
