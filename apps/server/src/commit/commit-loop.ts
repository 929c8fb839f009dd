import type { LogName } from '@parley/negotiation';
import type { Refusal } from '@parley/protocol';
import type { CommitBatch } from './commit-batch.ts';
import type { CommitPort, Job } from './commit-port.ts';
import { ProcessBounds } from './process-bounds.ts';
import { logger } from '../logger.ts';
import { JobQueue } from './job-queue.ts';

export interface Pace {
  /** Under lasting load a commit starts no sooner than this after the last began. */
  readonly intervalMs: number;
  /** A commit works no longer than this, and answers no longer than this to those who only read; the rest is left to the next. A request that was begun is ended. */
  readonly workMs: number;
  /** So many commits may start sooner after a rest: what happens to come close together is no load. */
  readonly spare: number;
  /** What is typed is counted for the lists no more often than this; 0: at every commit. */
  readonly countMs: number;
  /** How long to wait before the record is tried again; doubles up to the last. */
  readonly retryMs: readonly [number, number];
}

export const PACE: Pace = { intervalMs: 16, workMs: 10, spare: 8, countMs: 250, retryMs: [50, 1_000] };

/** About so many bytes are written in a millisecond: their user pays for them as for deciding. */
const BYTES_PER_MS = 64 * 1024;

/** A job and what answers its request; null when running it failed. */
interface RanJob { readonly job: Job; readonly answer: (() => void) | null }

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/**
 * The one queue of a log of a group and its commits: take what arrived, decide and apply in memory, append everything in one transaction, then tell its readers and answer. Each log has a loop of its
 * own: nothing of what all share waits for what is private; what is private waits until what all share is durable. Users share the time of a commit: what one's requests cost, that one waits for. Nobody
 * is served between the decision and the commit, because answers wait and nothing else reads a session.
 */
export class CommitLoop {
  private readonly queue: JobQueue;
  private running: Promise<void> | null = null;
  /** Why every request is refused; null: requests are taken. */
  private refusing: Refusal | null = null;
  /** When the next commit may start; as far in the past as there are commits to spare. */
  private due = -Infinity;

  /** `now`: in milliseconds. `payerOf`: whose share of a commit a user's requests are taken from. `bounds`: shared with the loops of all other groups. */
  constructor(
    private readonly port: CommitPort, private readonly pace: Pace = PACE, private readonly now = () => performance.now(), private readonly payerOf = (user: string) => user,
    private readonly bounds: Pick<ProcessBounds, 'waiting' | 'users' | 'groups'> = new ProcessBounds(), private readonly log: LogName = 'shared',
  ) {
    this.queue = new JobQueue(port, () => this.wake(), now, payerOf, bounds);
  }

  /** Takes a request, or fails it as `busy` when too much waits already. */
  submit(job: Job): void {
    if (this.refusing !== null || !this.queue.push(job)) return job.fail(this.refusing ?? 'busy');
    this.wake();
  }

  /** Opens a document again in the background; requests about it wait for that. */
  reload(subject: string): void {
    this.queue.load(subject);
  }

  /** Takes nothing new, and resolves when what was taken has been answered, or refused where the group has become another process's. */
  async close(refusal: Refusal = 'busy'): Promise<void> {
    this.refusing = refusal;
    await this.running;
    this.queue.failAll(refusal);
  }

  /** After it was closed: takes requests again. */
  open(): void {
    this.refusing = null;
  }

  private wake(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.queue.any && this.refusing === null) this.wake();
    });
  }

  /** A macrotask between any two commits, and the commits of other groups: whoever is told of one commit has done with it before the next. */
  private async run(): Promise<void> {
    for (;;) {
      await this.bounds.groups.next(this.queue);
      if (!this.port.held) return this.queue.failAll('elsewhere');
      // Also with nothing to do: documents that were given up are told as soon as the record is back.
      if (!this.queue.any && (this.port.reachable || this.refusing !== null)) return;
      const { intervalMs, spare } = this.pace, wait = this.due - performance.now();
      if (wait > 0.5) {
        await pause(wait);
        continue;
      }
      this.due = Math.max(this.due, performance.now() - spare * intervalMs) + intervalMs;
      await this.commitOnce();
    }
  }

  private async commitOnce(): Promise<void> {
    await this.reach();
    if (!this.port.reachable) return;
    await this.port.steady(this.log);
    this.queue.begin();
    const first = this.queue.next();
    if (!first) return;
    const batch = this.port.begin(this.log), ran = this.runAll(first, batch), failed = await this.port.commit(batch);
    guarded('deliver', () => this.port.deliver(batch, failed));
    await this.port.steady(this.log);
    const later = this.answerAll(ran, batch, failed);
    this.queue.settled(ran.map(({ job }) => job).filter((job) => !later.has(job)));
    this.queue.giveBack([...later]);
    this.port.rest(this.log);
  }

  /** Decides what waits, from the first on, until the time of a commit is spent. */
  private runAll(first: Job, batch: CommitBatch): RanJob[] {
    const ran: RanJob[] = [];
    for (let job: Job | undefined = first, spent = 0; job; job = spent < this.pace.workMs ? this.queue.next() : undefined) {
      const taken = job;
      spent += this.measured(taken.user, () => ran.push({ job: taken, answer: this.runJob(taken, batch) }), taken.weight / BYTES_PER_MS);
    }
    return ran;
  }

  /** Answers all who asked for a change, and those who read until the time for them is spent. Gives the rest. */
  private answerAll(ran: readonly RanJob[], batch: CommitBatch, failed: ReadonlySet<string>): Set<Job> {
    const later = new Set<Job>();
    for (const of of ran) if (!of.job.reads) this.answer(of, batch, failed);
    let spent = 0;
    for (const of of ran) {
      if (!of.job.reads) continue;
      if (!this.port.lasts) guarded('answer', () => of.job.fail('elsewhere'));
      else if ((spent >= this.pace.workMs || !this.isOpen(of.job)) && !failed.has(of.job.subject)) later.add(of.job);
      else spent += this.measured(of.job.user, () => this.answer(of, batch, failed));
    }
    return later;
  }

  /** What all share of a document may have been thrown away since, by another loop. */
  private isOpen(job: Job): boolean {
    return this.port.needs(job.subject).every((subject) => this.port.isReady(subject));
  }

  private answer({ job, answer }: RanJob, batch: CommitBatch, failed: ReadonlySet<string>): void {
    const answered = answer !== null && !failed.has(job.subject) && guarded('answer', answer);
    if (!answered) guarded('answer', () => job.fail(failed.has(job.subject) && !batch.failed.has(job.subject) ? 'not-saved' : 'server-error'));
  }

  /** What the work takes is charged to the user; gives it. */
  private measured(user: string, work: () => void, more = 0): number {
    const began = this.now();
    work();
    const ms = this.now() - began + more;
    this.queue.charge(user, ms);
    this.bounds.groups.charge(this.payerOf(user), ms);
    return ms;
  }

  private runJob(job: Job, batch: CommitBatch): (() => void) | null {
    if (batch.failed.has(job.subject)) return null;
    try {
      return job.run(batch);
    } catch (error) {
      logger.failed('job-failed', error, { subject: job.subject });
      batch.fail(job.subject);
      return null;
    }
  }

  private async reach(): Promise<void> {
    for (let wait = this.pace.retryMs[0]; this.port.held && !this.port.reachable; wait = Math.min(wait * 2, this.pace.retryMs[1])) {
      try {
        await this.port.reach();
      } catch (error) {
        if (this.refusing !== null) return this.queue.failAll('not-saved');
        logger.failed('record-unreachable', error);
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
    logger.failed(`${event}-failed`, error);
    return false;
  }
}
