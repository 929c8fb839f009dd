import { type StoredSnapshot, SnapshotStore } from '../../apps/server/src/record/snapshot.store.ts';

/** States that are forgotten with the process. */
export class MemorySnapshots extends SnapshotStore {
  /** Of the shared log, by document. */
  readonly states = new Map<string, StoredSnapshot>();
  private readonly others = new Map<string, Map<string, StoredSnapshot>>();

  async read(logId: string, subject: string): Promise<StoredSnapshot | null> {
    return this.of(logId).get(subject) ?? null;
  }

  async write(logId: string, subject: string, state: StoredSnapshot): Promise<void> {
    this.of(logId).set(subject, state);
  }

  of(logId: string): Map<string, StoredSnapshot> {
    if (logId === 'shared') return this.states;
    const states = this.others.get(logId) ?? new Map<string, StoredSnapshot>();
    this.others.set(logId, states);
    return states;
  }
}
