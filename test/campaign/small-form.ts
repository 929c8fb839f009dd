import { describe, expect, it } from 'vitest';
import { holds, type Row } from './row.ts';

/** The small form of some rows: each holds, and fails as soon as any one of its rules is left out, so that no zero is one of nothing. */
export function smallForm(rows: readonly Row[]): void {
  describe.each(rows.map((row) => [row.name, row] as const))('the campaign, small: %s', (_name, row) => {
    it('holds', async () => {
      const outcome = await row.run({ size: 'small', seed: 1, sabotage: null });
      expect(outcome.what).toEqual([]);
      expect(holds(outcome)).toBe(true);
    });

    it.each(Object.keys(row.rules))('fails without the rule %s', async (sabotage) => {
      const outcome = await row.run({ size: 'small', seed: 1, sabotage });
      expect(outcome.tried).toBeGreaterThan(0);
      expect(outcome.violations + outcome.lost).toBeGreaterThan(0);
    });
  });
}
