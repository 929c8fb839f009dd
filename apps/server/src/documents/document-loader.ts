import { decodeEntry, leafHashOf } from '../record/entry.ts';
import type { SnapshotStore } from '../record/snapshot.store.ts';
import type { StoredEntry } from '../record/record.store.ts';
import type { RecordLog } from '../record/record-log.ts';
import { BrokenSnapshot, decodeSnapshot, type SnapshotContent, type LogPosition } from './snapshot.ts';
import { Replay } from './replay.ts';
import { logger } from '../logger.ts';

/** A document as the record has it. `tail`: how many entries were read, besides a snapshot of `snapshotBytes` bytes. Its position is that of its last entry, null for none. */
export interface LoadedDocument { readonly replay: Replay; readonly tail: number; readonly position: LogPosition | null; readonly snapshotBytes: number }

/** Makes documents, as one log has them, from a snapshot and the entries after it; from all their entries when there is no snapshot that the log bears out. */
export class DocumentLoader {
  constructor(private readonly log: Pick<RecordLog, 'name' | 'stored'>, private readonly snapshots: SnapshotStore) {}

  async load(id: string): Promise<LoadedDocument> {
    return await this.fromSnapshot(id) ?? this.follow({ replay: new Replay(id), tail: 0, position: null, snapshotBytes: 0 }, this.log.stored(id));
  }

  /** Null when there is no snapshot, or none that can be believed. */
  private async fromSnapshot(id: string): Promise<LoadedDocument | null> {
    const snapshot = await this.read(id);
    if (!snapshot) return null;
    const pages = this.log.stored(id, snapshot.position.index);
    const { value: first } = await pages.next() as IteratorResult<readonly StoredEntry[], undefined>;
    if (!first || !isAt(snapshot.position, first[0]!)) {
      logger.failed('state-ignored', new BrokenSnapshot('the log has no such entry'), { doc: id, entry: snapshot.position.index });
      return null;
    }
    const replay = new Replay(id, true, { last: snapshot.position.index, content: snapshot.content });
    replay.add(first.slice(1).map(decodeEntry));
    return this.follow({ replay, tail: first.length - 1, position: positionOf(first.at(-1)!), snapshotBytes: snapshot.size }, pages);
  }

  private async read(id: string): Promise<{ readonly position: LogPosition; readonly content: SnapshotContent; readonly size: number } | null> {
    try {
      const state = await this.snapshots.read(this.log.name, id);
      return state && { position: state, content: decodeSnapshot(id, state), size: state.bytes.length };
    } catch (error) {
      logger.failed('state-ignored', error, { doc: id });
      return null;
    }
  }

  /** Takes in the entries that follow. */
  private async follow(opened: LoadedDocument, pages: AsyncIterable<readonly StoredEntry[]>): Promise<LoadedDocument> {
    const { replay, snapshotBytes } = opened;
    let { tail, position } = opened;
    for await (const page of pages) {
      replay.add(page.map(decodeEntry));
      tail += page.length;
      position = positionOf(page.at(-1)!);
    }
    return { replay, tail, position, snapshotBytes };
  }
}

const positionOf = ({ index, leaf }: StoredEntry): LogPosition => ({ index, leafHash: leafHashOf(leaf) });

const isAt = (position: LogPosition, entry: StoredEntry): boolean =>
  entry.index === position.index && Buffer.compare(leafHashOf(entry.leaf), position.leafHash) === 0;
