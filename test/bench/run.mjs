// The bench: `npm run bench`, about a minute; `npm run bench -- --full`, about ten, measures longer; `--json FILE` keeps the figures as well, and
// `--profile FOLDER` what the server's processor time went into, for Chrome's developer tools. It builds Parley as
// `npm start` does, then measures what was built, each thing against a baseline of the same run: on another machine, or a busier one, the ratios say more than the
// milliseconds. Nothing else should run.
//
// To repeat one figure by hand: everything starts in bench.ts, one file for each section of the table. What is not here (npm's cache, the time of the tests) is
// measured with `time npm ci` and `time npm test`.
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
quietly(bin('vite'), ['build', '--config', 'test/bench/vite.config.ts']);
const { status } = spawnSync(process.execPath, ['--enable-source-maps', 'test/dist/bench.js', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
