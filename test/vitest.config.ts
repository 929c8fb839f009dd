import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const support = (file: string): string => fileURLToPath(new URL(`./support/${file}`, import.meta.url));
const SLOW = { testTimeout: 60_000, hookTimeout: 120_000 };

/**
 * What a spec starts says where it stands and how it is called; `no-programs.ts` and `some-program.ts` fail where that is not so. A worker loads once what its specs have in common:
 * those that draw (`.spec.tsx`, over a document in memory) have workers of their own, as one that changes between the two loads everything anew.
 */
const unit = { root, test: { name: 'unit', maxWorkers: '100%', include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/*.spec.ts'], exclude: ['**/*.database.spec.ts'], setupFiles: [support('no-programs.ts')], provide: { tier: 'whole' }, pool: 'forks', isolate: false, ...SLOW } } satisfies TestProjectConfiguration;
const drawn = { root, test: { ...unit.test, name: 'drawn', include: ['apps/web/src/**/*.spec.tsx'], environment: 'happy-dom' } } satisfies TestProjectConfiguration;
/** The same specs with a part of their random cases, for `npm run test:fast`. */
const fast = [unit, drawn].map((project, i) => ({ root, test: { ...project.test, name: `fast ${project.test.name}`, provide: { tier: 'fast' }, pool: 'threads', sequence: { groupOrder: i } } })) satisfies TestProjectConfiguration[];

const whole: readonly TestProjectConfiguration[] = [
  unit,
  drawn,
  { root, test: { name: 'fuzz', isolate: false, maxWorkers: '100%', include: ['test/fuzz/**/*.spec.ts'], setupFiles: [support('no-programs.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'database', isolate: false, maxWorkers: '100%', include: ['apps/*/src/**/*.database.spec.ts'], setupFiles: [support('some-program.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'journeys', isolate: false, maxWorkers: '100%', include: ['test/journeys/**/*.spec.ts'], globalSetup: [support('prepare-group.ts')], setupFiles: [support('some-program.ts')], pool: 'forks', ...SLOW } },
  { root, test: { name: 'browser', isolate: false, include: ['test/browser/**/*.spec.ts'], globalSetup: [support('prepare-group.ts')], setupFiles: [support('some-program.ts')], pool: 'forks', maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 180_000, hookTimeout: 180_000 } },
];

export default defineConfig({
  root,
  test: {
    silent: 'passed-only',
    reporters: ['default', support('closing-line.ts')],
    ...(process.env.PARLEY_TEST_TIER === 'fast' ? { projects: fast, experimental: { fsModuleCache: true } } : { projects: [...whole] }),
  },
});
