import { hash } from 'node:crypto';
import type { LogName } from '@parley/negotiation';
import { Clock, Entropy } from './clock.ts';
import { decodeEntry, encodeEntry, type Entry, type EntryContent } from './entry.ts';
import { type ActMade, AppendConflict, type DocumentRow, type Listed, type NewEntry, RecordStore, type StoredEntry } from './record.store.ts';

const PAGE = 1_000;

/** What became of an append: durable; certainly not there; or the log went on without us and what memory holds may be stale. */
export type Fate = 'saved' | 'absent' | 'conflict';

/**
 * One log with its size and last time in memory, for one writer. Knows entries and subjects, not what they mean. When the record was
 * not reached, its size is unknown (`reachable` is false) and `reopen` has to be called before the next append.
 */
export class RecordLog {
  /** The name of the history in this log and of every document in it (W27): another log, be it at the same address, has another. */
  readonly epoch: string;
  private known: { size: number; lastAt: number } | null = null;

  /** `origin`: the name under which its checkpoints will be known for ever. */
  constructor(
    readonly name: LogName, private readonly origin: string, private readonly store: RecordStore,
    private readonly clock: Clock, private readonly entropy: Entropy,
  ) {
    this.epoch = hash('sha256', origin, 'hex');
  }

  get reachable(): boolean {
    return this.known !== null;
  }

  get size(): number {
    if (!this.known) throw new Error('the log is not open');
    return this.known.size;
  }

  /** The record may have gone on without us: nothing more before `reopen`. */
  close(): void {
    this.known = null;
  }

  /** Learns the size from the record. */
  async reopen(): Promise<void> {
    this.known = null;
    const { size } = await this.store.openLog(this.name, this.origin);
    const [last] = size > 0 ? await this.store.entriesBetween(this.name, size - 1, size) : [];
    this.known = { size, lastAt: last ? decodeEntry(last).at : 0 };
  }

  /** The time an entry made now gets: it never runs backwards within the log. */
  time(): number {
    return Math.max(this.clock.now(), this.known?.lastAt ?? 0);
  }

  /** Throws a `RangeError` when its leaf would be too long. */
  encode(content: EntryContent, subject: string, at: number): NewEntry {
    return encodeEntry(content, subject, at, this.entropy.bytes(32));
  }

  /** The index of the first entry; all are durable then. Rejects when they are not, or when that is not known: see `fate`. */
  async append(entries: readonly NewEntry[], rows: readonly DocumentRow[], at: number): Promise<number> {
    const first = this.size;
    await this.store.append(this.name, first, entries, rows);
    this.known = { size: first + entries.length, lastAt: Math.max(at, this.known?.lastAt ?? 0) };
    return first;
  }

  /**
   * What became of entries whose append at `expected` failed with `error`. Rejects while the record cannot be reached. Afterwards the log is
   * open again at the size it really has.
   */
  async fate(entries: readonly NewEntry[], expected: number, error: unknown): Promise<Fate> {
    await this.reopen();
    if (this.size === expected) return error instanceof AppendConflict ? 'conflict' : 'absent';
    if (this.size !== expected + entries.length) return 'conflict';
    const there = await this.store.entriesBetween(this.name, expected, this.size);
    return there.every((entry, i) => Buffer.compare(entry.leaf, entries[i]!.leaf) === 0) ? 'saved' : 'conflict';
  }

  /** Everything that concerns a subject, from an entry on, in pages. */
  async *read(subject: string, from = 0): AsyncGenerator<readonly Entry[]> {
    for await (const page of this.stored(subject, from)) yield page.map(decodeEntry);
  }

  /** The same as it is stored. While a page is worked on the next is under way. */
  async *stored(subject: string, from = 0): AsyncGenerator<readonly StoredEntry[]> {
    const ask = (index: number) => this.store.entriesOf(this.name, subject, index, PAGE);
    for (let asked: ReturnType<typeof ask> | null = ask(from); asked;) {
      const page: readonly StoredEntry[] = await asked;
      asked = page.length < PAGE ? null : ask(page.at(-1)!.index + 1);
      // A failure is seen when it is waited for; until then, and when nobody asks for more, it is nobody else's.
      asked?.catch(() => undefined);
      if (page.length > 0) yield page;
    }
  }

  async page(subject: string, from: number, limit: number): Promise<readonly Entry[]> {
    return (await this.storedPage(subject, from, limit)).map(decodeEntry);
  }

  /** The same as it is stored. */
  storedPage(subject: string, from: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.store.entriesOf(this.name, subject, from, limit);
  }

  /** Acts on a subject alone, from an entry on. */
  async acts(subject: string, from: number, limit: number): Promise<readonly Entry[]> {
    return (await this.store.actsOf(this.name, subject, from, limit)).map(decodeEntry);
  }

  /** The last acts on each of some subjects. */
  latestActs(subjects: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly ActMade[]>> {
    return this.store.lastActs(this.name, subjects, limit);
  }

  listed(): Promise<Listed> {
    return this.store.listed();
  }

  lastEntries(): Promise<ReadonlyMap<string, number>> {
    return this.store.lastEntries(this.name);
  }

  overtaken(): Promise<readonly string[]> {
    return this.store.overtaken(this.name);
  }

  /** The entry that recorded an act, or null. */
  async act(actId: string): Promise<Entry | null> {
    const index = await this.store.actIndex(this.name, actId);
    if (index === null) return null;
    const [entry] = await this.store.entriesBetween(this.name, index, index + 1);
    return entry ? decodeEntry(entry) : null;
  }
}
