import { ReadPositionStore } from '../../apps/server/src/record/read-position.store.ts';

/** What was read, forgotten with the process. */
export class MemoryReadPositions extends ReadPositionStore {
  private readonly known = new Map<string, Map<string, number>>();

  async of(user: string, group: string): Promise<ReadonlyMap<string, number>> {
    return new Map(this.known.get(`${user} ${group}`));
  }

  async advance(user: string, group: string, doc: string, entry: number): Promise<void> {
    const known = this.known.get(`${user} ${group}`) ?? new Map<string, number>();
    this.known.set(`${user} ${group}`, known.set(doc, Math.max(entry, known.get(doc) ?? -1)));
  }
}
