import { BoundedWorker } from '../limits/bounded-worker.ts';
import type { StoredEntry } from '../record/record.store.ts';
import type { Instant } from './replay-cache.ts';
import { packed, type PackedEntries } from './packed-entries.ts';

/** Cached replays behind a wait: the methods of `ReplayCache`, called one after the other. */
export interface Replayer {
  from(group: string, doc: string, index: number): Promise<number>;
  add(entries: readonly StoredEntry[]): Promise<void>;
  show(): Promise<Instant | null>;
  /** Nothing may be asked afterwards; what waits is rejected. */
  close(): Promise<void>;
}

export type ReplayQuestion =
  | { readonly t: 'from'; readonly group: string; readonly doc: string; readonly index: number }
  | { readonly t: 'add'; readonly entries: PackedEntries }
  | { readonly t: 'show' };

/** The bundle stands beside the server's own. */
const FILE = new URL('./replay.worker.js', import.meta.url);
/** Thirteen replays, one of them under way, of documents whose rooms the validator bounds at 500,000 characters and 100,000 structs each: an honest group's take a few MB each. */
const HEAP_MB = 512;
/** A page of entries takes milliseconds; the rooms of a document at its limits are built in a few seconds. */
const ANSWER_MS = 10_000;

/** Replays in a thread of their own, not on the loop that serves people. Started when first asked. */
export class WorkerReplayer implements Replayer {
  private readonly worker = new BoundedWorker(FILE, { heapMb: HEAP_MB, answerMs: ANSWER_MS });

  from(group: string, doc: string, index: number): Promise<number> {
    return this.ask({ t: 'from', group, doc, index });
  }

  add(entries: readonly StoredEntry[]): Promise<void> {
    const page = packed(entries);
    return this.ask({ t: 'add', entries: page }, [page.bytes]);
  }

  show(): Promise<Instant | null> {
    return this.ask({ t: 'show' });
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  private ask<T>(question: ReplayQuestion, transfer?: readonly ArrayBuffer[]): Promise<T> {
    return this.worker.ask<T>(question, transfer);
  }
}
