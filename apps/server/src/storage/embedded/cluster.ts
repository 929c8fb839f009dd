import { execFile } from 'node:child_process';
import { chownSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Place, runOptions } from './postmaster.ts';

export const SUPERUSER = 'parley';

const run = promisify(execFile);

/** Makes an empty database cluster where there is none. It appears under its name only when complete. */
export async function ensureCluster(place: Place, version: string): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION'))) return refuseOtherVersion(place.data, version);
  const draft = `${place.data}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (place.account) chownSync(draft, place.account.uid, place.account.gid);
  await initialise(place, draft);
  renameSync(draft, place.data);
  if (place.durable) flushFolder(dirname(place.data));
}

async function initialise(place: Place, draft: string): Promise<void> {
  const args = ['-D', draft, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8', ...(place.durable ? [] : ['--no-sync'])];
  try {
    await run(join(place.binaries, 'bin', 'initdb'), args, runOptions(place.account));
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`PostgreSQL could not set up its data in ${place.data}: ${stderr?.trim() || message} (or set DATABASE_URL)`);
  }
}

/** The data of another major version is not readable, and must not be replaced by an empty database either. */
function refuseOtherVersion(data: string, version: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const major = version.split('.')[0];
  if (made === major) return;
  throw new Error(`the database in ${data} was made by PostgreSQL ${made}, and this is ${major}: dump it with the one and restore it into the other`);
}

function flushFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
