import { BoundedWorker, WorkerOverdue } from '../limits/bounded-worker.ts';
import { FairQueue, QueueFull } from '../limits/fair-queue.ts';
import { GuessEstimate, type GuessQuestion, LOOKED_AT } from './guess-estimate.ts';
import { RequestRefused } from './request-refused.ts';

/** The bundle stands beside the server's own. */
const FILE = new URL('./guess-estimate.worker.js', import.meta.url);
/** The dictionaries and a table for 32 characters, several times over. */
const HEAP_MB = 512;
const ANSWER_MS = 10_000;
const MOST = { atOnce: 1, inLane: 16, inAll: 16 };

/** Estimates in a thread of its own, not on the loop that serves people. Started when first asked; `busy` when too many wait or one takes too long. */
export class WorkerGuessEstimate extends GuessEstimate {
  private readonly queue = new FairQueue(MOST);

  constructor(private readonly worker: Pick<BoundedWorker, 'ask' | 'close'> = new BoundedWorker(FILE, { heapMb: HEAP_MB, answerMs: ANSWER_MS })) {
    super();
  }

  override async log10(password: string, names: readonly string[], user: string): Promise<number> {
    const question: GuessQuestion = { password: password.slice(0, LOOKED_AT), names };
    try {
      return await this.queue.run({ lane: 'choosing', name: user, known: true }, () => this.worker.ask<number>(question));
    } catch (error) {
      throw error instanceof QueueFull || error instanceof WorkerOverdue ? new RequestRefused('busy', undefined, undefined, 1) : error;
    }
  }

  override close(): Promise<void> {
    return this.worker.close();
  }
}
