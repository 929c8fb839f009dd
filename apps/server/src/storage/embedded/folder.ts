import { createHash } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mayReach, type RunAs } from './account.ts';

/** Where root keeps what an unprivileged account must reach when the project's own folder is closed to it. */
export const SHARED = '/var/lib/parley';

/** The database itself, in a folder that may hold other things. */
export const clusterIn = (directory: string): string => join(directory, 'postgres');

/** Makes the folder of a data path and gives its one true name: links to it lead to the same database, and the same lock. */
export function dataFolder(data: string): string {
  makeFolder(resolve(data));
  return realpathSync(data);
}

/** The user id that owns the database of a data folder, wherever it lies; null when there is none yet. */
export function ownerOfDatabase(data: string): number | null {
  const directory = [data, apart(data)].find(hasDatabase);
  return directory === undefined ? null : statSync(clusterIn(directory)).uid;
}

/**
 * The folder for the database of a data folder: that one, or one beside all others under `/var/lib/parley` when the account that runs
 * PostgreSQL cannot get to it. A database once made is never left behind for an empty one: what has become unreachable is an error.
 */
export function folderFor(data: string, account: RunAs | null, notice: (line: string) => void): string {
  if (!account) {
    refuseForeign(data);
    return data;
  }
  const other = apart(data);
  const reachable = mayReach(account, data) || (!hasDatabase(other) && letThrough(account, data));
  if (hasDatabase(data) && !reachable) throw new Error(`PostgreSQL runs as ${account.name}, which cannot reach its data in ${data}: open that path to it`);
  if (hasDatabase(data) || (reachable && !hasDatabase(other))) return data;
  makeFolder(other);
  notice(`PostgreSQL runs as ${account.name}, which ${reachable ? 'could not' : 'cannot'} reach ${data}: the database is in ${other}`);
  return other;
}

/** A new, empty folder that is closed, as `mktemp -d` makes them, is ours to open: to that account's group, and only to pass through. */
function letThrough(account: RunAs, data: string): boolean {
  if (readdirSync(data).length > 0 || !mayReach(account, dirname(data))) return false;
  const { uid, mode } = statSync(data);
  chownSync(data, uid, account.gid);
  chmodSync(data, mode | 0o010);
  return mayReach(account, data);
}

/** Everybody but root has their own data in the very folder, or none at all. */
function refuseForeign(data: string): void {
  const advice = 'start as the user it belongs to, or set PARLEY_DATA to another folder';
  if (!hasDatabase(data) && hasDatabase(apart(data))) throw new Error(`the database of ${data} was made by root and is in ${apart(data)}: ${advice}`);
  if (hasDatabase(data) && statSync(clusterIn(data)).uid !== process.getuid?.()) throw new Error(`the database in ${data} is another user's: ${advice}`);
  try {
    accessSync(data, constants.W_OK | constants.X_OK);
  } catch {
    throw new Error(`this user cannot write to ${data}: ${advice}`);
  }
}

const apart = (data: string): string => join(SHARED, createHash('sha256').update(data).digest('hex').slice(0, 16));

/** Its folder appears when it is complete. What is inside is not everybody's to see. */
const hasDatabase = (directory: string): boolean => existsSync(clusterIn(directory));

/** What it makes can be passed through by every account, whatever the umask; what is there already stays as it is. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}
