/** So much at once, so much a second. */
export interface Allowance { readonly burst: number; readonly perSecond: number }

/** What somebody has left of what is allowed. */
export class TokenBucket {
  private left: number;
  private since: number;

  constructor(private readonly allowance: Allowance, private readonly now: () => number = Date.now) {
    this.left = allowance.burst;
    this.since = now();
  }

  /** False, and nothing taken, when there is not so much left. */
  take(cost = 1): boolean {
    this.refill();
    if (this.left < cost) return false;
    this.left -= cost;
    return true;
  }

  /** For what has happened already, whether there was enough or not. */
  charge(cost: number): void {
    this.refill();
    this.left -= cost;
  }

  get overdrawn(): boolean {
    return this.owed > 0;
  }

  /** By how much more was taken than there was. */
  get owed(): number {
    this.refill();
    return Math.max(0, -this.left);
  }

  /** Overdrawn by as much as there is at most: somebody goes on although he was told to wait. */
  get exhausted(): boolean {
    this.refill();
    return this.left < -this.allowance.burst;
  }

  private refill(): void {
    const now = this.now();
    this.left = Math.min(this.allowance.burst, this.left + (Math.max(0, now - this.since) / 1000) * this.allowance.perSecond);
    this.since = now;
  }
}

const KEPT = 10_000;

/** A token bucket for each of many. Of more than are kept, who has not come for longest begins anew. */
export class TokenBuckets {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly allowance: Allowance, private readonly now: () => number = Date.now) {}

  of(whose: string): TokenBucket {
    const bucket = this.buckets.get(whose) ?? new TokenBucket(this.allowance, this.now);
    this.buckets.delete(whose);
    this.buckets.set(whose, bucket);
    if (this.buckets.size > KEPT) this.buckets.delete(this.buckets.keys().next().value!);
    return bucket;
  }
}
