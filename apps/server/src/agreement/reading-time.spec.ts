import { expect, it } from 'vitest';
import { ReadingTime } from './reading-time.ts';

function atHand() {
  let now = 0;
  const time = new ReadingTime(() => now), read: string[] = [];
  const ask = (user: string, ms: number): string => {
    try {
      return time.of(user, () => { read.push(user); now += ms; return 'read'; });
    } catch (error) {
      return (error as { refusal?: string }).refusal ?? 'thrown';
    }
  };
  return { ask, read, passes: (ms: number) => { now += ms; }, time };
}

it('[H55] who has let 600 ms be spent on reading acts is busy, and nothing more of that user is read until it is paid back; nobody else is touched', () => {
  const { ask, read, passes } = atHand();
  expect(Array.from({ length: 20 }, () => ask('az', 100))).toEqual([...Array.from({ length: 7 }, () => 'read'), ...Array.from({ length: 13 }, () => 'busy')]);
  expect(read).toHaveLength(7);
  expect(ask('oc', 100)).toBe('read');
  passes(1_000);
  expect(ask('az', 100)).toBe('read');
  expect(ask('az', 100)).toBe('busy');
});

it('[H55] what breaks in reading is counted too, and small acts are never kept waiting', () => {
  const { ask, passes, time } = atHand();
  for (let i = 0; i < 5_000; i++) {
    expect(ask('az', 0.2)).toBe('read');
    passes(5);
  }
  for (let i = 0; i < 8; i++) expect(() => time.of('oc', () => { passes(80); throw new Error('broken'); })).toThrow('broken');
  expect(ask('oc', 1)).toBe('busy');
});
