import { BoundedWorker } from '../limits/bounded-worker.ts';
import type { Reading } from './large-acts.ts';
import type { Piece } from './pieces.ts';

/** The methods of `LargeActs` behind a wait, called one after the other. */
export interface ActReader {
  read(body: Uint8Array): Promise<Reading>;
  piece(n: number): Promise<Piece>;
  /** Nothing may be asked afterwards; what waits is rejected. */
  close(): Promise<void>;
}

export type ActQuestion = { readonly t: 'read'; readonly body: Uint8Array } | { readonly t: 'piece'; readonly n: number };

/** The bundle stands beside the server's own. */
const FILE = new URL('./act-reader.worker.js', import.meta.url);
/** Five MiB of the smallest values that JSON has, read, written again and cut. */
const HEAP_MB = 512;
/** The dearest body takes two seconds. */
const ANSWER_MS = 10_000;

/** Reads in a thread of its own, not on the loop that serves people. Started when first asked. */
export class WorkerActReader implements ActReader {
  private readonly worker = new BoundedWorker(FILE, { heapMb: HEAP_MB, answerMs: ANSWER_MS });

  read(body: Uint8Array): Promise<Reading> {
    const own = new Uint8Array(body);
    return this.ask({ t: 'read', body: own }, [own.buffer]);
  }

  piece(n: number): Promise<Piece> {
    return this.ask({ t: 'piece', n });
  }

  close(): Promise<void> {
    return this.worker.close();
  }

  private ask<T>(question: ActQuestion, transfer?: readonly ArrayBuffer[]): Promise<T> {
    return this.worker.ask<T>(question, transfer);
  }
}
