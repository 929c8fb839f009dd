// The campaign: `npm run campaign`, in at most ten minutes; `npm run campaign -- --long` for a night, `-- --json FILE` to keep the figures as well,
// `-- --row NAME --seed N` to repeat one row. It builds Parley as `npm start` does and tries to break what was built. `-- --sabotage RULE` leaves out one rule in a
// row's own harness: the row must then fail. Nothing else should run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const bin = (name) => path.join(root, 'node_modules', '.bin', name);

/** Runs a step that says something only when it fails. */
function quietly(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) {
    console.error(stdout + stderr);
    process.exit(1);
  }
}

quietly(bin('nx'), ['run-many', '-t', 'build', '--outputStyle=static']);
quietly(bin('vite'), ['build', '--config', 'test/campaign/vite.config.ts']);
const { status } = spawnSync(process.execPath, ['--enable-source-maps', 'test/dist/campaign.js', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
