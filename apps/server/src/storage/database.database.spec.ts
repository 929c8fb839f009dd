import { leafHash, utf8 } from '@parley/ledger';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GROUP } from '../../../../test/support/database.ts';
import { preparedFolder } from '../../../../test/support/cluster.ts';
import { killHard, tree } from '../../../../test/support/processes.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { migrate, openDatabase, poolOf } from './database.ts';
import { type Embedded, startEmbedded } from './embedded.ts';
import { migrations } from './migrations/index.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

let data: string;
let embedded: Embedded;
let dataSource: DataSource;
let made = 0;

beforeAll(async () => {
  data = await preparedFolder();
  embedded = await startEmbedded({ data, durable: false });
});

afterAll(async () => {
  await embedded.stop();
  rmSync(data, { recursive: true });
});

beforeEach(async () => {
  dataSource = await openDatabase({ connection: embedded.connection }, { poolSize: 3 });
});

afterEach(() => dataSource.destroy());

async function emptyDatabase() {
  made += 1;
  await dataSource.query(`CREATE DATABASE empty_${made}`);
  return { connection: { ...embedded.connection, database: `empty_${made}` } };
}

describe('migrate', () => {
  it('brings an empty database up to date, once', async () => {
    const fresh = await openDatabase(await emptyDatabase());
    await migrate(fresh);
    await migrate(fresh);
    expect(await fresh.query('SELECT name FROM migration ORDER BY id')).toEqual(migrations.map(({ name }) => ({ name })));
    await fresh.destroy();
  });

  it('is safe when several servers start at the same time', async () => {
    const at = await emptyDatabase();
    const servers = await Promise.all(Array.from({ length: 4 }, () => openDatabase(at)));
    await Promise.all(servers.map((server) => migrate(server)));
    expect(await servers[0]!.query('SELECT count(*)::int AS n FROM migration')).toEqual([{ n: migrations.length }]);
    await Promise.all(servers.map((server) => server.destroy()));
  });

  it('gives up its lock when a migration fails', async () => {
    const fresh = await openDatabase(await emptyDatabase());
    await fresh.query('CREATE TABLE log (mine int)');
    await expect(migrate(fresh)).rejects.toThrow('log');
    await fresh.query('DROP TABLE log');
    await migrate(fresh);
    await fresh.destroy();
  });
});

describe('openDatabase', () => {
  it('rejects where nothing listens', async () => {
    await expect(openDatabase({ connection: { ...embedded.connection, host: '/nowhere' } })).rejects.toThrow('ENOENT');
  });

  it('takes a url as well', async () => {
    const { host, user, database } = embedded.connection;
    const byUrl = await openDatabase({ url: `postgres://${user}@${encodeURIComponent(host)}/${database}` });
    expect(await byUrl.query('SELECT current_database() AS name')).toEqual([{ name: database }]);
    await byUrl.destroy();
  });

  it('does not wait for ever for a statement or a lock', async () => {
    const hasty = await openDatabase({ connection: embedded.connection }, { statementTimeoutMs: 50 });
    await expect(hasty.query('SELECT pg_sleep(60)')).rejects.toThrow('statement timeout');
    expect(await hasty.query('SHOW lock_timeout')).toEqual([{ lock_timeout: '10s' }]);
    await hasty.destroy();
  });
});

describe.runIf(process.platform === 'linux')('when PostgreSQL is killed and comes back', () => {
  const entry = { leaf: utf8('a'), leafHash: leafHash(utf8('a')), blob: new Uint8Array(40) };
  const killPostgres = () => killHard(tree(Number.parseInt(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8'), 10)));

  it('fails what was under way, and goes on by itself afterwards', async () => {
    const lost: Error[] = [];
    const server = await openDatabase(await emptyDatabase(), { poolSize: 3, onLost: (error) => lost.push(error) });
    await migrate(server);
    const store = new PostgresRecordStore(server, TEST_MAC, GROUP);
    await store.openLog('wg', 'host/w/wg');
    await store.append('wg', 0, [entry], []);
    await Promise.all([1, 2, 3].map(() => server.query('SELECT 1')));
    const underWay = server.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    const inTransaction = server.transaction(async (manager) => manager.query('SELECT pg_sleep(60)')).catch((error: unknown) => error);
    await server.query('SELECT 1');

    await killPostgres();
    expect(await underWay).toBeInstanceOf(Error);
    expect(await inTransaction).toBeInstanceOf(Error);
    await expect(store.append('wg', 1, [entry], [])).rejects.toThrow();
    expect(lost.length).toBeGreaterThan(0);

    await embedded.restart();
    await store.append('wg', 1, [entry], []);
    expect(await store.openLog('wg', 'host/w/wg')).toEqual({ size: 2 });
    expect(poolOf(server).waitingCount).toBe(0);
    await server.destroy();
  });
});
