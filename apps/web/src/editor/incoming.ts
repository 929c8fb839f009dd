import type { DocumentClient } from '@parley/sync';

type Reason = 'composition' | 'press';

/** Keeps what others write from the text as long as an input method composes in it or the mouse selects in it: either counts on nothing being drawn under it. */
export class Incoming {
  private readonly reasons = new Set<Reason>();

  constructor(private readonly client: Pick<DocumentClient, 'hold' | 'release'>) {}

  hold(reason: Reason): void {
    this.reasons.add(reason);
    this.client.hold();
  }

  /** What waited is let in once nothing holds it any more. */
  release(reason: Reason): void {
    if (this.reasons.delete(reason) && this.reasons.size === 0) this.client.release();
  }
}
