/**
 * What was found to be other than the record has it. `kept-state`: a state by which a document is opened; `list-row`: the row of a document in the lists;
 * `no-row`: a document without one; `old-row`: a row from before the document's last act.
 */
export type DifferenceKind = 'kept-state' | 'list-row' | 'no-row' | 'old-row';

export interface Difference {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: DifferenceKind;
  /** The document. */
  readonly subject: string;
}

/** Where the database said something else than the record. Nothing of it was believed; it is kept for the administrator. */
export abstract class DifferenceStore {
  abstract note(kind: DifferenceKind, logId: string, subject: string): Promise<void>;

  /** The last hundred of one log, newest first. */
  abstract latest(logId: string): Promise<readonly Difference[]>;
}
