import { AppendConflict, type DocumentRow, type NewEntry, RecordStore, type StoredEntry } from '../../apps/server/src/record/record.store.ts';

/** A record that forgets with the process: for tests, which can make it slow or broken by overriding `append`. */
export class MemoryRecordStore extends RecordStore {
  readonly entries: (NewEntry & { readonly index: number })[] = [];
  readonly rows = new Map<string, DocumentRow>();

  async openLog(_logId: string, _origin: string): Promise<{ readonly size: number }> {
    return { size: this.entries.length };
  }

  async append(logId: string, expectedSize: number, entries: readonly NewEntry[], documents: readonly DocumentRow[]): Promise<void> {
    if (expectedSize !== this.entries.length) throw new AppendConflict(logId, expectedSize, this.entries.length);
    const known = new Set(this.entries.map((entry) => entry.actId));
    for (const entry of entries) if (entry.actId !== undefined && known.has(entry.actId)) throw new Error(`act ${entry.actId} is recorded`);
    entries.forEach((entry, i) => this.entries.push({ ...entry, index: expectedSize + i }));
    for (const row of documents) this.rows.set(row.id, structuredClone(row));
  }

  async entriesOf(_logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.entries.filter((entry) => entry.subject === subject && entry.index >= fromIndex).slice(0, limit);
  }

  async entriesBetween(_logId: string, from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.entries.slice(from, to);
  }

  async actIndex(_logId: string, actId: string): Promise<number | null> {
    return this.entries.find((entry) => entry.actId === actId)?.index ?? null;
  }

  async documents(): Promise<readonly DocumentRow[]> {
    return [...this.rows.values()].sort((a, b) => a.openedAt - b.openedAt);
  }
}
