import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunAs } from './account.ts';
import { isRunning } from './processes.ts';

// A socket's path has at most 107 bytes (103 on macOS), so it cannot lie beside the data.
const PARENT = '/tmp';
const NAME = /^parley-s-(\d+)-/;

/** A closed folder for the socket, named after this process: nobody else gets to the database, which asks for no password. */
export function makeSocketFolder(account: RunAs | null): string {
  const folder = mkdtempSync(join(PARENT, `parley-s-${process.pid}-`));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** Leaves the folder empty and there: the lock beside a socket that was not closed would keep the next PostgreSQL out. */
export function emptySocketFolder(folder: string, account: RunAs | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
}

/** Removes what processes that were killed have left behind, as far as it is ours to remove. */
export function sweepSocketFolders(): void {
  for (const name of readdirSync(PARENT)) {
    const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid || isRunning(pid)) continue;
    try {
      rmSync(join(PARENT, name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}
