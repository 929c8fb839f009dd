import type { Refusal } from '@parley/protocol';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { Draft } from './draft.ts';
import { report } from './report.ts';
import { Waiting } from './waiting.ts';

/** One request. */
export interface Job {
  /** The document it is about, or the group. */
  readonly subject: string;
  /** Who asks. */
  readonly user: string;
  /** About how many bytes it holds in memory while it waits. */
  readonly weight: number;
  /** Judges and applies in memory; what it returns is called once the turn is durable, and only then. */
  judge(draft: Draft): () => void;
  /** Instead of an answer: nothing of it was applied. */
  fail(refusal: Refusal): void;
}

/** What the loop works on; `rooms` is its one adapter. */
export interface Floor {
  /** False: the record cannot be reached and must be, before anything is judged. */
  readonly reachable: boolean;
  /** Tries to reach it. */
  reach(): Promise<void>;
  isReady(subject: string): boolean;
  load(subject: string): Promise<void>;
  begin(): Draft;
  /** Makes the draft durable. Gives the subjects that are not; their memory is thrown away already. Never rejects. */
  commit(draft: Draft): Promise<ReadonlySet<string>>;
  /** Tells everybody about what is durable. */
  deliver(draft: Draft, failed: ReadonlySet<string>): void;
  /** Between two turns. */
  rest(): void;
}

export interface Pace {
  /** Under lasting load a turn starts no sooner than this after the last began. */
  readonly turnMs: number;
  /** So many turns may start sooner after a rest: what happens to come close together is no load. */
  readonly spare: number;
  /** What is typed is counted for the lists no more often than this; 0: at every turn. */
  readonly countMs: number;
  /** How long to wait before the record is tried again; doubles up to the last. */
  readonly retryMs: readonly [number, number];
}

export const PACE: Pace = { turnMs: 16, spare: 8, countMs: 250, retryMs: [50, 1_000] };

const macrotask = () => new Promise<void>((resolve) => { setImmediate(resolve); });
const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/**
 * The one queue of the process and its turns (DESIGN 3): take what arrived, judge and apply in memory, append everything in one transaction, then
 * tell everybody and answer. Nobody is served between the judgement and the commit, because answers wait and nothing else reads a host.
 */
export class CommitLoop {
  private readonly waiting: Waiting;
  private running: Promise<void> | null = null;
  private closed = false;
  /** When the next turn may start; as far in the past as there are turns to spare. */
  private due = -Infinity;

  constructor(private readonly floor: Floor, private readonly pace: Pace = PACE) {
    this.waiting = new Waiting(floor, () => this.wake());
  }

  /** Takes a request, or fails it as `busy` when too much waits already. */
  submit(job: Job): void {
    if (this.closed || !this.waiting.push(job)) return job.fail('busy');
    this.wake();
  }

  /** Opens a document again in the background; requests about it wait for that. */
  reload(subject: string): void {
    this.waiting.load(subject);
  }

  /** Takes nothing new, and resolves when what was taken has been answered. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    this.waiting.failAll('busy');
  }

  private wake(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.waiting.any && !this.closed) this.wake();
    });
  }

  /** A macrotask between any two turns: whoever hears of one turn has done with it before the next. */
  private async run(): Promise<void> {
    for (;;) {
      await macrotask();
      // Also with nothing to do: documents that were given up are told as soon as the record is back.
      if (!this.waiting.any && (this.floor.reachable || this.closed)) return;
      const { turnMs, spare } = this.pace, wait = this.due - performance.now();
      if (wait > 0.5) await pause(wait);
      this.due = Math.max(this.due, performance.now() - spare * turnMs) + turnMs;
      await this.turn();
    }
  }

  private async turn(): Promise<void> {
    await this.reach();
    const jobs = this.waiting.take();
    if (jobs.length === 0) return;
    const draft = this.floor.begin();
    const judged = jobs.map((job) => ({ job, answer: this.judge(job, draft) }));
    const failed = new Set([...draft.spoiled, ...await this.floor.commit(draft)]);
    guarded('deliver', () => this.floor.deliver(draft, failed));
    for (const { job, answer } of judged) {
      const answered = answer !== null && !failed.has(job.subject) && guarded('answer', answer);
      if (!answered) guarded('answer', () => job.fail(failed.has(job.subject) && !draft.spoiled.has(job.subject) ? 'not-saved' : 'server-error'));
    }
    this.waiting.settled(jobs);
    this.floor.rest();
  }

  private judge(job: Job, draft: Draft): (() => void) | null {
    if (draft.spoiled.has(job.subject)) return null;
    try {
      return job.judge(draft);
    } catch (error) {
      report('judge-failed', error, { subject: job.subject });
      draft.spoil(job.subject);
      return null;
    }
  }

  private async reach(): Promise<void> {
    for (let wait = this.pace.retryMs[0]; !this.floor.reachable; wait = Math.min(wait * 2, this.pace.retryMs[1])) {
      try {
        await this.floor.reach();
      } catch (error) {
        if (this.closed) return this.waiting.failAll('not-saved');
        report('record-unreachable', error);
        await pause(wait);
      }
    }
  }
}

/** One mistake must not stop the loop for everybody. False when there was one. */
function guarded(event: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    report(`${event}-failed`, error);
    return false;
  }
}

/** An act on the group has a turn of its own. */
export const standsAlone = (job: Job): boolean => job.subject === GROUP_SUBJECT;
