import { describe, expect, it } from 'vitest';
import { clockTime, fullTime, shortTime, todayOrDated, utcTime, whenSaid } from './time.ts';

const at = Date.UTC(2026, 1, 3, 13, 2, 11), HOUR = 3_600_000;

describe('times', () => {
  it('a time of day carries its zone; one that is told by its distance needs none', () => {
    const zone = /(UTC|GMT|[A-Z]{3,5})([+-]\d+(:\d+)?)?$/;
    for (const said of [whenSaid(at, at + 3 * HOUR), whenSaid(at, at + 24 * HOUR), whenSaid(at, at + 90 * 24 * HOUR), shortTime(at), todayOrDated(at, at), todayOrDated(at, at + 48 * HOUR), clockTime(at), fullTime(at)]) expect(said).toMatch(zone);
    expect([whenSaid(at, at + 1), whenSaid(at, at + HOUR / 5)]).toEqual(['just now', '12 min ago']);
  });
  it('titles say it in UTC, whatever the zone of the reader', () => expect(utcTime(at)).toBe('3 February 2026 at 13:02:11 UTC'));
});
