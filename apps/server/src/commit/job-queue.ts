import type { Refusal } from '@parley/protocol';
import { type CommitPort, type Job, needsOwnCommit } from './commit-port.ts';
import { Quota, Quotas, type QuotaLimit } from './quota.ts';
import type { ProcessBounds } from './process-bounds.ts';
import { logger } from '../logger.ts';
import { FairShares } from './fair-shares.ts';

const MIB = 1024 * 1024;

/**
 * Beyond these, and those of the process, the server says that it is busy, so that a record that is away for long cannot fill the memory; and so that nobody, no group and no document takes the
 * place of all others.
 */
const OF_GROUP: QuotaLimit = { jobs: 5_000, bytes: 64 * MIB };
const OF_SUBJECT: QuotaLimit = { jobs: 2_500, bytes: 32 * MIB };

/** One commit takes no more than this: a statement has to end before its time limit. */
const COMMIT_JOBS = 2_000;
const COMMIT_BYTES = 8 * MIB;

/** What the commit under way has taken. `alone`: an act on the group. `passedOver`: users whose next request needs a commit of its own. */
interface Taken { jobs: number; bytes: number; alone: boolean; readonly passedOver: Set<string> }

/** The requests that wait, by user in order of arrival; those about a document that is not open wait until it is. */
export class JobQueue {
  private readonly shares: FairShares<Job>;
  private readonly parked = new Map<string, Job[]>();
  private readonly all = new Quota(OF_GROUP);
  private readonly subjects = new Quotas(OF_SUBJECT);
  private taken: Taken = { jobs: 0, bytes: 0, alone: false, passedOver: new Set() };

  constructor(private readonly port: Pick<CommitPort, 'isReady' | 'load' | 'needs'>, private readonly wake: () => void, now: () => number, payerOf: (user: string) => string, private readonly bounds: Pick<ProcessBounds, 'waiting' | 'users'>) {
    this.shares = new FairShares(now, payerOf);
  }

  get any(): boolean {
    return this.shares.any;
  }

  /** By whose shares the next commits are. */
  get payers(): Iterable<string> {
    return this.shares.payers;
  }

  /** False when there is no room: for anything, for this user, or for this document. */
  push(job: Job): boolean {
    const { user, subject, weight } = job;
    const { waiting, users } = this.bounds;
    if (!waiting.takes(weight) || !users.takes(user, weight) || !this.all.takes(weight) || !this.subjects.takes(subject, weight)) return false;
    waiting.add(weight);
    users.add(user, weight);
    this.all.add(weight);
    this.subjects.add(subject, weight);
    this.shares.push(job);
    return true;
  }

  /** From here on `next` gives what a new commit takes. */
  begin(): void {
    this.taken = { jobs: 0, bytes: 0, alone: false, passedOver: new Set() };
  }

  /** What the commit decides next; undefined when it takes no more. Each has to be charged for, and given to `settled` or back. */
  next(): Job | undefined {
    const { taken } = this;
    for (let job = taken.alone ? undefined : this.shares.next(taken.passedOver); job; job = this.shares.next(taken.passedOver)) {
      if (this.park(job)) continue;
      if (taken.jobs > 0 && needsOwnCommit(job)) this.passOver(job);
      else if (taken.jobs > 0 && (taken.jobs >= COMMIT_JOBS || taken.bytes + job.weight > COMMIT_BYTES)) return void this.shares.unshift([job]);
      else {
        taken.jobs += 1;
        taken.bytes += job.weight;
        taken.alone = needsOwnCommit(job);
        return job;
      }
    }
    return undefined;
  }

  /** What was done for a user took so long. */
  charge(user: string, ms: number): void {
    this.shares.charge(user, ms);
  }

  /** Requests that were taken, and come again in a later commit, in front of what their users asked since. */
  giveBack(jobs: readonly Job[]): void {
    this.shares.unshift(jobs);
  }

  settled(jobs: readonly Job[]): void {
    for (const { user, subject, weight } of jobs) {
      this.bounds.waiting.drop(weight);
      this.bounds.users.drop(user, weight);
      this.all.drop(weight);
      this.subjects.drop(subject, weight);
    }
  }

  failAll(refusal: Refusal): void {
    const jobs = [...this.shares.clear(), ...[...this.parked.values()].flat()];
    for (const list of this.parked.values()) list.length = 0;
    this.fail(jobs, refusal);
  }

  /** Loads a document; requests about it wait meanwhile. */
  load(subject: string): void {
    if (this.parked.has(subject)) return;
    this.parked.set(subject, []);
    this.port.load(subject).then(
      () => this.unpark(subject),
      (error: unknown) => {
        logger.failed('load-failed', error, { subject });
        const jobs = this.parked.get(subject) ?? [];
        this.parked.delete(subject);
        this.fail(jobs, 'not-saved');
      });
  }

  /** The next commit begins with it. */
  private passOver(job: Job): void {
    this.shares.unshift([job]);
    this.taken.passedOver.add(this.shares.first(job.user));
  }

  private park(job: Job): boolean {
    const missing = this.port.needs(job.subject).find((subject) => this.parked.has(subject) || !this.port.isReady(subject));
    if (missing === undefined) return false;
    this.load(missing);
    this.parked.get(missing)!.push(job);
    return true;
  }

  private unpark(subject: string): void {
    const jobs = this.parked.get(subject) ?? [];
    this.parked.delete(subject);
    this.shares.unshift(jobs);
    if (jobs.length > 0) this.wake();
  }

  private fail(jobs: readonly Job[], refusal: Refusal): void {
    this.settled(jobs);
    for (const job of jobs) job.fail(refusal);
  }
}
