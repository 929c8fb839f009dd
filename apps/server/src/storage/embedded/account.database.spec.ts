import { afterEach, expect, it, vi } from 'vitest';
import { accountFor } from './account.ts';

afterEach(() => { vi.restoreAllMocks(); });

it('is the process’s own for anybody but root', () => {
  vi.spyOn(process, 'getuid').mockReturnValue(12_345);
  expect(accountFor(null)).toBeNull();
});

it('tells a user without a name what to do', () => {
  vi.spyOn(process, 'getuid').mockReturnValue(12_345);
  expect(() => accountFor(null, () => { throw new Error('ENOENT'); })).toThrow(/12345 has no name.*DATABASE_URL/);
});

it.runIf(process.getuid?.() === 0)('is, for root, the owner of the data or one that nobody signs in as', () => {
  const usual = accountFor(null)!;
  expect(['postgres', '_postgres', 'nobody']).toContain(usual.name);
  expect(accountFor(usual.uid)).toEqual(usual);
  expect(accountFor(987_654_321)).toEqual(usual);
});
