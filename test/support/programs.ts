import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

const STARTERS = ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync'] as const;

/** Calls `before` with the program that a spec, or what it tests, starts: PostgreSQL, a server, a browser. Whatever `before` throws, it throws. */
export function onProgram(before: (program: string) => void): void {
  for (const name of STARTERS) {
    const start = childProcess[name] as (...args: readonly unknown[]) => unknown;
    Object.assign(childProcess, { [name]: (...args: readonly unknown[]) => { before(String(args[0])); return start(...args); } });
  }
  syncBuiltinESMExports();
}
