import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const support = (file: string): string => fileURLToPath(new URL(`./support/${file}`, import.meta.url));
const SLOW = { testTimeout: 60_000, hookTimeout: 120_000 };

/** What a spec starts says where it stands and how it is called; `no-programs.ts` and `some-program.ts` fail where that is not so. */
const unit = { root, test: { name: 'unit', maxWorkers: '100%', include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.{ts,tsx}', 'test/*.spec.ts'], exclude: ['**/*.database.spec.ts'], setupFiles: [support('no-programs.ts')], provide: { tier: 'whole' }, pool: 'forks', isolate: false, ...SLOW } } satisfies TestProjectConfiguration;
/** The same specs with a part of their random cases, for `npm run test:fast`; a worker loads once what its specs have in common. */
const fast = { root, test: { ...unit.test, name: 'fast', provide: { tier: 'fast' }, isolate: false, pool: 'threads' } } satisfies TestProjectConfiguration;

const whole: readonly TestProjectConfiguration[] = [
  unit,
  { root, test: { name: 'fuzz', isolate: false, maxWorkers: '100%', include: ['test/fuzz/**/*.spec.ts'], setupFiles: [support('no-programs.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'database', maxWorkers: '100%', include: ['apps/*/src/**/*.database.spec.ts'], setupFiles: [support('some-program.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'journeys', maxWorkers: '100%', include: ['test/journeys/**/*.spec.ts'], setupFiles: [support('some-program.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'browser', include: ['test/browser/**/*.spec.ts'], setupFiles: [support('some-program.ts')], pool: 'forks', maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 180_000, hookTimeout: 180_000 } },
];

export default defineConfig({
  root,
  test: {
    silent: 'passed-only',
    reporters: ['default', support('closing-line.ts')],
    ...(process.env.PARLEY_TEST_TIER === 'fast' ? { projects: [fast], experimental: { fsModuleCache: true } } : { projects: [...whole] }),
  },
});
