import { type Act } from '@parley/negotiation';
import { type Entry } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { PendingEntry } from '../commit/commit-batch.ts';

/** An act that was performed before under some id. `index` is known once it is durable. */
export interface PerformedAct { readonly by: string; readonly op: string; readonly entry: { readonly index: number } }

/** As many as are remembered here; older ones are asked of the record. */
const REMEMBERED = 10_000;

/**
 * Which acts have been performed: the same act sent again gets the same entry. The record knows all; what was performed lately is remembered here
 * as well, because between a look at the record and the commit the act may have been performed by another request.
 */
export class PerformedActs {
  private readonly recent = new Map<string, PerformedAct>();

  constructor(private readonly log: Pick<RecordLog, 'act'>) {}

  /** To be asked before the act waits for its turn. */
  async recorded(act: Act): Promise<PerformedAct | null> {
    if (this.recent.has(act.id)) return null;
    const entry: Entry | null = await this.log.act(act.id);
    return entry?.kind === 'act' ? { by: entry.by, op: entry.op, entry } : null;
  }

  /** To be asked in the commit. */
  lately(actId: string): PerformedAct | undefined {
    return this.recent.get(actId);
  }

  remember(entry: PendingEntry): void {
    if (entry.content.kind !== 'act') return;
    const { act, by, sent } = entry.content;
    this.recent.set(act.id, { by, op: sent.op, entry });
    for (const oldest of this.recent.keys()) {
      if (this.recent.size <= REMEMBERED) return;
      this.recent.delete(oldest);
    }
  }

  /** The entry was not saved after all. */
  forget(entry: PendingEntry): void {
    if (entry.content.kind === 'act') this.recent.delete(entry.content.act.id);
  }
}
