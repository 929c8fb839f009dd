import { Injectable } from '@nestjs/common';

const FREE = 5;
const LONGEST_S = 15 * 60;
const REMEMBERED_MS = 60 * 60_000;
const KEPT = 100_000;

interface Count { readonly failures: number; readonly last: number }

/**
 * Growing delays on wrong passwords: five are free, then 2, 4, 8 … seconds up to a quarter of an hour. Counted for an account from one address, so that
 * nobody can lock somebody else out from elsewhere. A try counts before it is judged, or many at once would all be free.
 */
@Injectable()
export class Tries {
  private readonly counts = new Map<string, Count>();
  now: () => number = Date.now;

  /** Zero when the try may be made, which then counts; else how many seconds to wait. */
  take(key: string): number {
    const now = this.now();
    const count = this.counts.get(key);
    const failures = count && now - count.last < REMEMBERED_MS ? count.failures : 0;
    const wait = failures < FREE ? 0 : Math.ceil((count!.last - now) / 1000 + Math.min(2 ** (failures - FREE + 1), LONGEST_S));
    if (wait > 0) return wait;
    this.counts.delete(key);
    this.counts.set(key, { failures: failures + 1, last: now });
    if (this.counts.size > KEPT) this.counts.delete(this.counts.keys().next().value!);
    return 0;
  }

  /** The try was right. */
  forget(key: string): void {
    this.counts.delete(key);
  }
}
