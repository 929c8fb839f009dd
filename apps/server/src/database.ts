import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, type Config } from './config.ts';
import { logger } from './logger.ts';
import { migrate, needsMigrating, openDatabase, prepare } from './storage/database.ts';
import { type Embedded, startEmbedded } from './storage/embedded.ts';
import { refuseAlteredList } from './storage/group-list.ts';
import { refuseUnfit, type ServerRole, UnfitRole } from './storage/roles.ts';

type DataSource = Awaited<ReturnType<typeof openDatabase>>;

/** An open, migrated database, Parley's own or the one it was given. */
export interface Database {
  readonly source: DataSource;
  /** Where files that belong to the database's owner are kept; null for a database of one's own. */
  readonly directory: string | null;
  /** Where Parley is: a group that begins here is named by it for ever, also when Parley moves. */
  readonly host: string;
  close(): Promise<void>;
}

export async function openAndMigrate(config: Config, say: (line: string) => void): Promise<Database> {
  const { host } = new URL(addressOf(config, config.port));
  if (config.databaseUrl !== null) return onGiven(config, { url: config.databaseUrl }, host);
  const embedded = await startEmbedded({ data: config.data, onNotice: say });
  return onEmbedded(embedded, host).catch(async (error: unknown) => {
    await embedded.stop();
    throw error;
  });
}

/** Brings the tables of a database of one's own up to date and the server's role to its rights, and no more: for a start of its own before the servers'. */
export async function migrateOnly(config: Config): Promise<void> {
  if (config.databaseUrl === null || config.databaseOwnerUrl === null) throw new Error('to migrate, set DATABASE_OWNER_URL and DATABASE_URL');
  await prepare({ url: config.databaseOwnerUrl }, roleIn(config.databaseUrl));
}

type Address = Parameters<typeof openDatabase>[0];

/** The role under which a server uses its own PostgreSQL. */
const SERVER_ROLE: ServerRole = { name: 'parley_server', password: null };

async function onEmbedded(embedded: Embedded, host: string): Promise<Database> {
  await prepare({ connection: embedded.connection }, SERVER_ROLE, alone);
  return open({ connection: { ...embedded.connection, user: SERVER_ROLE.name } }, host, embedded, refuseUnfit);
}

async function onGiven(config: Config, at: { readonly url: string }, host: string): Promise<Database> {
  if (config.databaseOwnerUrl !== null) await prepare({ url: config.databaseOwnerUrl }, roleIn(at.url));
  // A demonstration has no delegations: one role may do everything in it.
  else if (config.demo) return open(at, host, null, (source) => migrate(source));
  return open(at, host, null, ready);
}

/** This process has the database to itself: whoever held anything by it has ended. */
const alone = (owner: DataSource): Promise<unknown> => owner.query(`UPDATE lease SET expires = '-infinity'`);

async function ready(source: DataSource): Promise<void> {
  await refuseUnfit(source);
  if (await needsMigrating(source)) throw new UnfitRole('The tables are not those of this version. Start once with DATABASE_OWNER_URL, the address of the role that owns them.');
}

function roleIn(url: string): ServerRole {
  const { username, password } = new URL(url);
  if (username === '') throw new UnfitRole('DATABASE_URL names no role to sign in with.');
  return { name: decodeURIComponent(username), password: password === '' ? null : decodeURIComponent(password) };
}

async function open(at: Address, host: string, embedded: Embedded | null, check: (source: DataSource) => Promise<void>): Promise<Database> {
  const source = await openDatabase(at, { onLost: (error) => logger.warn('database connection lost', { message: error.message }) });
  await check(source).then(() => refuseAlteredList(source)).catch(async (error: unknown) => {
    await source.destroy();
    throw error;
  });
  const unwatch = embedded ? watch(embedded) : () => undefined;
  return {
    source, host, directory: embedded?.directory ?? null,
    async close() {
      unwatch();
      await source.destroy();
      await embedded?.stop();
    },
  };
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
      logger.error('PostgreSQL ended', { log: words.slice(-500) });
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
      return logger.info('PostgreSQL runs again');
    } catch (error) {
      logger.failed('PostgreSQL did not come back', error);
    }
  }
}
