import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RunAs } from './account.ts';

export interface Place {
  /** Holds bin, lib and share. */
  readonly binaries: string;
  /** The database's own folder. */
  readonly data: string;
  /** The folder of its socket. */
  readonly socket: string;
  readonly account: RunAs | null;
  readonly durable: boolean;
}

export interface Postmaster {
  /** Resolves with the end of its log when its supervisor has gone. PostgreSQL itself may outlive a supervisor that was killed. */
  readonly exited: Promise<string>;
  /** Asks it to shut down in good order. */
  close(): void;
}

/** How PostgreSQL's programs are run: nothing of this process's environment reaches them, and no folder is held open. */
export const runOptions = (account: RunAs | null) => ({
  cwd: '/',
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
});

/**
 * A shell that runs PostgreSQL ("$@") and shuts it down when the other end of its standard input closes: also after a kill -9 of this
 * process. It ends when PostgreSQL does; a signal interrupts `wait`, hence the loop.
 */
const SUPERVISE = `
  exec 3<&0 </dev/null
  "$@" 3<&- &
  server=$!
  ( read -r _ <&3; kill -INT $server ) 2>/dev/null &
  reader=$!
  trap 'kill -INT $server' INT TERM
  exec 3<&-
  while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
  kill $reader 2>/dev/null
  exit $status`;

const LOG_KEPT = 4_000;

/** Only the name of the socket within its folder. */
export const PORT = 5432;

/** Starts PostgreSQL and returns before it serves. It does not keep this process alive. */
export function spawnPostmaster(place: Place): Postmaster {
  const child = spawn('/bin/sh', ['-c', SUPERVISE, 'postgres', join(place.binaries, 'bin', 'postgres'), ...settings(place)], {
    ...runOptions(place.account), stdio: ['pipe', 'ignore', 'pipe'], detached: true,
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { log = (log + text).slice(-LOG_KEPT); });
  child.stdin.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => {
      child.stdin.destroy();
      resolve(log.trim());
    });
  });
  for (const handle of [child, child.stdin, child.stderr]) (handle as Partial<{ unref(): void }>).unref?.();
  return {
    exited,
    close: () => {
      child.ref();
      child.stdin.end();
    },
  };
}

function settings({ data, socket, durable }: Place): readonly string[] {
  const values = {
    listen_addresses: '',
    port: String(PORT),
    unix_socket_directories: socket,
    max_connections: '60',
    shared_buffers: '64MB',
    // After a crash it ends, and is started anew: PostgreSQL 18 that recovers in place and fails at it, on a full disk say, may live on without ever serving again.
    restart_after_crash: 'off',
    // The log is read for the reason of an exit only; it shall not hold what people write, neither as statements nor as failing rows.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
