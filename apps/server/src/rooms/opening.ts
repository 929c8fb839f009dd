import { decodeEntry, leafHashOf } from '../record/entry.ts';
import type { KeptStateStore } from '../record/kept-state.store.ts';
import type { StoredEntry } from '../record/record.store.ts';
import type { RecordLog } from '../record/record-log.ts';
import { BrokenState, decodeKept, type KeptContent, type Mark } from './kept-content.ts';
import { Replay } from './replay.ts';
import { report } from './report.ts';

/** A document as the record has it. `tail`: how many entries were read, besides `keptSize` bytes that were kept. `mark`: its last entry, null for none. */
export interface Opened { readonly replay: Replay; readonly tail: number; readonly mark: Mark | null; readonly keptSize: number }

/** Makes documents, as one log has them, from what was kept of them and the entries after it; from all their entries when there is nothing kept that the log bears out. */
export class Opening {
  constructor(private readonly log: Pick<RecordLog, 'name' | 'stored'>, private readonly kept: KeptStateStore) {}

  async open(id: string): Promise<Opened> {
    return await this.fromKept(id) ?? this.follow({ replay: new Replay(id), tail: 0, mark: null, keptSize: 0 }, this.log.stored(id));
  }

  /** Null when there is nothing kept, or nothing that can be believed. */
  private async fromKept(id: string): Promise<Opened | null> {
    const kept = await this.read(id);
    if (!kept) return null;
    const pages = this.log.stored(id, kept.mark.index);
    const { value: first } = await pages.next() as IteratorResult<readonly StoredEntry[], undefined>;
    if (!first || !isMark(kept.mark, first[0]!)) {
      report('state-ignored', new BrokenState('the log has no such entry'), { doc: id, entry: kept.mark.index });
      return null;
    }
    const replay = new Replay(id, true, { last: kept.mark.index, content: kept.content });
    replay.add(first.slice(1).map(decodeEntry));
    return this.follow({ replay, tail: first.length - 1, mark: markOf(first.at(-1)!), keptSize: kept.size }, pages);
  }

  private async read(id: string): Promise<{ readonly mark: Mark; readonly content: KeptContent; readonly size: number } | null> {
    try {
      const state = await this.kept.read(this.log.name, id);
      return state && { mark: state, content: decodeKept(id, state), size: state.bytes.length };
    } catch (error) {
      report('state-ignored', error, { doc: id });
      return null;
    }
  }

  /** Takes in the entries that follow. */
  private async follow(opened: Opened, pages: AsyncIterable<readonly StoredEntry[]>): Promise<Opened> {
    const { replay, keptSize } = opened;
    let { tail, mark } = opened;
    for await (const page of pages) {
      replay.add(page.map(decodeEntry));
      tail += page.length;
      mark = markOf(page.at(-1)!);
    }
    return { replay, tail, mark, keptSize };
  }
}

const markOf = ({ index, leaf }: StoredEntry): Mark => ({ index, leafHash: leafHashOf(leaf) });

const isMark = (mark: Mark, entry: StoredEntry): boolean =>
  entry.index === mark.index && Buffer.compare(leafHashOf(entry.leaf), mark.leafHash) === 0;
