import type { StoredSnapshot, SnapshotStore } from '../record/snapshot.store.ts';
import { encodeSnapshot } from './snapshot.ts';
import type { DocumentSession } from './document-session.ts';
import type { Quota } from '../commit/quota.ts';
import { logger } from '../logger.ts';

/** Writes the states of documents in the background, one at a time. That one is not written costs time at the next opening and nothing else. */
export class SnapshotWriter {
  private queue = 0;
  private under = Promise.resolve();

  /** `states`: what waits to be written in all groups. */
  constructor(private readonly store: SnapshotStore, private readonly states: Quota) {}

  get idle(): boolean {
    return this.queue === 0;
  }

  /** Takes the state as it is now; the session may change or go afterwards. Nothing in it may be ahead of the record. */
  add(session: DocumentSession): void {
    if (!this.states.takes(0)) return;
    try {
      const state = encodeSnapshot(session.id, session.position!, session.snapshotContent());
      session.entriesSinceSnapshot = 0;
      session.snapshotBytes = state.bytes.length;
      this.queue += 1;
      this.states.add(state.bytes.length);
      this.under = this.under.then(() => this.write(session.readers.log, session.id, state));
    } catch (error) {
      logger.failed('snapshot-not-written', error, { doc: session.id });
    }
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    await this.under;
  }

  private async write(log: string, doc: string, state: StoredSnapshot): Promise<void> {
    try {
      await this.store.write(log, doc, state);
    } catch (error) {
      logger.failed('snapshot-not-written', error, { doc, entry: state.index, bytes: state.bytes.length });
    } finally {
      this.queue -= 1;
      this.states.drop(state.bytes.length);
    }
  }
}
