import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OwedCounts } from './owed-counts.ts';

let quick: boolean, counted: string[], counts: OwedCounts;
beforeEach(() => {
  vi.useFakeTimers();
  quick = true; counted = [];
  counts = new OwedCounts({ everyMs: 1_000, isQuick: () => quick, count: (subject) => counted.push(subject) });
});
afterEach(() => { vi.useRealTimers(); });

it('[HD56] a document is counted once, however much is typed, and again only when more was', () => {
  for (let key = 0; key < 5; key++) { counts.owe('d'); vi.advanceTimersByTime(150); }
  expect(counted).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(counted).toEqual(['d']);
  vi.advanceTimersByTime(10_000);
  counts.owe('d');
  vi.advanceTimersByTime(1_000);
  expect(counted).toEqual(['d', 'd']);
});

it('[HD56] one that would keep others waiting stays owed until it does not, or until all that is owed is settled', () => {
  quick = false;
  for (const subject of ['d', 'e']) counts.owe(subject);
  vi.advanceTimersByTime(5_500);
  expect(counted).toEqual([]);
  counts.settle();
  expect(counted).toEqual(['d', 'e']);
  counts.owe('d');
  vi.advanceTimersByTime(1_500);
  quick = true;
  vi.advanceTimersByTime(500);
  expect(counted).toEqual(['d', 'e', 'd']);
  vi.advanceTimersByTime(10_000);
  expect([counted.length, vi.getTimerCount()]).toEqual([3, 0]);
});

it('[H60] nothing of a group that was let go is counted', () => {
  counts.owe('d');
  counts.clear();
  vi.advanceTimersByTime(10_000);
  counts.settle();
  expect(counted).toEqual([]);
});
