import { type Difference, type DifferenceKind, DifferenceStore } from '../../apps/server/src/record/difference.store.ts';

/** Differences that are forgotten with the process. */
export class MemoryDifferences extends DifferenceStore {
  readonly noted: Difference[] = [];

  async note(kind: DifferenceKind, _logId: string, subject: string): Promise<void> {
    this.noted.unshift({ at: 0, kind, subject });
  }

  async latest(_logId: string): Promise<readonly Difference[]> {
    return this.noted;
  }
}
