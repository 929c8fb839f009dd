import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { REST_MS } from '@parley/negotiation';
import { closedFolder } from './folders.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A running Parley, as a stranger starts it: the built server as a process of its own, with its own data folder and port. */
export interface Parley {
  readonly url: string;
  readonly data: string;
  readonly port: number;
  /** Of the server process. */
  readonly pid: number;
  /** Everything printed so far. */
  output(): string;
  /** Resolves once the output matches; rejects when the process ends first. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Moves the server's time on, by so long that everything typed until now has rested if nothing else is said. Nothing waits. */
  later(milliseconds?: number): Promise<void>;
  /** Orderly end. `keep` leaves the data folder for another start. */
  stop(options?: { keep?: boolean }): Promise<void>;
  /** kill -9 of the server process; the data stays. */
  kill(): Promise<void>;
}

/** `flags`: of Node itself. `data`: an empty folder of its own without it, in memory where there is plenty. */
interface Options { readonly flags?: readonly string[]; readonly env?: Readonly<Record<string, string>>; readonly data?: string; readonly port?: number; readonly demo?: boolean }

/** Starts the built server. Without `demo` it waits to be set up with the token it prints. */
export async function startParley(options: Options = {}): Promise<Parley> {
  const data = options.data ?? closedFolder();
  const child = spawnServer(data, options);
  const log = listening(child);
  const [, url] = await log.printed(/Parley is at (\S+)/);
  const later = (milliseconds = REST_MS): Promise<void> => moveOn(child, data, milliseconds);
  running.set(url!, later);
  const ended = new Promise<void>((resolve) => child.once('exit', () => { running.delete(url!); resolve(); }));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url: url!, data, port: Number(new URL(url!).port), pid: child.pid!, ...log, later,
    kill: () => end('SIGKILL'),
    async stop({ keep = false } = {}) {
      await end('SIGTERM');
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The servers that run, by their address. */
const running = new Map<string, Parley['later']>();

/** Lets everything rest that was typed at the server with this address; at once where none was started here. */
export const restAt = async (url: string): Promise<void> => running.get(url)?.();

/** Says how the time of a server is moved on that was started elsewhere. */
export const movesOn = (url: string, later: Parley['later']): void => void running.set(url, later);

/** How far the time of the server over a data folder was moved on: another start of it must not go back. */
const ahead = new Map<string, number>();

/** How many milliseconds the time of the server over a data folder is ahead of the machine's. */
export const aheadOf = (data: string): number => ahead.get(data) ?? 0;

function moveOn(child: ChildProcess, data: string, later: number): Promise<void> {
  ahead.set(data, (ahead.get(data) ?? 0) + later);
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.send({ later }, (error) => { if (error) reject(error); });
  });
}

/** The settings of a server whose database is reached by a socket in a folder: the owner of its tables, and a role of the server's own. */
export const databaseSettings = (connection: Parameters<typeof databaseUrl>[0]): { readonly DATABASE_URL: string; readonly DATABASE_OWNER_URL: string } =>
  ({ DATABASE_URL: databaseUrl({ ...connection, user: 'parley_server' }), DATABASE_OWNER_URL: databaseUrl(connection) });

/** The address of a database that is reached by a socket in a folder. */
export const databaseUrl = ({ host, user, port = 5432, database }: { readonly host: string; readonly user: string; readonly port?: number; readonly database: string }): string =>
  `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;

function spawnServer(data: string, { flags = [], env, port = 0, demo }: Options): ChildProcess {
  return spawn(process.execPath, ['--enable-source-maps', '--import', path.join(root, 'test/support/moved-clock.mjs'), ...flags, path.join(root, 'apps/server/dist/main.js')], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOST: '127.0.0.1', PORT: String(port), PARLEY_DATA: data, PARLEY_DEMO: demo ? 'on' : 'off', TEST_CLOCK_AHEAD: String(ahead.get(data) ?? 0), ...env },
  });
}

/** Starts a server that is expected to end by itself: what it printed, and its exit code. */
export async function startRefused(data: string, options: Omit<Options, 'data'> = {}): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawnServer(data, options);
  const log = listening(child);
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    void log.printed(/Parley is at/).then(() => child.kill(), () => undefined);
  });
  return { code, output: log.output() };
}

function listening(child: ChildProcess): Pick<Parley, 'output' | 'printed'> {
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => { text += chunk.toString(); for (const look of waiting) look(); });
  child.once('exit', () => { for (const look of waiting) look(); });
  return {
    output: () => text,
    printed: (pattern) => new Promise((resolve, reject) => {
      const look = (): void => {
        const match = text.match(pattern);
        if (match) { waiting.delete(look); resolve(match); }
        else if (child.exitCode !== null || child.signalCode !== null) { waiting.delete(look); reject(new Error(`Parley ended before it printed ${pattern}:\n${text}`)); }
      };
      waiting.add(look);
      look();
    }),
  };
}
