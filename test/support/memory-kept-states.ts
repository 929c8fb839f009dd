import { type KeptState, KeptStateStore } from '../../apps/server/src/record/kept-state.store.ts';

/** States that are forgotten with the process. */
export class MemoryKeptStates extends KeptStateStore {
  readonly states = new Map<string, KeptState>();

  async read(_logId: string, subject: string): Promise<KeptState | null> {
    return this.states.get(subject) ?? null;
  }

  async write(_logId: string, subject: string, state: KeptState): Promise<void> {
    this.states.set(subject, state);
  }
}
