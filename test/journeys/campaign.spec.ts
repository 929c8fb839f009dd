import { afterAll, describe, expect, it, vi } from 'vitest';
import { holds } from '../campaign/row.ts';
import { ROWS } from '../campaign/rows.ts';
import { closeSites } from '../campaign/site.ts';

const rows = ROWS.filter((row) => row.live && !row.apart);

/** What a row waits for it waits for itself, and says so. */
vi.setConfig({ testTimeout: 240_000 });
afterAll(() => closeSites());

describe.each(rows.map((row) => [row.name, row] as const))('the campaign against a running server, small: %s', (_name, row) => {
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
