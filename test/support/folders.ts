import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../../apps/server/src/storage/embedded/processes.ts';

const NAME = /^parley-test-(\d+)-/;

/** Memory where there is plenty, as file systems differ a hundredfold in how long they take over a database's thousand small files. */
const PARENT = hasRoom('/dev/shm') ? '/dev/shm' : '/tmp';

function hasRoom(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 2 ** 30;
}

/** A folder that no other account may enter, as `mktemp -d` makes them. The next run sweeps it if this one is killed. */
export function closedFolder(): string {
  sweep();
  return mkdtempSync(join(PARENT, `parley-test-${process.pid}-`));
}

/** A folder that another account may pass through. The next run sweeps it if this one is killed. */
export function temporaryFolder(): string {
  const folder = closedFolder();
  chmodSync(folder, 0o711);
  return folder;
}

function sweep(): void {
  for (const name of readdirSync(PARENT)) {
    const pid = Number(NAME.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isRunning(pid)) rmSync(join(PARENT, name), { recursive: true, force: true });
  }
}
