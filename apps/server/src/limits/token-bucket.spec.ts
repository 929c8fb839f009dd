import { describe, expect, it } from 'vitest';
import { TokenBucket, TokenBuckets } from './token-bucket.ts';

describe('a token bucket', () => {
  it('gives so much at once, and so much a second', () => {
    let now = 0;
    const bucket = new TokenBucket({ burst: 10, perSecond: 2 }, () => now);
    expect([bucket.take(6), bucket.take(6), bucket.take(4), bucket.take()]).toEqual([true, false, true, false]);
    now += 1_000;
    expect([bucket.take(2), bucket.take(0.1)]).toEqual([true, false]);
    now += 1_000_000;
    expect([bucket.take(10), bucket.take()]).toEqual([true, false]);
  });

  it('is charged for what has happened, and pays back before it gives again', () => {
    let now = 0;
    const bucket = new TokenBucket({ burst: 10, perSecond: 2 }, () => now);
    bucket.charge(14);
    expect([bucket.overdrawn, bucket.exhausted, bucket.take()]).toEqual([true, false, false]);
    now += 2_000;
    expect([bucket.overdrawn, bucket.take()]).toEqual([false, false]);
    bucket.charge(11);
    expect(bucket.exhausted).toBe(true);
  });

  it('gives nothing for a clock that goes back', () => {
    let now = 1_000_000;
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, () => now);
    expect(bucket.take()).toBe(true);
    now -= 500_000;
    expect(bucket.take()).toBe(false);
    now += 1_000;
    expect(bucket.take()).toBe(true);
  });

  it('belongs to one, and is forgotten only when ten thousand others came since', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 0 });
    expect([buckets.of('ana').take(), buckets.of('ana').take(), buckets.of('bo').take()]).toEqual([true, false, true]);
    for (let i = 0; i < 9_998; i++) buckets.of(String(i));
    expect(buckets.of('ana').take()).toBe(false);
    // Who came lately is kept: one more takes the place of who has not come for longest.
    buckets.of('one more');
    expect([buckets.of('ana').take(), buckets.of('bo').take()]).toEqual([false, true]);
    for (let i = 0; i < 10_000; i++) buckets.of(String(i));
    expect(buckets.of('ana').take()).toBe(true);
  });
});
