import { type KeptState, KeptStateStore } from '../../apps/server/src/record/kept-state.store.ts';

/** States that are forgotten with the process. */
export class MemoryKeptStates extends KeptStateStore {
  /** Of the shared log, by document. */
  readonly states = new Map<string, KeptState>();
  private readonly others = new Map<string, Map<string, KeptState>>();

  async read(logId: string, subject: string): Promise<KeptState | null> {
    return this.of(logId).get(subject) ?? null;
  }

  async write(logId: string, subject: string, state: KeptState): Promise<void> {
    this.of(logId).set(subject, state);
  }

  of(logId: string): Map<string, KeptState> {
    if (logId === 'shared') return this.states;
    const states = this.others.get(logId) ?? new Map<string, KeptState>();
    this.others.set(logId, states);
    return states;
  }
}
