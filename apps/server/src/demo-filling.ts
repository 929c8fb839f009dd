import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Demo } from './access/demo.ts';

const CLI = path.resolve(import.meta.dirname, '../../cli/dist/main.js');

/** Where the demo goes in, and what says so. */
interface Filling { readonly demo: Demo; readonly url: string; readonly say: (line: string) => void; readonly isEmpty: () => boolean }

/**
 * Fills an empty working group as anybody would, with the command that anybody could use, in a process of its own. The key to make accounts goes in its
 * environment, where other people of the machine do not see it, and is worth nothing after it ends. A failure is said and harms nothing.
 */
export function fillDemo({ demo, url, say, isEmpty }: Filling): ChildProcess | null {
  if (!existsSync(CLI)) {
    say('The demo was not filled: apps/cli is not built.');
    return null;
  }
  const child = spawn(process.execPath, ['--enable-source-maps', CLI, 'demo', '--url', url], {
    stdio: ['ignore', 'ignore', 'inherit'], env: { PARLEY_DEMO_KEY: demo.beginFilling() },
  });
  const ended = (problem: string | null) => {
    demo.endFilling();
    if (problem === null) return;
    const rest = isEmpty() ? '' : ' The working group holds a part of it; for all of it start again with another PARLEY_DATA.';
    say(`The demo was not filled: ${problem}.${rest}`);
  };
  child.once('error', (error) => ended(error.message));
  child.once('exit', (code, signal) => ended(code === 0 ? null : `the command ended with ${signal ?? code}`));
  return child;
}
