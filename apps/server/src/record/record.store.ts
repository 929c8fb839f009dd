/** One entry on its way into a log. Its index is not the caller's to name: entries take consecutive ones from the log's size. */
export interface NewEntry {
  readonly leaf: Uint8Array;
  /** SHA-256(0x00 ‖ leaf). The database computes it again and refuses another one. */
  readonly leafHash: Uint8Array;
  /** The payload beside the leaf: 32 random bytes of salt ‖ the bytes. */
  readonly blob: Uint8Array;
  /** The client's id of the act, for an act. Once per log: the same act twice is refused. */
  readonly actId?: string;
}

export interface StoredEntry {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly blob: Uint8Array;
}

/** Where an act stands in its log, and whose it is. */
export interface ActMade { readonly index: number; readonly by: string }

/** What lists show of a document. Derived from the log and read by no rule; kept with a tag, without which it is not believed. */
export interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly template: string;
  readonly stage: string;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** The entry that the row was written with. */
  readonly lastEntry: number;
  /** JSON, as are `awaiting`'s contents. */
  readonly progress: unknown;
  readonly awaiting: unknown;
}

/** The log has another size than the caller believed: somebody else appended, or an earlier append came through after all. */
export class AppendConflict extends Error {
  override readonly name = 'AppendConflict';

  constructor(readonly logId: string, readonly expected: number, readonly actual: number) {
    super(`log ${logId} has ${actual} entries, not ${expected}`);
  }
}

/** The append-only record. What is in it stays in it: no method changes or removes an entry. */
export abstract class RecordStore {
  /** Creates the log when there is none; gives its size. Refuses another origin than the one it was created with. */
  abstract openLog(logId: string, origin: string): Promise<{ readonly size: number }>;

  /**
   * Appends all entries from `expectedSize` on and sets the document rows: all of it durable when the promise resolves, or none of it.
   * Throws `AppendConflict` when the log has another size. After any other error (a connection lost while committing) the entries may be
   * there or not: read the record before going on.
   */
  abstract append(
    logId: string, expectedSize: number, entries: readonly NewEntry[], documents: readonly DocumentRow[],
  ): Promise<void>;

  /** Up to `limit` entries that concern a subject by what their leaves say, from `fromIndex` on, in the order of the log. */
  abstract entriesOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]>;

  /** The entries with `from` ≤ index < `to`, in the order of the log. */
  abstract entriesBetween(logId: string, from: number, to: number): Promise<readonly StoredEntry[]>;

  /** Up to `limit` acts on a subject, from `fromIndex` on, in the order of the log. What was typed between them is not read. */
  abstract actsOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]>;

  /** The last acts on each of some subjects, at most `limit` on each, in the order of the log, by what their leaves say. */
  abstract lastActs(logId: string, subjects: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly ActMade[]>>;

  /** The index of the entry that recorded an act, or null. */
  abstract actIndex(logId: string, actId: string): Promise<number | null>;

  /** The document rows that can be believed, and those that cannot. */
  abstract listed(): Promise<Listed>;

  /** The last entry of every subject that the log has any of. */
  abstract lastEntries(logId: string): Promise<ReadonlyMap<string, number>>;

  /** The documents whose row was written before the last act on them: no honest row is. */
  abstract overtaken(logId: string): Promise<readonly string[]>;

  async documents(): Promise<readonly DocumentRow[]> {
    return (await this.listed()).rows;
  }
}

/** `altered`: ids of rows that are not what was written; `unproven`: of rows without a tag of the key that is known here. */
export interface Listed { readonly rows: readonly DocumentRow[]; readonly altered: readonly string[]; readonly unproven: readonly string[] }
