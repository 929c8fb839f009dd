import { MemoryRecordStore } from '../support/memory-record.ts';

/** A record that now and then refuses, or loses its answer. */
export class SimulatedRecord extends MemoryRecordStore {
  steady = true;
  /** Sabotage: says yes to this many appends and keeps nothing of them. */
  forgets = 0;

  constructor(private readonly random: () => number) {
    super();
  }

  override async append(...args: Parameters<MemoryRecordStore['append']>): Promise<void> {
    const fails = !this.steady && this.random() < 0.02;
    if (fails && this.random() < 0.5) throw new Error('refused');
    const before = this.entries.length;
    await super.append(...args);
    if (!this.steady && this.forgets > 0 && this.entries.length > before && this.random() < 0.2) {
      this.forgets -= 1;
      this.entries.length = before;
    }
    if (fails) throw new Error('the answer is lost');
  }
}
