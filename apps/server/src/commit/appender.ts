import type { DocumentRow } from '../record/record.store.ts';
import { LeaseLost } from '../record/lease.store.ts';
import type { Fate, RecordLog } from '../record/record-log.ts';
import type { CommitBatch, PendingEntry } from './commit-batch.ts';
import { logger } from '../logger.ts';

/** The subjects that are not in the record; `stale`: the record went on without us, so nothing in memory can be trusted. */
export interface Appended { readonly failed: ReadonlySet<string>; readonly stale: boolean }

/** The rows of `subjects` when `pending` are the entries from `first` on. */
type Rows = (batch: CommitBatch, subjects: readonly string[], pending: readonly PendingEntry[], first: number) => DocumentRow[];

/** How long the record is asked what became of a lost append before those who wait are told that it failed. */
const WAIT_MS = 3_000;
const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/** Appends what a batch has for one log in one transaction; a batch refused because of one row, document by document. Entries that are durable have their index. Rejects with `LeaseLost`: then none is. */
export class Appender {
  constructor(
    private readonly log: Pick<RecordLog, 'size' | 'append' | 'fate'>, private readonly rows: Rows, private readonly waitMs = WAIT_MS,
  ) {}

  async append(batch: CommitBatch, subjects: readonly string[]): Promise<Appended> {
    const wanted = new Set(subjects), fate = await this.attempt(batch, subjects, batch.pending.filter(({ subject }) => wanted.has(subject)));
    if (fate === 'saved') return { failed: new Set(), stale: false };
    if (fate === 'absent' && subjects.length > 1) return this.oneByOne(batch, subjects);
    return { failed: new Set(subjects), stale: fate === 'conflict' };
  }

  private async oneByOne(batch: CommitBatch, subjects: readonly string[]): Promise<Appended> {
    const failed = new Set<string>();
    for (const [i, subject] of subjects.entries()) {
      const fate = await this.attempt(batch, [subject], batch.of(subject));
      if (fate === 'conflict' || fate === 'unknown') return { failed: new Set([...failed, ...subjects.slice(i)]), stale: fate === 'conflict' };
      if (fate === 'absent') failed.add(subject);
    }
    return { failed, stale: false };
  }

  private async attempt(batch: CommitBatch, subjects: readonly string[], pending: readonly PendingEntry[]): Promise<Fate | 'unknown'> {
    const first = this.log.size;
    const entries = pending.map((entry) => entry.entry);
    try {
      await this.log.append(entries, this.rows(batch, subjects, pending, first), batch.context.at);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      const fate = await this.learn(entries, first, error);
      logger.failed('append-failed', error, { entries: entries.length, first, fate });
      if (fate !== 'saved') return fate;
    }
    pending.forEach((entry, i) => { entry.index = first + i; });
    return 'saved';
  }

  private async learn(entries: readonly PendingEntry['entry'][], first: number, error: unknown): Promise<Fate | 'unknown'> {
    for (const until = performance.now() + this.waitMs; ;) {
      try {
        return await this.log.fate(entries, first, error);
      } catch {
        if (performance.now() > until) return 'unknown';
        await pause(Math.min(100, this.waitMs));
      }
    }
  }
}
