import { AppendConflict, type DocumentRow, type Listed, type NewEntry, RecordStore, type StoredEntry } from '../../apps/server/src/record/record.store.ts';

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
    return this.entries.filter((entry) => subjectOf(entry.leaf) === subject && entry.index >= fromIndex).slice(0, limit);
  }

  async entriesBetween(_logId: string, from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.entries.slice(from, to);
  }

  async actIndex(_logId: string, actId: string): Promise<number | null> {
    return this.entries.find((entry) => entry.actId === actId)?.index ?? null;
  }

  async listed(): Promise<Listed> {
    return { rows: [...this.rows.values()].sort((a, b) => a.openedAt - b.openedAt), altered: [], unproven: [] };
  }

  async lastEntries(_logId: string): Promise<ReadonlyMap<string, number>> {
    return new Map(this.entries.map((entry) => [subjectOf(entry.leaf), entry.index]));
  }

  async overtaken(_logId: string): Promise<readonly string[]> {
    return [];
  }
}

/** What a leaf says that its entry concerns. */
export function subjectOf(leaf: Uint8Array): string {
  const { at, op } = JSON.parse(Buffer.from(leaf).toString('utf8')) as { readonly at?: string; readonly op?: string };
  if (at !== undefined) return at.split('/')[0]!;
  return (JSON.parse(op!) as { readonly doc?: string }).doc ?? 'group';
}
