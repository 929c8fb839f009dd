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

/** Builds Parley as `npm start` does, and `test/NAME/NAME.ts`; runs that with this process's arguments, and ends as it ends. */
export function runBuilt(name) {
  quietly(bin('nx'), ['run-many', '-t', 'build', '--outputStyle=static']);
  quietly(bin('vite'), ['build', '--config', `test/${name}/vite.config.ts`]);
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', `test/dist/${name}.js`, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
