import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process is known by its number and the moment it began: numbers are given out again, the pair is not. */
export interface Identity {
  readonly pid: number;
  readonly began: string;
}

/** What `began` is when a process is there but the system does not say since when. It counts as the one that is asked for. */
const UNSEEN = 'unseen';

export const self = (): Identity => ({ pid: process.pid, began: beganAt(process.pid) ?? UNSEEN });

/** Whether that very process lives. A zombie does not: where nobody reaps (a container whose first process is no init) it stays for ever. */
export function lives({ pid, began }: Identity): boolean {
  const now = beganAt(pid);
  return now !== null && (now === began || now === UNSEEN || began === UNSEEN);
}

/** Whether the number answers at all, which PostgreSQL takes for a living process: zombies and strangers included. */
export function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process with that number lives, whoever it is. A zombie does not. */
export const isRunning = (pid: number): boolean => beganAt(pid) !== null;

/** True only for a living PostgreSQL that serves exactly this data folder: one that was started as `postgres -D <folder> …`. */
export function isPostmasterOf(pid: number, data: string): boolean {
  if (!isRunning(pid)) return false;
  const gap = process.platform === 'linux' ? '\0' : ' ';
  return commandOf(pid).includes(['/postgres', '-D', data, ''].join(gap));
}

function beganAt(pid: number): string | null {
  if (!(pid > 0) || !answers(pid)) return null;
  return process.platform === 'linux' ? beganByProc(pid) : beganByPs(pid);
}

function beganByProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; field 3 (the state) comes after the last bracket, the start is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return answers(pid) ? UNSEEN : null;
  }
}

function beganByPs(pid: number): string | null {
  const line = ps('stat=,lstart=', pid);
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '').replaceAll(/\s+/g, '-');
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps('command=', pid);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const ps = (columns: string, pid: number): string => spawnSync('ps', ['-o', columns, '-p', String(pid)],
  { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }).stdout.trim();
