import { type Act } from '@parley/negotiation';
import { type Entry } from '../record/entry.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { PartyId } from '@parley/text';
import type { PendingEntry } from '../commit/commit-batch.ts';
import { partyOfSubject } from './subjects.ts';

/** An act that was performed before under some id. `index` is known once it is durable. */
export interface PerformedAct { readonly by: string; readonly op: string; readonly entry: { readonly index: number } }

/** As many of each log are remembered here; older ones are asked of the record. */
const REMEMBERED = 10_000;

/**
 * Which acts have been performed: the same act sent again gets the same entry. The record knows all; what was performed lately is remembered here
 * as well, because between a look at the record and the commit the act may have been performed by another request.
 */
export class PerformedActs {
  private readonly recent = new Map<PartyId | null, Map<string, PerformedAct>>();

  /** `logOf`: the log of a party; of null, the shared one. Whoever asks in one learns nothing of another. */
  constructor(private readonly logOf: (party: PartyId | null) => Pick<RecordLog, 'act'>) {}

  /** To be asked before the act waits for its turn. */
  async recorded(act: Act, party: PartyId | null): Promise<PerformedAct | null> {
    if (this.recentIn(party).has(act.id)) return null;
    const entry: Entry | null = await this.logOf(party).act(act.id);
    return entry?.kind === 'act' ? { by: entry.by, op: entry.op, entry } : null;
  }

  /** To be asked in the commit. */
  lately(actId: string, party: PartyId | null): PerformedAct | undefined {
    return this.recentIn(party).get(actId);
  }

  remember(entry: PendingEntry): void {
    if (entry.content.kind !== 'act') return;
    const { act, by, sent } = entry.content, recent = this.recentIn(partyOfSubject(entry.subject));
    recent.set(act.id, { by, op: sent.op, entry });
    for (const oldest of recent.keys()) {
      if (recent.size <= REMEMBERED) return;
      recent.delete(oldest);
    }
  }

  /** The entry was not saved after all. */
  forget(entry: PendingEntry): void {
    if (entry.content.kind === 'act') this.recentIn(partyOfSubject(entry.subject)).delete(entry.content.act.id);
  }

  private recentIn(party: PartyId | null): Map<string, PerformedAct> {
    const recent = this.recent.get(party) ?? new Map<string, PerformedAct>();
    this.recent.set(party, recent);
    return recent;
  }
}
