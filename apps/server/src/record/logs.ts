import type { Audience, LogName } from '@parley/negotiation';
import type { Clock, Entropy } from './clock.ts';
import { RecordLog } from './record-log.ts';
import type { RecordStore } from './record.store.ts';

/** The logs of one working group. Whoever wants one names the audience that reads it: there is no other way to any of them. */
export class Logs {
  private readonly known = new Map<LogName, RecordLog>();

  /** `origin`: the name of the shared log, the same for ever; the others' are made from it. */
  constructor(private readonly store: RecordStore, private readonly origin: string, private readonly clock: Clock, private readonly entropy: Entropy) {}

  of({ log, party }: Audience): RecordLog {
    const { origin } = this;
    const found = this.known.get(log) ?? new RecordLog(log, party === null ? origin : `${origin}/d/${party}`, this.store, this.clock, this.entropy);
    this.known.set(log, found);
    return found;
  }

  /** Others may write them: none is written before it is opened again. */
  close(): void {
    for (const log of this.known.values()) log.close();
  }

  /** The same, open to be written. */
  async open(audience: Audience): Promise<RecordLog> {
    const log = this.of(audience);
    if (!log.reachable) await log.reopen();
    return log;
  }
}
