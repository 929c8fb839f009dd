import { setImmediate as macrotask } from 'node:timers/promises';
import type { DocumentAct } from '@parley/negotiation';
import { documentActSchema, type Refusing, type SentAct } from '@parley/protocol';
import { type TokenBucket, TokenBuckets } from '../limits/token-bucket.ts';
import { FairQueue, QueueFull } from '../limits/fair-queue.ts';
import { WorkerOverdue } from '../limits/bounded-worker.ts';
import { actIn } from './act-in.ts';
import type { ActReader } from './act-reader.ts';
import { Assembly } from './pieces.ts';

/** In milliseconds, of the loop that serves everybody or of the worker. */
const READING = { burst: 600, perSecond: 60 };
/** Bodies that wait to be read, of one user and of all. */
const MOST_OF_USER = 4, MOST = 32;

const BUSY: Refusing = { ok: false, reason: 'busy' };

/** An act on a document that was read and found well-formed. */
export interface ReadAct { readonly ok: true; readonly act: DocumentAct; readonly sent: SentAct }

/**
 * Reads acts, which is done before their turn and would keep everybody else waiting (HG55): small ones on the loop; large ones elsewhere, one at a time, users taking turns, and
 * the loop takes each over in pieces, with a turn of its own between any two. What it takes is counted for the user, whether the act is refused or not.
 */
export class ActReading {
  private readonly buckets: TokenBuckets;
  private readonly queue = new FairQueue({ atOnce: 1, inLane: MOST_OF_USER, inAll: MOST });

  constructor(private readonly reader: ActReader, private readonly now: () => number = () => performance.now()) {
    this.buckets = new TokenBuckets(READING, now);
  }

  /** What `read` gives. Refuses as `busy`, and reads nothing, when the user has let too much be spent lately. */
  small<T>(user: string, read: () => T): T | Refusing {
    const bucket = this.buckets.of(user), began = this.now();
    if (bucket.overdrawn) return BUSY;
    try {
      return read();
    } finally {
      bucket.charge(this.now() - began);
    }
  }

  /** The act in the body of a request. Refuses as `busy` likewise, and when too many wait or reading takes too long; rejects when the reader broke. */
  async large(user: string, body: Uint8Array): Promise<ReadAct | Refusing> {
    const bucket = this.buckets.of(user);
    if (bucket.overdrawn) return BUSY;
    try {
      return await this.queue.run({ lane: user, name: '', known: true }, () => this.inTurn(bucket, body));
    } catch (error) {
      if (error instanceof QueueFull || error instanceof WorkerOverdue) return BUSY;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.reader.close();
  }

  private async inTurn(bucket: TokenBucket, body: Uint8Array): Promise<ReadAct | Refusing> {
    if (bucket.overdrawn) return BUSY;
    const { found, tookMs } = await this.reader.read(body), act = new Assembly();
    bucket.charge(tookMs);
    if (!found.ok) return found;
    for (let n = 0; n < found.pieces; n++) {
      act.take(await this.reader.piece(n));
      await macrotask();
    }
    return { ok: true, act: act.whole as unknown as DocumentAct, sent: found.sent };
  }
}

/** The act that was sent; refuses what is none, or none that clients may send on a document. */
export function readHere(sent: SentAct): ReadAct | Refusing {
  const act = actIn<DocumentAct>(sent, documentActSchema);
  return act ? { ok: true, act, sent } : { ok: false, reason: 'bad-request' };
}
