import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { migrations } from './migrations/index.ts';
import { grantTo, type ServerRole } from './roles.ts';

/** Where a PostgreSQL listens. `host` may be a folder: the one that holds its unix socket. */
export interface Connection {
  readonly host: string;
  readonly user: string;
  readonly database: string;
  readonly port?: number;
}

export type DatabaseAt = { readonly url: string } | { readonly connection: Connection };

export interface DatabaseOptions {
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** An idle connection was lost. The pool replaces it by itself: this is for a log line. */
  readonly onLost?: (error: Error) => void;
}

/**
 * Connects to PostgreSQL 15 or later. Rejects when nothing answers. Once open it survives the server's death: queries fail while it is
 * away, and work again, on new connections, when it is back at the same address.
 */
export const openDatabase = (at: DatabaseAt, options: DatabaseOptions = {}): Promise<DataSource> => new DataSource(settings(at, options)).initialize();

function settings(at: DatabaseAt, options: DatabaseOptions): PostgresDataSourceOptions {
  const statementTimeout = options.statementTimeoutMs ?? 30_000;
  return {
    type: 'postgres',
    ...address(at),
    entities: [],
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    applicationName: 'parley',
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 10_000,
    poolErrorHandler: (error: Error) => options.onLost?.(error),
    extra: {
      keepAlive: true,
      lock_timeout: 10_000,
      statement_timeout: statementTimeout,
      // The client's own clock, for a server that no longer answers at all.
      query_timeout: statementTimeout + 10_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}

function address(at: DatabaseAt) {
  if ('url' in at) return { url: at.url };
  const { host, user, database, port } = at.connection;
  return { host, username: user, database, port: port ?? 5432, ssl: false };
}

/** "parley" in ASCII: one number for every server that shares a database. */
const MIGRATION_LOCK = 0x7061726c6579;

/**
 * Brings the schema up to date, and gives `server`, a role that is made when there is none, what it needs of it; safe to call from several servers at once, which
 * TypeORM alone is not. It has connections of its own, without time limits: a waiting server waits as long as the other one migrates, and the lock ends with its
 * connection.
 */
export const migrate = (dataSource: DataSource, server?: ServerRole): Promise<void> => migrated(dataSource.options as PostgresDataSourceOptions, server);

/** The same at an address of the tables' owner, who then does what else there is for him. */
export const prepare = (at: DatabaseAt, server: ServerRole, also?: (owner: DataSource) => Promise<unknown>): Promise<void> => migrated(settings(at, {}), server, also);

async function migrated(options: PostgresDataSourceOptions, server?: ServerRole, also?: (owner: DataSource) => Promise<unknown>): Promise<void> {
  const own = await new DataSource({ ...options, poolSize: 2, extra: { keepAlive: true } }).initialize();
  const lock = own.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await own.runMigrations();
    if (server) await grantTo(own, server);
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await also?.(own);
  } finally {
    await lock.release();
    await own.destroy();
  }
}

/** True when the tables are not those of this version. Asks without making anything, as TypeORM's own question does not. */
export async function needsMigrating(dataSource: DataSource): Promise<boolean> {
  const [{ there }] = await dataSource.query(`SELECT to_regclass('migration') IS NOT NULL AS there`) as [{ there: boolean }];
  const run = there ? await dataSource.query<{ name: string }[]>('SELECT name FROM migration') : [];
  return migrations.some(({ name }) => !run.some((done) => done.name === name));
}

/** The pool under a data source, for a part that speaks to `pg` itself (the session store). */
export const poolOf = (dataSource: DataSource): Pool => (dataSource.driver as PostgresDriver).master as Pool;
