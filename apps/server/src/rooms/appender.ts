import type { DocumentRow } from '../record/record.store.ts';
import { LeaseLost } from '../record/lease.store.ts';
import type { Fate, RecordLog } from '../record/record-log.ts';
import type { Draft, Step } from './draft.ts';
import { report } from './report.ts';

/** The subjects that are not in the record; `stale`: the record went on without us, so nothing in memory can be trusted. */
export interface Appended { readonly failed: ReadonlySet<string>; readonly stale: boolean }

/** The rows of `subjects` when `steps` are the entries from `first` on. */
type Rows = (draft: Draft, subjects: readonly string[], steps: readonly Step[], first: number) => DocumentRow[];

/** How long the record is asked what became of a lost append before those who wait are told that it failed. */
const PATIENCE_MS = 3_000;
const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/** Appends what a draft has for one log in one transaction; a batch refused for one row document by document. Steps that are durable have their index. Rejects with `LeaseLost`: then none is. */
export class Appender {
  constructor(
    private readonly log: Pick<RecordLog, 'size' | 'append' | 'fate'>, private readonly rows: Rows, private readonly patienceMs = PATIENCE_MS,
  ) {}

  async append(draft: Draft, subjects: readonly string[]): Promise<Appended> {
    const wanted = new Set(subjects), fate = await this.attempt(draft, subjects, draft.steps.filter(({ subject }) => wanted.has(subject)));
    if (fate === 'saved') return { failed: new Set(), stale: false };
    if (fate === 'absent' && subjects.length > 1) return this.oneByOne(draft, subjects);
    return { failed: new Set(subjects), stale: fate === 'conflict' };
  }

  private async oneByOne(draft: Draft, subjects: readonly string[]): Promise<Appended> {
    const failed = new Set<string>();
    for (const [i, subject] of subjects.entries()) {
      const fate = await this.attempt(draft, [subject], draft.of(subject));
      if (fate === 'conflict' || fate === 'unknown') return { failed: new Set([...failed, ...subjects.slice(i)]), stale: fate === 'conflict' };
      if (fate === 'absent') failed.add(subject);
    }
    return { failed, stale: false };
  }

  private async attempt(draft: Draft, subjects: readonly string[], steps: readonly Step[]): Promise<Fate | 'unknown'> {
    const first = this.log.size;
    const entries = steps.map((step) => step.entry);
    try {
      await this.log.append(entries, this.rows(draft, subjects, steps, first), draft.nowOf(subjects[0]!).at);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      const fate = await this.learn(entries, first, error);
      report('append-failed', error, { entries: entries.length, first, fate });
      if (fate !== 'saved') return fate;
    }
    steps.forEach((step, i) => { step.index = first + i; });
    return 'saved';
  }

  private async learn(entries: readonly Step['entry'][], first: number, error: unknown): Promise<Fate | 'unknown'> {
    for (const until = performance.now() + this.patienceMs; ;) {
      try {
        return await this.log.fate(entries, first, error);
      } catch {
        if (performance.now() > until) return 'unknown';
        await pause(Math.min(100, this.patienceMs));
      }
    }
  }
}
