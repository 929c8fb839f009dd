import type { JoinedRoom } from '@parley/protocol';
import * as Y from 'yjs';
import { bytesOf } from './stored-room.ts';

/** So many updates, and bytes of them, are told behind what was encoded; with more the whole is encoded anew when somebody asks. */
const MOST_UPDATES = 128, MOST_BYTES = 16 * 1024;

/**
 * What those who join are told of a room that others write in meanwhile: what it was when somebody last asked for the whole of it, and the updates since. To encode all of a room for
 * each of them, or all that was ever deleted in it, takes as long as a hundred key presses.
 */
export class EncodedRoom {
  private taken: ReturnType<typeof bytesOf> | null = null;
  private since: Uint8Array[] = [];
  private size = 0;

  /** Tell it of every update of `doc`. */
  constructor(private readonly doc: Y.Doc) {}

  add(update: Uint8Array): void {
    if (!this.taken) return;
    this.since.push(update);
    this.size += update.length;
    if (this.since.length <= MOST_UPDATES && this.size <= MOST_BYTES) return;
    this.taken = null;
    this.since = [];
    this.size = 0;
  }

  /** The whole room as it is now. */
  whole(): ReturnType<typeof bytesOf> {
    if (this.taken && this.since.length === 0) return this.taken;
    this.since = [];
    this.size = 0;
    return (this.taken = bytesOf(this.doc));
  }

  /** What somebody lacks who has `have`, a state vector; throws when that cannot be read. Some of it may be there already. All deletions are named. */
  lacking(have: Uint8Array | undefined): JoinedRoom {
    const { update, deletes } = this.taken ?? this.whole(), vector = Y.encodeStateVector(this.doc);
    return { updates: have ? [structsBehind(this.doc, Y.decodeStateVector(have)), deletes, ...this.since] : [update, ...this.since], vector };
  }
}

/** What a document holds that was written behind a state vector, and none of its deletions, as Yjs encodes it. */
function structsBehind(doc: Y.Doc, have: ReadonlyMap<number, number>): Uint8Array {
  const { clients } = doc.store, lacked = [...clients.keys()].filter((client) => Y.getState(doc.store, client) > (have.get(client) ?? 0)).sort((a, b) => b - a);
  const encoder = new Y.UpdateEncoderV1();
  encoder.writeLen(lacked.length);
  for (const client of lacked) {
    const structs = clients.get(client)!, from = have.get(client) ?? 0, first = Y.findIndexSS(structs, from);
    encoder.writeLen(structs.length - first);
    encoder.writeClient(client);
    encoder.writeLen(from);
    for (let i = first; i < structs.length; i++) structs[i]!.write(encoder, Math.max(0, from - structs[i]!.id.clock));
  }
  encoder.writeLen(0);
  return encoder.toUint8Array();
}
