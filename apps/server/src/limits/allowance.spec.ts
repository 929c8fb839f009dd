import { describe, expect, it } from 'vitest';
import { Purse, Purses } from './allowance.ts';

describe('a purse', () => {
  it('gives so much at once, and so much a second', () => {
    let now = 0;
    const purse = new Purse({ burst: 10, perSecond: 2 }, () => now);
    expect([purse.take(6), purse.take(6), purse.take(4), purse.take()]).toEqual([true, false, true, false]);
    now += 1_000;
    expect([purse.take(2), purse.take(0.1)]).toEqual([true, false]);
    now += 1_000_000;
    expect([purse.take(10), purse.take()]).toEqual([true, false]);
  });

  it('is charged for what has happened, and pays back before it gives again', () => {
    let now = 0;
    const purse = new Purse({ burst: 10, perSecond: 2 }, () => now);
    purse.charge(14);
    expect([purse.overdrawn, purse.ruined, purse.take()]).toEqual([true, false, false]);
    now += 2_000;
    expect([purse.overdrawn, purse.take()]).toEqual([false, false]);
    purse.charge(11);
    expect(purse.ruined).toBe(true);
  });

  it('gives nothing for a clock that goes back', () => {
    let now = 1_000_000;
    const purse = new Purse({ burst: 1, perSecond: 1 }, () => now);
    expect(purse.take()).toBe(true);
    now -= 500_000;
    expect(purse.take()).toBe(false);
    now += 1_000;
    expect(purse.take()).toBe(true);
  });

  it('belongs to one, and is forgotten only when ten thousand others came since', () => {
    const purses = new Purses({ burst: 1, perSecond: 0 });
    expect([purses.of('ana').take(), purses.of('ana').take(), purses.of('bo').take()]).toEqual([true, false, true]);
    for (let i = 0; i < 9_998; i++) purses.of(String(i));
    expect(purses.of('ana').take()).toBe(false);
    // Who came lately is kept: one more takes the place of who has not come for longest.
    purses.of('one more');
    expect([purses.of('ana').take(), purses.of('bo').take()]).toEqual([false, true]);
    for (let i = 0; i < 10_000; i++) purses.of(String(i));
    expect(purses.of('ana').take()).toBe(true);
  });
});
