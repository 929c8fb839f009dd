import type { KeptState, KeptStateStore } from '../record/kept-state.store.ts';
import { encodeKept } from './kept-content.ts';
import type { Host } from './host.ts';
import { report } from './report.ts';

/** How many bytes may wait to be written. What comes beyond is not kept: its document is opened from an older state and more entries. */
const WAITING_BYTES = 32 * 1024 * 1024;

/** Writes the states of documents in the background, one at a time. That one is not written costs time at the next opening and nothing else. */
export class Keeping {
  private bytes = 0;
  private under = Promise.resolve();

  constructor(private readonly store: KeptStateStore) {}

  get idle(): boolean {
    return this.bytes === 0;
  }

  /** Takes the state as it is now; the host may change or go afterwards. Nothing in it may be ahead of the record. */
  keep(host: Host): void {
    if (this.bytes > WAITING_BYTES) return;
    try {
      const state = encodeKept(host.id, host.mark!, host.content());
      host.keptAgo = 0;
      host.keptSize = state.bytes.length;
      this.bytes += state.bytes.length;
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
      this.bytes -= state.bytes.length;
    }
  }
}
