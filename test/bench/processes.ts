import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What Linux tells of processes in /proc. Elsewhere nothing can be said, and the rows that need it are not there. */
export const canLook = existsSync('/proc/self/stat');

/** Of `man proc_pid_stat`, counted from the third field on: what stands before it is in brackets and may hold anything. */
const PARENT = 1, USER = 11, SYSTEM = 12, PAGES = 21;
/** Linux tells times in hundredths of a second, whatever the machine. */
const MS_PER_TICK = 10;
const PAGE = 4_096;

function statOf(pid: number): number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  } catch {
    return null;
  }
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => statOf(pid)?.[PARENT] === parent);

/** Processor time that a process has taken since it began, in milliseconds. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return stat ? (stat[USER]! + stat[SYSTEM]!) * MS_PER_TICK : 0;
}

/** The same of a process and all below it that still live, by process. */
export const cpuUnder = (pid: number): Map<number, number> =>
  new Map([[pid, cpuOf(pid)], ...childrenOf(pid).flatMap((child) => [...cpuUnder(child)])]);

/** What was taken from one look to the next; what processes took that have ended meanwhile is not in it. */
export const cpuBetween = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0);

/** Resident memory, in bytes. */
export const memoryOf = (pid: number): number => (statOf(pid)?.[PAGES] ?? Number.NaN) * PAGE;

/** The PostgreSQL that a server has started, and the folder of its socket; null where it cannot be found. */
export function postgresUnder(server: number): { readonly pid: number; readonly socket: string } | null {
  if (!canLook) return null;
  for (const child of childrenOf(server)) {
    const socket = /^unix_socket_directories=(.*)$/m.exec(readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', '\n'))?.[1];
    const postmaster = /postgres$/.test(readFileSync(`/proc/${child}/cmdline`, 'utf8').split('\0')[0]!);
    if (socket !== undefined && postmaster) return { pid: child, socket };
    const below = postgresUnder(child);
    if (below) return below;
  }
  return null;
}
