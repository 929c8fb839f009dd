// The whole test command: build what is tested, check it, run every test, end with one line that says how many passed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { findBrowser } from './support/find-browser.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw error;
  console.log(`── ${title}: ${status === 0 ? 'done' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s`);
  return status ?? 1;
}

const filters = process.argv.slice(2);
const browser = findBrowser();
if (!browser.ok) {
  console.error(browser.message);
  process.exit(1);
}
const steps = [
  ['build', bin('nx'), ['run-many', '-t', 'build', '--outputStyle=static']],
  ['types of libs', bin('tsc'), ['-p', 'libs']],
  ['types of apps and tests', bin('nx'), ['run-many', '-t', 'typecheck', '--outputStyle=static']],
  ['lint', bin('eslint'), ['apps', 'libs', 'test', '--max-warnings=0']],
];
for (const [title, command, args] of steps) if (run(title, command, args) !== 0) { console.log('0 passed, 1 failed'); process.exit(1); }
process.exit(run('tests', bin('vitest'), ['run', '--config', 'test/vitest.config.ts', ...filters], { PARLEY_TEST_BROWSER: browser.path }));
