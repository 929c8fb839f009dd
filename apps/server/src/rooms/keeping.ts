import type { KeptState, KeptStateStore } from '../record/kept-state.store.ts';
import { encodeKept } from './kept-content.ts';
import type { Host } from './host.ts';
import type { Load } from './load.ts';
import { report } from './report.ts';

/** Writes the states of documents in the background, one at a time. That one is not written costs time at the next opening and nothing else. */
export class Keeping {
  private waiting = 0;
  private under = Promise.resolve();

  /** `states`: what waits to be written in all groups. */
  constructor(private readonly store: KeptStateStore, private readonly states: Load) {}

  get idle(): boolean {
    return this.waiting === 0;
  }

  /** Takes the state as it is now; the host may change or go afterwards. Nothing in it may be ahead of the record. */
  keep(host: Host): void {
    if (!this.states.takes(0)) return;
    try {
      const state = encodeKept(host.id, host.mark!, host.content());
      host.keptAgo = 0;
      host.keptSize = state.bytes.length;
      this.waiting += 1;
      this.states.add(state.bytes.length);
      this.under = this.under.then(() => this.write(host.readers.log, host.id, state));
    } catch (error) {
      report('state-not-kept', error, { doc: host.id });
    }
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.under;
  }

  private async write(log: string, doc: string, state: KeptState): Promise<void> {
    try {
      await this.store.write(log, doc, state);
    } catch (error) {
      report('state-not-kept', error, { doc, entry: state.index, bytes: state.bytes.length });
    } finally {
      this.waiting -= 1;
      this.states.drop(state.bytes.length);
    }
  }
}
