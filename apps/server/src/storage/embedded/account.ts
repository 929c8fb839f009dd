import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The account PostgreSQL runs under. `null` instead of one: this process's own. */
export interface RunAs {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it `postgres`, else `nobody`: always the one that owns the data already, if any does.
 * Throws when this process's user has no name, which PostgreSQL needs to set up its data; `named` throws then.
 */
export function accountFor(ownerOfData: number | null, named: () => unknown = userInfo): RunAs | null {
  const uid = process.getuid?.();
  if (uid === undefined) throw new Error('the embedded PostgreSQL needs Linux or macOS: set DATABASE_URL');
  if (uid !== 0) {
    refuseNameless(uid, named);
    return null;
  }
  const accounts = namedAccounts();
  const found = accounts.find((account) => account.uid === ownerOfData)
    ?? ['postgres', '_postgres', 'nobody'].map((name) => accounts.find((account) => account.name === name)).find(Boolean);
  if (!found) throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody to run it: set DATABASE_URL');
  refuseBound(found);
  return found;
}

function refuseNameless(uid: number, named: () => unknown): void {
  try {
    named();
  } catch {
    throw new Error(`the user ${uid} has no name here (no line in /etc/passwd), and PostgreSQL needs one: `
      + 'run as a user with a name, or set DATABASE_URL');
  }
}

/** In some containers root may not become anybody else. */
function refuseBound(account: RunAs): void {
  const { error } = tried(account, '/');
  if (error) throw new Error(`PostgreSQL does not run as root, and this root may not become ${account.name} (${error.message}): set DATABASE_URL`);
}

function namedAccounts(): readonly RunAs[] {
  return readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
    .filter(({ name, uid }) => name !== '' && uid !== 0);
}

/** Whether the account may run the program, or pass through the folder, at a path. */
export const mayReach = (account: RunAs, path: string): boolean => tried(account, path).status === 0;

const tried = ({ uid, gid }: RunAs, path: string) => spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, cwd: '/', env: {} });
