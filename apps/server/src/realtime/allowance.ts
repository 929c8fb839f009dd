/** So many at once, so many a second. */
export interface Allowance { readonly burst: number; readonly perSecond: number }

/** What one socket has left of what it may ask. */
export class Purse {
  private left: number;
  private since: number;

  constructor(private readonly allowance: Allowance, private readonly now: () => number = Date.now) {
    this.left = allowance.burst;
    this.since = now();
  }

  /** False when it is spent. */
  take(): boolean {
    const { burst, perSecond } = this.allowance;
    const now = this.now();
    this.left = Math.min(burst, this.left + ((now - this.since) / 1000) * perSecond);
    this.since = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
