import { type ActMade, AppendConflict, type DocumentRow, type Listed, type NewEntry, RecordStore, type StoredEntry } from '../../apps/server/src/record/record.store.ts';

type Kept = NewEntry & { readonly index: number };

/** A record that forgets with the process: for tests, which can make it slow or broken by overriding `append`. */
export class MemoryRecordStore extends RecordStore {
  /** Of the shared log. */
  readonly entries: Kept[] = [];
  readonly rows = new Map<string, DocumentRow>();
  private readonly others = new Map<string, Kept[]>();

  /** The entries of a log. */
  of(logId: string): Kept[] {
    if (logId === 'shared') return this.entries;
    const entries = this.others.get(logId) ?? [];
    this.others.set(logId, entries);
    return entries;
  }

  async openLog(logId: string, _origin: string): Promise<{ readonly size: number }> {
    return { size: this.of(logId).length };
  }

  async append(logId: string, expectedSize: number, entries: readonly NewEntry[], documents: readonly DocumentRow[]): Promise<void> {
    const log = this.of(logId);
    if (expectedSize !== log.length) throw new AppendConflict(logId, expectedSize, log.length);
    const known = new Set(log.map((entry) => entry.actId));
    for (const entry of entries) if (entry.actId !== undefined && known.has(entry.actId)) throw new Error(`act ${entry.actId} is recorded`);
    entries.forEach((entry, i) => log.push({ ...entry, index: expectedSize + i }));
    for (const row of documents) this.rows.set(row.id, structuredClone(row));
  }

  async entriesOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.of(logId).filter((entry) => subjectOf(entry.leaf) === subject && entry.index >= fromIndex).slice(0, limit);
  }

  async actsOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.of(logId).filter((entry) => entry.actId !== undefined && subjectOf(entry.leaf) === subject && entry.index >= fromIndex).slice(0, limit);
  }

  async lastActs(logId: string, subjects: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly ActMade[]>> {
    const made = (entry: Kept): ActMade => ({ index: entry.index, by: (JSON.parse(Buffer.from(entry.leaf).toString('utf8')) as { readonly by: string }).by });
    return new Map(subjects.map((subject) => [subject, this.of(logId).filter((entry) => entry.actId !== undefined && subjectOf(entry.leaf) === subject).slice(-limit).map(made)]));
  }

  async entriesBetween(logId: string, from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.of(logId).slice(from, to);
  }

  async actIndex(logId: string, actId: string): Promise<number | null> {
    return this.of(logId).find((entry) => entry.actId === actId)?.index ?? null;
  }

  async listed(): Promise<Listed> {
    return { rows: [...this.rows.values()].sort((a, b) => a.openedAt - b.openedAt), altered: [], unproven: [] };
  }

  async lastEntries(logId: string): Promise<ReadonlyMap<string, number>> {
    return new Map(this.of(logId).map((entry) => [subjectOf(entry.leaf), entry.index]));
  }

  async overtaken(_logId: string): Promise<readonly string[]> {
    return [];
  }
}

/** What a leaf says that its entry concerns. */
export function subjectOf(leaf: Uint8Array): string {
  const { at, op } = JSON.parse(Buffer.from(leaf).toString('utf8')) as { readonly at?: string; readonly op?: string };
  if (at !== undefined) return at.split('/')[0]!;
  return (JSON.parse(op!) as { readonly doc?: string }).doc ?? '@';
}
