import type { OnApplicationShutdown } from '@nestjs/common';
import { FairQueue } from '../limits/fair-queue.ts';
import { WorkerOverdue } from '../limits/bounded-worker.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { Instant } from './replay-cache.ts';
import type { Replayer } from './replayer.ts';

const PAGE = 500;
/** Requests that wait, of one user and of all. */
const MOST_OF_USER = 4;
const MOST = 64;
/** So long one request is replayed while others wait; the next goes on from where it stopped. */
const TURN_MS = 5_000;

/** An instant took too long to replay: whoever asks again goes on from what was done, unless a single step was too long. */
export class ReplayTooLong extends Error {
  override readonly name = 'ReplayTooLong';
}

/** A log of a group, to be replayed. */
export interface Replayed { readonly group: string; readonly log: Pick<RecordLog, 'storedPage'> }

/** Looks at earlier instants of documents, by replaying the record up to them: one at a time, whatever group they are of. */
export class Replays implements OnApplicationShutdown {
  private readonly queue = new FairQueue({ atOnce: 1, inLane: MOST_OF_USER, inAll: MOST });

  /** `now`: milliseconds of any clock that runs evenly. */
  constructor(private readonly replayer: Replayer, private readonly now: () => number = () => performance.now()) {}

  /**
   * The document right after its last entry not after `index`; null when it has none. One at a time, and users take turns; throws `QueueFull` when too many of `user` wait, and
   * `ReplayTooLong` when it is ended.
   */
  async at(user: string, of: Replayed, doc: string, index: number): Promise<Instant | null> {
    try {
      return await this.queue.run({ lane: user, name: '', known: true }, () => this.inTurn(of, doc, index));
    } catch (error) {
      throw error instanceof WorkerOverdue ? new ReplayTooLong(error.message) : error;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.replayer.close();
  }

  private async inTurn({ group, log }: Replayed, doc: string, index: number): Promise<Instant | null> {
    const last = await this.replayer.from(group, doc, index);
    await this.forward(log, doc, last, index);
    return this.replayer.show();
  }

  /** Reading the record takes none of the time that requests share: only what is done with it counts. */
  private async forward(log: Replayed['log'], doc: string, from: number, to: number): Promise<void> {
    for (let last = from, took = 0; last < to;) {
      if (took > TURN_MS) throw new ReplayTooLong(`stopped after entry ${last}`);
      // Indexes are of the whole log: there are at most so many of this document.
      const limit = Math.min(PAGE, to - last);
      const page = await log.storedPage(doc, last + 1, limit);
      const wanted = page.filter((entry) => entry.index <= to);
      const began = this.now();
      await this.replayer.add(wanted);
      took += this.now() - began;
      if (wanted.length < limit) return;
      last = wanted.at(-1)!.index;
    }
  }
}
