import { describe, expect, it } from 'vitest';
import { isRank, RANK_LIMIT, rankBetween } from './rank.ts';
import { seeded } from '../test-support/seeded.ts';

describe('rankBetween', () => {
  it('[R4] stands strictly between its neighbours, in 20,000 random insertions, and the validator lets it in', () => {
    const random = seeded(1);
    const list: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      const at = Math.floor(random() * (list.length + 1));
      const rank = rankBetween(list[at - 1] ?? null, list[at] ?? null, random);
      if (!isRank(rank) || (at > 0 && list[at - 1]! >= rank) || (at < list.length && rank >= list[at]!)) expect.fail(`${list[at - 1]} ${rank} ${list[at]}`);
      list.splice(at, 0, rank);
    }
    expect(Math.max(...list.map((r) => r.length))).toBeLessThan(40);
  });

  it.each([
    ['appended', (list: string[]) => list.length, 12],
    ['put first', () => 0, 12],
  ])('[R4] 10,000 provisions %s stay short', (_name, where, limit) => {
    const random = seeded(2);
    const list: string[] = [rankBetween(null, null, random)];
    for (let i = 0; i < 10_000; i++) {
      const at = where(list);
      list.splice(at, 0, rankBetween(list[at - 1] ?? null, list[at] ?? null, random));
    }
    expect([...list].sort()).toEqual(list);
    expect(Math.max(...list.map((r) => r.length))).toBeLessThanOrEqual(limit);
  });

  it('[R4] a whole document of 2,000 provisions written on in one gap fits the limit', () => {
    const random = seeded(8);
    const last = rankBetween(null, null, random);
    let before = rankBetween(null, last, random);
    for (let i = 0; i < 2000; i++) {
      const rank = rankBetween(before, last, random);
      expect(before < rank && rank < last).toBe(true);
      before = rank;
    }
    expect(before.length).toBeLessThanOrEqual(RANK_LIMIT);
  });

  it('[R4] four hundred provisions put right behind the same neighbour fit the limit', () => {
    const random = seeded(3);
    const first = rankBetween(null, null, random);
    let next: string | null = rankBetween(first, null, random);
    for (let i = 0; i < 400; i++) {
      const rank: string = rankBetween(first, next, random);
      expect(first < rank && rank < next!).toBe(true);
      next = rank;
    }
    expect(next!.length).toBeLessThanOrEqual(RANK_LIMIT);
  });

  it('[R4] members who choose the same gap do not tie', () => {
    const random = seeded(4);
    const made = new Set(Array.from({ length: 10_000 }, () => rankBetween('V', 'V1', random)));
    expect(made.size).toBe(10_000);
  });

  it.each([['b', 'a'], ['a', 'a'], ['a', 'a0'], ['a0', 'a'], ['zz', 'Z']])('[R4] neighbours that cannot be parted (%s, %s): behind the first', (before, after) => {
    expect(rankBetween(before, after, seeded(5)) > before).toBe(true);
  });

  it('[R4] copes with anything a hostile rank may be', () => {
    const random = seeded(6);
    const odd = ['', '0', '000', 'z'.repeat(RANK_LIMIT), '1'.repeat(RANK_LIMIT), 'é', ' ', 'a-b', null];
    for (const before of odd) {
      for (const after of odd) {
        const rank = rankBetween(before, after, random);
        expect(rank.length).toBeLessThanOrEqual(RANK_LIMIT);
        if (isRank(before) && isRank(after) && before < after) expect(rank >= before && rank < after).toBe(true);
      }
    }
  });
});
