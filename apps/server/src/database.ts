import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, type Config } from './config.ts';
import { factsOf, log } from './log.ts';
import { SHARED_LOG } from './record/shared-log.ts';
import { migrate, openDatabase } from './storage/database.ts';
import { type Embedded, startEmbedded } from './storage/embedded.ts';

type DataSource = Awaited<ReturnType<typeof openDatabase>>;

/** An open, migrated database, Parley's own or the one it was given. */
export interface Database {
  readonly source: DataSource;
  /** Where files that belong to the database's owner are kept; null for a database of one's own. */
  readonly directory: string | null;
  /** The name of the shared log. It is given once, by where Parley was at first, and stays when Parley moves. */
  readonly logOrigin: string;
  close(): Promise<void>;
}

export async function openAndMigrate(config: Config, say: (line: string) => void): Promise<Database> {
  const { host } = new URL(addressOf(config, config.port));
  if (config.databaseUrl !== null) return open({ url: config.databaseUrl }, host, null);
  const embedded = await startEmbedded({ data: config.data, onNotice: say });
  return open({ connection: embedded.connection }, host, embedded).catch(async (error: unknown) => {
    await embedded.stop();
    throw error;
  });
}

async function open(at: Parameters<typeof openDatabase>[0], host: string, embedded: Embedded | null): Promise<Database> {
  const source = await openDatabase(at, { onLost: (error) => log.warn('database connection lost', { message: error.message }) });
  const logOrigin = await migrate(source).then(() => originOf(source, host)).catch(async (error: unknown) => {
    await source.destroy();
    throw error;
  });
  const unwatch = embedded ? watch(embedded) : () => undefined;
  return {
    source, logOrigin, directory: embedded?.directory ?? null,
    async close() {
      unwatch();
      await source.destroy();
      await embedded?.stop();
    },
  };
}

async function originOf(source: DataSource, host: string): Promise<string> {
  const [log] = await source.query<{ origin: string }[]>('SELECT origin FROM log WHERE id = $1', [SHARED_LOG]);
  return log?.origin ?? `${host}/w/${randomBytes(6).toString('hex')}`;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Brings PostgreSQL up again whenever it ends by itself; gives the function that lets it end. */
function watch(embedded: Embedded): () => void {
  let watching = true;
  void (async () => {
    while (watching) {
      const words = await embedded.exited;
      if (!watching) return;
      log.error('PostgreSQL ended', { log: words.slice(-500) });
      await restarted(embedded, () => watching);
    }
  })();
  return () => { watching = false; };
}

async function restarted(embedded: Embedded, wanted: () => boolean): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; wanted(); wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    await pause(wait, undefined, { ref: false });
    if (!wanted()) return;
    try {
      await embedded.restart();
      return log.info('PostgreSQL runs again');
    } catch (error) {
      log.error('PostgreSQL did not come back', factsOf(error));
    }
  }
}
