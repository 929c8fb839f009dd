import type { GroupState } from '@parley/negotiation';
import type { Awaiting, Progress } from '@parley/protocol';
import type { DocumentRow } from '../record/record.store.ts';
import type { Host } from './host.ts';
import { Piecemeal } from './piecemeal.ts';
import { report } from './report.ts';
import { type Counts, Tally, type TallyRules } from './tally.ts';

/** What the column `progress` holds. */
export interface DerivedProgress { readonly standings: Progress; readonly lastAt: number }

/** What the column `awaiting` holds: by party. */
export type DerivedAwaiting = Readonly<Record<string, Awaiting>>;

/** `said` and `at`: what is durable, and since when. `saying`: what was counted at `countedAt` and is not durable yet. `owed`: something was not counted. */
interface Known { readonly tally: Tally; counts: Counts; said: string; at: number; saying: string | null; countedAt: number; owed: boolean }

/** A row that would say nothing new is not written again sooner: only the time of the last change is told so coarsely. */
const AGAIN_MS = 10_000;

const NOTHING: Counts = { progress: { approved: 0, agreed: 0, clean: 0, bracketed: 0, open: 0 }, awaiting: {} };

/** Makes the rows that lists read, and knows when what they say has changed. */
export class DerivedRows {
  private readonly known = new WeakMap<Host, Known>();
  private readonly piecemeal: Piecemeal;

  /** To count takes as long as to judge and to tell: so words are counted no more often than every `everyMs`. */
  constructor(private readonly rules: TallyRules, private readonly everyMs: number) {
    this.piecemeal = new Piecemeal(rules);
  }

  /**
   * The row after entry `last`; null when it would say nothing new, and, but for `now`, when a count just before is durable or the document takes long to count: then another is owed.
   * `news`: people who look at a list see something else than before. Call `written` when it is durable; until then it is asked for again.
   */
  row(host: Host, group: GroupState, last: number, at: number, now: boolean): { readonly row: DocumentRow | null; readonly news: boolean } {
    const known = this.known.get(host) ?? { tally: new Tally(this.rules), counts: NOTHING, said: '', at: -Infinity, saying: null, countedAt: -Infinity, owed: false };
    this.known.set(host, known);
    known.owed = !now && known.saying === null && this.everyMs > 0 && (at - known.countedAt < this.everyMs || !this.isQuick(host, group));
    if (known.owed) return { row: null, news: false };
    known.countedAt = at;
    known.counts = counted(host, group, known);
    const { title, template, stage } = host.document;
    const { progress: standings, awaiting } = known.counts;
    known.saying = JSON.stringify([title, stage, standings, awaiting]);
    const news = known.saying !== known.said;
    if (!news && at - known.at < AGAIN_MS) return { row: null, news };
    const progress: DerivedProgress = { standings, lastAt: at };
    return { row: { id: host.id, title, template, stage, openedAt: host.openedAt, lastEntry: last, progress, awaiting }, news };
  }

  /** The last row asked for is durable. */
  written(host: Host, at: number): void {
    const known = this.known.get(host);
    if (!known || known.saying === null) return;
    if (known.saying !== known.said || at - known.at >= AGAIN_MS) known.at = at;
    known.said = known.saying;
    known.saying = null;
  }

  /** Whether it can be counted within a turn; if not, it will be before long. */
  isQuick(host: Host, group: GroupState): boolean {
    return this.piecemeal.isQuick(host, group);
  }

  forget(host: Host): void {
    this.known.delete(host);
  }

  owes(host: Host): boolean {
    return this.known.get(host)?.owed ?? false;
  }
}

/** A list that cannot be counted must not stop what it lists. */
function counted(host: Host, group: GroupState, { tally, counts }: Known): Counts {
  try {
    return tally.count(host.scenery(group));
  } catch (error) {
    report('row-not-derived', error, { doc: host.id });
    return counts;
  }
}
