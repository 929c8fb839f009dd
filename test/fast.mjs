// The fast tier: every spec that starts no program (no database, no server, no browser), with a twentieth of the random cases; ends with one line that says how many passed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { status, error } = spawnSync(path.join(root, 'node_modules', '.bin', 'vitest'), ['run', '--config', 'test/vitest.config.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: { ...process.env, PARLEY_TEST_TIER: 'fast' } });
if (error) throw error;
process.exit(status ?? 1);
