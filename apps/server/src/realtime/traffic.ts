/** What one connection has sent, and its user on all of theirs. */
export interface Traffic {
  /** More than allowed has come in: nothing that is asked is done. */
  readonly overdrawn: boolean;
  /** False when the user has been answered too much already. */
  mayBeAnswered(): boolean;
  /** What a document is answered at the first time in a minute counts only up to a part: how large it is, is not the reader's doing. */
  answered(bytes: number, doc: string): void;
}
