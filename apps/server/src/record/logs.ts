import type { Audience, LogName } from '@parley/negotiation';
import type { Clock, Entropy } from './clock.ts';
import { RecordLog } from './record-log.ts';
import type { RecordStore } from './record.store.ts';

/** The name of the shared log, the same for ever; the others' are made from it (RECORD 3.1). */
export abstract class LogOrigin {
  abstract readonly origin: string;
}

/** The logs of the working group. Whoever wants one names the audience that reads it: there is no other way to any of them. */
export class Logs {
  private readonly known = new Map<LogName, RecordLog>();
  private readonly writing = new Set<RecordLog>();

  constructor(private readonly store: RecordStore, private readonly origin: LogOrigin, private readonly clock: Clock, private readonly entropy: Entropy) {}

  of({ log, party }: Audience): RecordLog {
    const { origin } = this.origin;
    const found = this.known.get(log) ?? new RecordLog(log, party === null ? origin : `${origin}/d/${party}`, this.store, this.clock, this.entropy);
    this.known.set(log, found);
    return found;
  }

  /** Opens a log to be written; from then on it is one of those that have to be reachable. */
  async open(audience: Audience): Promise<RecordLog> {
    const log = this.of(audience);
    if (this.writing.has(log)) return log;
    await log.reopen();
    this.writing.add(log);
    return log;
  }

  /** False when one of the logs that are written has to be opened again before anything is judged. */
  get reachable(): boolean {
    return [...this.writing].every((log) => log.reachable);
  }

  /** Opens those again that are closed. */
  async reopen(): Promise<void> {
    for (const log of this.writing) if (!log.reachable) await log.reopen();
  }
}
