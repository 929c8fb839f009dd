import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    silent: 'passed-only',
    reporters: ['default', fileURLToPath(new URL('./support/closing-line.ts', import.meta.url))],
    projects: [
      { root, test: { name: 'unit', maxWorkers: '100%', include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.{ts,tsx}', 'test/*.spec.ts', 'test/fuzz/**/*.spec.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 120_000 } },
      { root, test: { name: 'journeys', maxWorkers: '100%', include: ['test/journeys/**/*.spec.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 120_000 } },
      { root, test: { name: 'browser', include: ['test/browser/**/*.spec.ts'], pool: 'forks', maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 180_000, hookTimeout: 180_000 } },
    ],
  },
});
