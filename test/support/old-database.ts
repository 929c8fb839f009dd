import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { HistoryView, InstantView } from '@parley/protocol';
import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { migrations } from '../../apps/server/src/storage/migrations/index.ts';
import { emptyDatabase, type TestDatabase } from './database.ts';

type Row = Readonly<Record<string, unknown>>;

/** A database as an earlier version left it, and what that version answered about it. Everybody's password is the tests' own; user names are the cast's. */
export interface OldDatabase {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** `first`: a whole negotiation, to a reopening that was granted. `second`: declines, consents and a request for reopening that stand. `third`: a paper that waits for its second acceptance. */
  readonly documents: { readonly first: string; readonly second: string; readonly third: string };
  readonly expected: Readonly<Record<string, { readonly entries: HistoryView['entries']; readonly instants: readonly InstantView[] }>>;
}

const FOLDER = new URL('./databases/', import.meta.url);

export const readOldDatabase = (name: string): OldDatabase => JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, FOLDER))).toString('utf8')) as OldDatabase;

/** Tables in the order in which their rows may be inserted. */
const TABLES = ['log', 'log_head', 'entry', 'payload', 'act_id', 'entry_of', 'document', 'account', 'kept_state'];

/** A database with the schema and rows of an earlier version, `last` being the last migration that it had. */
export async function loadOldDatabase({ tables }: OldDatabase, last: string): Promise<TestDatabase> {
  const database = await emptyDatabase();
  const options = database.dataSource.options as PostgresDataSourceOptions;
  const until = migrations.findIndex(({ name }) => name === last) + 1;
  const old = await new DataSource({ ...options, migrations: migrations.slice(0, until) }).initialize();
  await old.runMigrations();
  for (const { id } of tables['log'] as readonly { readonly id: string }[]) {
    await old.query('INSERT INTO log SELECT * FROM jsonb_populate_recordset(NULL::log, $1)', [JSON.stringify(tables['log'])]);
    await old.query('INSERT INTO log_head (log_id) VALUES ($1)', [id]);
  }
  for (const table of TABLES.slice(2)) await old.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(tables[table])]);
  await old.destroy();
  return database;
}
