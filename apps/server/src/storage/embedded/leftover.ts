import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answers, isPostmasterOf } from './processes.ts';

const pidFile = (data: string) => join(data, 'postmaster.pid');

/** No process has this number: it is above what Linux and macOS give out. */
const NO_PROCESS = 2_147_483_647;

/** The process that the database's folder names as its PostgreSQL, dead or alive; null when it was shut down in good order. */
function postmasterOf(data: string): number | null {
  if (!existsSync(pidFile(data))) return null;
  const pid = Number.parseInt(readFileSync(pidFile(data), 'utf8'), 10);
  return pid > 0 && pid !== NO_PROCESS ? pid : null;
}

/**
 * Stops a PostgreSQL that a killed process has left behind. It is never adopted: most often it is already shutting down. Call it only as
 * the owner of the folder.
 *
 * Then clears the way for the next one, which takes a zombie, or a stranger that got the number, for a living PostgreSQL. The file itself
 * stays: it also names the shared memory by which PostgreSQL sees workers that have outlived it, and two generations of them would ruin
 * the data.
 */
export async function stopLeftover(data: string): Promise<void> {
  const pid = postmasterOf(data);
  if (pid === null) return;
  for (const [signal, waitMs] of [['SIGINT', 15_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    if (await ends(pid, data, signal, waitMs)) break;
  }
  if (isPostmasterOf(pid, data)) throw new Error(`PostgreSQL (process ${pid}) still runs on ${data} and does not stop`);
  if (answers(pid) && existsSync(pidFile(data))) {
    writeFileSync(pidFile(data), readFileSync(pidFile(data), 'utf8').replace(/^\S+/, String(NO_PROCESS)));
  }
}

/** Signals the PostgreSQL that serves a folder; nobody when none does. */
export function signalPostmaster(data: string, signal: NodeJS.Signals): void {
  const pid = postmasterOf(data);
  if (pid === null || !isPostmasterOf(pid, data)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ends(pid: number, data: string, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  signalPostmaster(data, signal);
  const deadline = Date.now() + waitMs;
  while (isPostmasterOf(pid, data)) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}
