import { canonical, type Json } from '@parley/ledger';
import type { GroupState } from '@parley/negotiation';
import type { Awaiting, Progress } from '@parley/protocol';
import type { DocumentRow } from '../record/record.store.ts';
import type { DocumentSession } from './document-session.ts';
import { IncrementalCount } from './incremental-count.ts';
import { logger } from '../logger.ts';
import { type Counts, ProgressCounter, type CountingRules } from './progress-counter.ts';

/** What the column `progress` holds. */
export interface DerivedProgress { readonly standings: Progress; readonly lastAt: number }

/** What the column `awaiting` holds: by party. */
export type DerivedAwaiting = Readonly<Record<string, Awaiting>>;

/** Of an open document. `summaryOf`: what was counted at `countedAt` and is not durable yet. `owed`: something was not counted. */
interface Known { readonly counter: ProgressCounter; counts: Counts; summaryOf: string | null; countedAt: number; owed: boolean }

/** What a document's row says, and when it was written. */
interface WrittenRow { readonly summary: string; readonly at: number }

/** A row that would say nothing new is not written again sooner: only the time of the last change is told so coarsely. */
const AGAIN_MS = 10_000;

const NOTHING: Counts = { progress: { approved: 0, agreed: 0, clean: 0, bracketed: 0, open: 0 }, awaiting: {} };

/** Makes the rows that lists read, and knows when what they say has changed. */
export class DerivedRows {
  private readonly known = new WeakMap<DocumentSession, Known>();
  private readonly incremental: IncrementalCount;
  /** What is durable, of open documents and of closed ones: whoever opens one again has no news of it. */
  private readonly durable = new Map<string, WrittenRow>();

  /** To count takes as long as to decide and to tell: so words are counted no more often than every `everyMs`. */
  constructor(private readonly rules: CountingRules, private readonly everyMs: number) {
    this.incremental = new IncrementalCount(rules);
  }

  /** Another process may have written rows: what they say is not known any more. */
  forgetAll(): void {
    this.durable.clear();
  }

  /** These rows were found in the record's place for them: what they say is no news. One that was written while they were read is known already. */
  know(rows: readonly DocumentRow[]): void {
    for (const { id, title, stage, progress, awaiting } of rows) {
      const { standings, lastAt } = progress as DerivedProgress, known = this.durable.get(id);
      if (!known || known.at <= lastAt) this.durable.set(id, { summary: rowSummary(title, stage, standings, awaiting as DerivedAwaiting), at: lastAt });
    }
  }

  /**
   * The row after entry `last`; null when it would say nothing new, and, but for `now`, when a count just before is durable or the document takes long to count: then another is owed.
   * `news`: people who look at a list see something else than before. Call `written` when it is durable; until then it is asked for again.
   */
  row(session: DocumentSession, group: GroupState, last: number, at: number, now: boolean): { readonly row: DocumentRow | null; readonly news: boolean } {
    const known = this.known.get(session) ?? { counter: new ProgressCounter(this.rules), counts: NOTHING, summaryOf: null, countedAt: -Infinity, owed: false };
    this.known.set(session, known);
    const before = this.durable.get(session.id);
    known.owed = !now && known.summaryOf === null && this.everyMs > 0 && (at - known.countedAt < this.everyMs || !this.isQuick(session, group));
    if (known.owed) return { row: null, news: false };
    known.countedAt = at;
    known.counts = counted(session, group, known);
    const { title, template, stage } = session.document;
    const { progress: standings, awaiting } = known.counts;
    known.summaryOf = rowSummary(title, stage, standings, awaiting);
    const news = known.summaryOf !== before?.summary;
    if (!news && at - before.at < AGAIN_MS) return { row: null, news };
    const progress: DerivedProgress = { standings, lastAt: at };
    return { row: { id: session.id, title, template, stage, openedAt: session.openedAt, lastEntry: last, progress, awaiting }, news };
  }

  /** The last row asked for is durable. */
  written(session: DocumentSession, at: number): void {
    const known = this.known.get(session);
    if (!known || known.summaryOf === null) return;
    const before = this.durable.get(session.id);
    if (known.summaryOf !== before?.summary || at - before.at >= AGAIN_MS) this.durable.set(session.id, { summary: known.summaryOf, at });
    known.summaryOf = null;
  }

  /** Whether it can be counted within a commit; if not, it will be before long. */
  isQuick(session: DocumentSession, group: GroupState): boolean {
    return this.incremental.isQuick(session, group);
  }

  /** What a document's row is thought to say, it does not. */
  forget(doc: string): void {
    this.durable.delete(doc);
  }

  owes(session: DocumentSession): boolean {
    return this.known.get(session)?.owed ?? false;
  }
}

const rowSummary = (title: string, stage: string, standings: Progress, awaiting: DerivedAwaiting): string =>
  canonical([title, stage, standings, awaiting] as unknown as Json);

/** A list that cannot be counted must not stop what it lists. */
function counted(session: DocumentSession, group: GroupState, { counter, counts }: Known): Counts {
  try {
    return counter.count(session.shared(group));
  } catch (error) {
    logger.failed('row-not-derived', error, { doc: session.id });
    return counts;
  }
}
