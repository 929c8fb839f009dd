import type { Refusal } from '@parley/protocol';
import type { Draft } from './draft.ts';
import type { Floor, Job } from './floor.ts';
import { ProcessBounds } from './process-bounds.ts';
import { report } from './report.ts';
import { Waiting } from './waiting.ts';

export interface Pace {
  /** Under lasting load a turn starts no sooner than this after the last began. */
  readonly turnMs: number;
  /** A turn judges no longer than this, and answers no longer than this to those who only read; the rest is left to the next. A request that was begun is ended. */
  readonly workMs: number;
  /** So many turns may start sooner after a rest: what happens to come close together is no load. */
  readonly spare: number;
  /** What is typed is counted for the lists no more often than this; 0: at every turn. */
  readonly countMs: number;
  /** How long to wait before the record is tried again; doubles up to the last. */
  readonly retryMs: readonly [number, number];
}

export const PACE: Pace = { turnMs: 16, workMs: 10, spare: 8, countMs: 250, retryMs: [50, 1_000] };

/** About so many bytes are written in a millisecond: their user pays for them as for judging. */
const BYTES_PER_MS = 64 * 1024;

/** A request and what answers it; null when judging it broke. */
interface Judged { readonly job: Job; readonly answer: (() => void) | null }

/** A turn: what it judged and did, what of it is not saved, who is answered in a later one, and how many logs are not done with. */
interface UnderWay { readonly draft: Draft; readonly judged: readonly Judged[]; readonly failed: Set<string>; readonly later: Set<Job>; unsettled: number }

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/**
 * The one queue of a group and its turns (DESIGN 3): take what arrived, judge and apply in memory, append everything of a log in one transaction, then
 * tell its readers and answer, and so on with the next log: nothing of what all share waits for what is private. Users share the time of a turn: what one's requests cost, that one waits for. Nobody is served between the judgement and the commit, because answers wait and nothing else reads a host.
 */
export class CommitLoop {
  private readonly waiting: Waiting;
  private running: Promise<void> | null = null;
  /** What is said to whoever asks for anything; null: it is taken. */
  private refusing: Refusal | null = null;
  /** When the next turn may start; as far in the past as there are turns to spare. */
  private due = -Infinity;

  /** `now`: in milliseconds. `payerOf`: whose share of a turn a user's requests are taken from. `bounds`: shared with the loops of all other groups. */
  constructor(
    private readonly floor: Floor, private readonly pace: Pace = PACE, private readonly now = () => performance.now(), private readonly payerOf = (user: string) => user,
    private readonly bounds: Pick<ProcessBounds, 'waiting' | 'users' | 'turns'> = new ProcessBounds(),
  ) {
    this.waiting = new Waiting(floor, () => this.wake(), now, payerOf, bounds);
  }

  /** Takes a request, or fails it as `busy` when too much waits already. */
  submit(job: Job): void {
    if (this.refusing !== null || !this.waiting.push(job)) return job.fail(this.refusing ?? 'busy');
    this.wake();
  }

  /** Opens a document again in the background; requests about it wait for that. */
  reload(subject: string): void {
    this.waiting.load(subject);
  }

  /** Takes nothing new, and resolves when what was taken has been answered, or refused where the group has become another process's. */
  async close(refusal: Refusal = 'busy'): Promise<void> {
    this.refusing = refusal;
    await this.running;
    this.waiting.failAll(refusal);
  }

  /** After it was closed: takes requests again. */
  open(): void {
    this.refusing = null;
  }

  private wake(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.waiting.any && this.refusing === null) this.wake();
    });
  }

  /** A macrotask between any two turns, and the turns of other groups: whoever hears of one turn has done with it before the next. */
  private async run(): Promise<void> {
    for (;;) {
      await this.bounds.turns.next(this.waiting);
      if (!this.floor.held) return this.waiting.failAll('elsewhere');
      // Also with nothing to do: documents that were given up are told as soon as the record is back.
      if (!this.waiting.any && (this.floor.reachable || this.refusing !== null)) return;
      const { turnMs, spare } = this.pace, wait = this.due - performance.now();
      if (wait > 0.5) {
        await pause(wait);
        continue;
      }
      this.due = Math.max(this.due, performance.now() - spare * turnMs) + turnMs;
      await this.turn();
    }
  }

  private async turn(): Promise<void> {
    await this.reach();
    if (!this.floor.reachable) return;
    this.waiting.begin();
    const first = this.waiting.next();
    if (!first) return;
    const draft = this.floor.begin(), judged = this.judgeAll(first, draft), stages = this.floor.byLog(new Set(judged.map(({ job }) => job.subject)));
    const turn: UnderWay = { draft, judged, failed: new Set(draft.spoiled), later: new Set(), unsettled: stages.flat().length };
    for (const logs of stages) await Promise.all(logs.map((subjects) => this.settle(turn, subjects)));
  }

  /** Makes durable what a turn did in one log, tells it and answers; the last of its logs ends the turn, before anybody who was answered asks again. */
  private async settle(turn: UnderWay, subjects: ReadonlySet<string>): Promise<void> {
    const { draft, failed, later } = turn;
    for (const subject of await this.floor.commit(draft, subjects, failed)) failed.add(subject);
    guarded('deliver', () => this.floor.deliver(draft, subjects, failed));
    const asked = turn.judged.filter(({ job }) => subjects.has(job.subject)), unanswered = this.answerAll(asked, draft, failed);
    this.waiting.settled(asked.map(({ job }) => job).filter((job) => !unanswered.has(job)));
    for (const job of unanswered) later.add(job);
    turn.unsettled -= 1;
    if (turn.unsettled > 0) return;
    this.waiting.giveBack([...later]);
    this.floor.rest();
  }

  /** Judges what waits, from the first on, until the time of a turn is spent. */
  private judgeAll(first: Job, draft: Draft): Judged[] {
    const judged: Judged[] = [];
    for (let job: Job | undefined = first, spent = 0; job; job = spent < this.pace.workMs ? this.waiting.next() : undefined) {
      const taken = job;
      spent += this.measured(taken.user, () => judged.push({ job: taken, answer: this.judge(taken, draft) }), taken.weight / BYTES_PER_MS);
    }
    return judged;
  }

  /** Answers all who asked for a change, and those who read until the time for them is spent. Gives the rest. */
  private answerAll(judged: readonly Judged[], draft: Draft, failed: ReadonlySet<string>): Set<Job> {
    const later = new Set<Job>();
    for (const of of judged) if (!of.job.reads) this.answer(of, draft, failed);
    let spent = 0;
    for (const of of judged) {
      if (!of.job.reads) continue;
      if (!this.floor.lasts) guarded('answer', () => of.job.fail('elsewhere'));
      else if (spent >= this.pace.workMs && !failed.has(of.job.subject)) later.add(of.job);
      else spent += this.measured(of.job.user, () => this.answer(of, draft, failed));
    }
    return later;
  }

  private answer({ job, answer }: Judged, draft: Draft, failed: ReadonlySet<string>): void {
    const answered = answer !== null && !failed.has(job.subject) && guarded('answer', answer);
    if (!answered) guarded('answer', () => job.fail(failed.has(job.subject) && !draft.spoiled.has(job.subject) ? 'not-saved' : 'server-error'));
  }

  /** What the work takes is charged to the user; gives it. */
  private measured(user: string, work: () => void, more = 0): number {
    const began = this.now();
    work();
    const ms = this.now() - began + more;
    this.waiting.charge(user, ms);
    this.bounds.turns.charge(this.payerOf(user), ms);
    return ms;
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
    for (let wait = this.pace.retryMs[0]; this.floor.held && !this.floor.reachable; wait = Math.min(wait * 2, this.pace.retryMs[1])) {
      try {
        await this.floor.reach();
      } catch (error) {
        if (this.refusing !== null) return this.waiting.failAll('not-saved');
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
