/** Where a subject stood right after one of its entries, as bytes that only whoever wrote them reads. */
export interface StoredSnapshot {
  /** The entry, and its leaf hash: an entry of another log, or of this one before it went back in time, is not it. */
  readonly index: number;
  readonly leafHash: Uint8Array;
  /** Of what `bytes` hold. */
  readonly version: number;
  readonly bytes: Uint8Array;
}

/**
 * States by which a subject is opened without reading all its entries. Derived from the log and no part of it: all of it may be removed at any time,
 * and nothing in it is believed that the log does not bear out.
 */
export abstract class SnapshotStore {
  /** The state of a subject that was kept last, or null. */
  abstract read(logId: string, subject: string): Promise<StoredSnapshot | null>;

  /** Keeps a state of a subject in place of the one before. */
  abstract write(logId: string, subject: string, state: StoredSnapshot): Promise<void>;
}
