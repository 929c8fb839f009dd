import { decodeEntry, leafHashOf } from '../record/entry.ts';
import type { SnapshotStore } from '../record/snapshot.store.ts';
import type { StoredEntry } from '../record/record.store.ts';
import type { RecordLog } from '../record/record-log.ts';
import { BrokenSnapshot, decodeSnapshot, type SnapshotContent, type LogPosition } from './snapshot.ts';
import { Replay } from './replay.ts';
import { report } from '../commit/report.ts';

/** A document as the record has it. `tail`: how many entries were read, besides `snapshotBytes` bytes that were kept. `mark`: its last entry, null for none. */
export interface LoadedDocument { readonly replay: Replay; readonly tail: number; readonly position: LogPosition | null; readonly snapshotBytes: number }

/** Makes documents, as one log has them, from what was kept of them and the entries after it; from all their entries when there is nothing kept that the log bears out. */
export class DocumentLoader {
  constructor(private readonly log: Pick<RecordLog, 'name' | 'stored'>, private readonly kept: SnapshotStore) {}

  async load(id: string): Promise<LoadedDocument> {
    return await this.fromSnapshot(id) ?? this.follow({ replay: new Replay(id), tail: 0, position: null, snapshotBytes: 0 }, this.log.stored(id));
  }

  /** Null when there is nothing kept, or nothing that can be believed. */
  private async fromSnapshot(id: string): Promise<LoadedDocument | null> {
    const kept = await this.read(id);
    if (!kept) return null;
    const pages = this.log.stored(id, kept.mark.index);
    const { value: first } = await pages.next() as IteratorResult<readonly StoredEntry[], undefined>;
    if (!first || !isMark(kept.mark, first[0]!)) {
      report('state-ignored', new BrokenSnapshot('the log has no such entry'), { doc: id, entry: kept.mark.index });
      return null;
    }
    const replay = new Replay(id, true, { last: kept.mark.index, content: kept.content });
    replay.add(first.slice(1).map(decodeEntry));
    return this.follow({ replay, tail: first.length - 1, position: markOf(first.at(-1)!), snapshotBytes: kept.size }, pages);
  }

  private async read(id: string): Promise<{ readonly mark: LogPosition; readonly content: SnapshotContent; readonly size: number } | null> {
    try {
      const state = await this.kept.read(this.log.name, id);
      return state && { mark: state, content: decodeSnapshot(id, state), size: state.bytes.length };
    } catch (error) {
      report('state-ignored', error, { doc: id });
      return null;
    }
  }

  /** Takes in the entries that follow. */
  private async follow(opened: LoadedDocument, pages: AsyncIterable<readonly StoredEntry[]>): Promise<LoadedDocument> {
    const { replay, snapshotBytes: keptSize } = opened;
    let { tail, position: mark } = opened;
    for await (const page of pages) {
      replay.add(page.map(decodeEntry));
      tail += page.length;
      mark = markOf(page.at(-1)!);
    }
    return { replay, tail, position: mark, snapshotBytes: keptSize };
  }
}

const markOf = ({ index, leaf }: StoredEntry): LogPosition => ({ index, leafHash: leafHashOf(leaf) });

const isMark = (mark: LogPosition, entry: StoredEntry): boolean =>
  entry.index === mark.index && Buffer.compare(leafHashOf(entry.leaf), mark.leafHash) === 0;
