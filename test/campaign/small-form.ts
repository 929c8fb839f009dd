import { describe, expect, it } from 'vitest';
import { holds, type Row } from './row.ts';

/** The small form of some rows: each holds. That each fails without any one of its rules is proven by `npm run campaign -- --prove`. */
export function smallForm(rows: readonly Row[]): void {
  describe.each(rows.map((row) => [row.name, row] as const))('the campaign, small: %s', (_name, row) => {
    it('holds', async () => {
      const outcome = await row.run({ size: 'small', seed: 1, sabotage: null });
      expect(outcome.what).toEqual([]);
      expect(holds(outcome)).toBe(true);
    });
  });
}
