import { rmSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { type Connection, openDatabase } from '../../apps/server/src/storage/database.ts';
import { type Embedded, startEmbedded } from '../../apps/server/src/storage/embedded.ts';
import { GROUP } from './group.ts';
import { preparedFolder, TEMPLATE } from './cluster.ts';
import { usesProgram } from './programs.ts';

/** The one working group of an installation. */
export async function groupIn(dataSource: DataSource): Promise<string> {
  const [group] = await dataSource.query<{ id: string }[]>('SELECT id FROM working_group');
  return group!.id;
}

export { GROUP };

export interface TestDatabase {
  readonly connection: Connection;
  readonly dataSource: DataSource;
  /** Closes the data source and removes the database. */
  drop(): Promise<void>;
}

let server: Promise<{ embedded: Embedded; admin: DataSource }> | undefined;
let made = 0;

/** A migrated, empty database, on a PostgreSQL that this process starts when it is first asked and that ends with the process. */
export const testDatabase = (): Promise<TestDatabase> => databaseFrom(TEMPLATE);

/** The same without any table. */
export const emptyDatabase = (): Promise<TestDatabase> => databaseFrom('template0');

async function databaseFrom(template: string): Promise<TestDatabase> {
  usesProgram('PostgreSQL');
  server ??= startServer();
  const { embedded, admin } = await server;
  made += 1;
  const database = `test_${made}`;
  await admin.query(`CREATE DATABASE ${database} TEMPLATE ${template}`);
  const connection = { ...embedded.connection, database };
  const dataSource = await openDatabase({ connection }, { poolSize: 5 });
  return {
    connection,
    dataSource,
    async drop() {
      if (dataSource.isInitialized) await dataSource.destroy();
      await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
  };
}

async function startServer() {
  const data = await preparedFolder();
  const embedded = await startEmbedded({ data, durable: false });
  endWithProcess(embedded, data);
  return { embedded, admin: await openDatabase({ connection: embedded.connection }, { poolSize: 2 }) };
}

/** The test runner ends its workers by SIGTERM, which alone would skip `exit`. */
function endWithProcess(embedded: Embedded, data: string): void {
  const end = () => {
    embedded.kill();
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', end);
  process.once('SIGTERM', () => {
    end();
    process.kill(process.pid, 'SIGTERM');
  });
}
