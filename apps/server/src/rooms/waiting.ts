import type { Refusal } from '@parley/protocol';
import { type Floor, type Job, standsAlone } from './commit-loop.ts';
import { Load, Loads, type Most } from './load.ts';
import { report } from './report.ts';

const MIB = 1024 * 1024;

/**
 * Beyond these the server says that it is busy, so that a record that is away for long cannot fill the memory; and so that nobody and no document takes the place of
 * all others.
 */
const ALL: Most = { jobs: 5_000, bytes: 64 * MIB };
const OF_USER: Most = { jobs: 1_000, bytes: 16 * MIB };
const OF_SUBJECT: Most = { jobs: 2_500, bytes: 32 * MIB };

/** One turn takes no more than this: a statement has to end before its time limit. */
const TURN_JOBS = 2_000;
const TURN_BYTES = 8 * MIB;

/** The requests that wait, in order of arrival; those about a document that is not open wait until it is. */
export class Waiting {
  private queue: Job[] = [];
  private readonly parked = new Map<string, Job[]>();
  private readonly all = new Load(ALL);
  private readonly users = new Loads(OF_USER);
  private readonly subjects = new Loads(OF_SUBJECT);

  constructor(private readonly floor: Pick<Floor, 'isReady' | 'load'>, private readonly wake: () => void) {}

  get any(): boolean {
    return this.queue.length > 0;
  }

  /** False when there is no room: for anything, for this user, or for this document. */
  push(job: Job): boolean {
    const { user, subject, weight } = job;
    if (!this.all.takes(weight) || !this.users.takes(user, weight) || !this.subjects.takes(subject, weight)) return false;
    this.all.add(weight);
    this.users.add(user, weight);
    this.subjects.add(subject, weight);
    this.queue.push(job);
    return true;
  }

  /** What the next turn judges. Each job taken has to be given to `settled`. */
  take(): Job[] {
    const taken: Job[] = [];
    let bytes = 0;
    let at = 0;
    for (; at < this.queue.length; at++) {
      const job = this.queue[at]!;
      if (taken.length > 0 && (standsAlone(job) || taken.length >= TURN_JOBS || bytes + job.weight > TURN_BYTES)) break;
      if (this.park(job)) continue;
      taken.push(job);
      bytes += job.weight;
      if (standsAlone(job)) { at++; break; }
    }
    this.queue = this.queue.slice(at);
    return taken;
  }

  settled(jobs: readonly Job[]): void {
    for (const { user, subject, weight } of jobs) {
      this.all.drop(weight);
      this.users.drop(user, weight);
      this.subjects.drop(subject, weight);
    }
  }

  failAll(refusal: Refusal): void {
    const jobs = [...this.queue, ...[...this.parked.values()].flat()];
    this.queue = [];
    for (const list of this.parked.values()) list.length = 0;
    this.fail(jobs, refusal);
  }

  /** Loads a document; requests about it wait meanwhile. */
  load(subject: string): void {
    if (this.parked.has(subject)) return;
    this.parked.set(subject, []);
    this.floor.load(subject).then(
      () => this.unpark(subject),
      (error: unknown) => {
        report('load-failed', error, { subject });
        const jobs = this.parked.get(subject) ?? [];
        this.parked.delete(subject);
        this.fail(jobs, 'not-saved');
      });
  }

  private park(job: Job): boolean {
    if (!this.parked.has(job.subject)) {
      if (this.floor.isReady(job.subject)) return false;
      this.load(job.subject);
    }
    this.parked.get(job.subject)!.push(job);
    return true;
  }

  private unpark(subject: string): void {
    const jobs = this.parked.get(subject) ?? [];
    this.parked.delete(subject);
    this.queue.unshift(...jobs);
    if (jobs.length > 0) this.wake();
  }

  private fail(jobs: readonly Job[], refusal: Refusal): void {
    this.settled(jobs);
    for (const job of jobs) job.fail(refusal);
  }
}
