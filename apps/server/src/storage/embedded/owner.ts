import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, lives, self } from './processes.ts';

/** Another living process has this data folder. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';

  constructor(readonly directory: string, readonly pid: number) {
    super(`${directory} is in use by the process ${pid}: stop it, or set PARLEY_DATA to another folder`);
  }
}

/**
 * Makes this process the owner of a data folder; gives the function that ends it. Throws `DataInUse` when the owner lives.
 *
 * The owner is the newest `owner.<n>`. The next one is made by a hard link, which exactly one process can make, with its content already
 * inside; a stale owner is overtaken, never removed first, so two that find it stale cannot both win. A folder shared by containers with
 * process numbers of their own is not guarded.
 */
export function takeOwnership(directory: string): () => void {
  for (;;) {
    const last = newest(directory);
    const owner = last === 0 ? null : read(directory, last);
    if (owner && lives(owner)) throw new DataInUse(directory, owner.pid);
    const mine = last + 1;
    if (!claim(directory, mine)) continue;
    for (const n of generations(directory)) if (n < mine) rmSync(path(directory, n), { force: true });
    return () => replace(directory, mine, 'nobody\n');
  }
}

const path = (directory: string, n: number) => join(directory, `owner.${n}`);

const generations = (directory: string): number[] =>
  readdirSync(directory).flatMap((name) => /^owner\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);

const newest = (directory: string): number => Math.max(0, ...generations(directory));

function read(directory: string, n: number): Identity | null {
  try {
    const [pid, began] = readFileSync(path(directory, n), 'utf8').trim().split(' ');
    return began === undefined ? null : { pid: Number(pid), began };
  } catch (error) {
    // Overtaken this very moment. What cannot be read for another reason may be a living owner's.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

/** False when somebody else was quicker, also when that one has already been overtaken and its file is gone. */
function claim(directory: string, n: number): boolean {
  const { pid, began } = self();
  const partial = join(directory, `owner.by-${pid}`);
  writeFileSync(partial, `${pid} ${began}\n`);
  try {
    linkSync(partial, path(directory, n));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(partial, { force: true });
  }
  if (newest(directory) === n) return true;
  rmSync(path(directory, n), { force: true });
  return false;
}

/** The number stays taken: were it given out again, a slow rival could mistake it for the stale one it has seen. */
function replace(directory: string, n: number, content: string): void {
  const partial = join(directory, `owner.by-${process.pid}`);
  writeFileSync(partial, content);
  renameSync(partial, path(directory, n));
}
