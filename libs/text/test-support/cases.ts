import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext { readonly tier: 'fast' | 'whole' }
}

/** Whether only a part of the random cases is tried, as in `npm run test:fast`. */
export const isFast = inject('tier') === 'fast';

const PART = 20;

/** How many random cases are tried, or of what they must have met: all, or a twentieth. The first ones are the same in both. */
export const cases = (all: number): number => (isFast ? Math.ceil(all / PART) : all);

/** All of these, or every twentieth. */
export const someOf = <T>(all: readonly T[]): readonly T[] => (isFast ? all.filter((_, i) => i % PART === 0) : all);

/** A number for a title. */
export const inWords = (count: number): string => count.toLocaleString('en');
