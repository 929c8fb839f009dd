import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

const STARTERS = ['spawn', 'spawnSync', 'fork', 'exec', 'execSync', 'execFile', 'execFileSync'] as const;

let before: (program: string) => void = () => undefined;

for (const name of STARTERS) {
  const start = childProcess[name] as (...args: readonly unknown[]) => unknown;
  Object.assign(childProcess, { [name]: (...args: readonly unknown[]) => { before(String(args[0])); return start(...args); } });
}
syncBuiltinESMExports();

/** Calls `then`, and nothing that was named for an earlier spec, before a program starts that a spec needs, or what it tests: PostgreSQL, a server, a browser. Whatever it throws, the start throws. */
export const onProgram = (then: (program: string) => void): void => { before = then; };

/** For a program that was started by an earlier spec and is used by this one. */
export const usesProgram = (program: string): void => before(program);
