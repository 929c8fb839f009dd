import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { migrate, openDatabase } from './database.ts';
import { PostgresGroupStore } from './postgres-group.store.ts';

let db: TestDatabase, server: DataSource;

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 8 });
});
afterEach(async () => {
  await server.destroy();
  await db.drop();
});

it('[Q22] of processes that make the first group of an empty database at one time one makes it, and all have that one', async () => {
  const ids = Array.from({ length: 8 }, (_, n) => `g${n}`), groups = new PostgresGroupStore(server, TEST_MAC);
  // With connections that are open already they do begin at one time.
  await Promise.all(ids.map(() => server.query('SELECT pg_sleep(0.2)')));
  const found = await Promise.all(ids.map((id) => groups.first({ id, origin: `host/w/${id}` })));
  expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  expect(await groups.all()).toEqual([found[0]]);
  expect(await groups.first({ id: 'later', origin: 'host/w/later' })).toEqual(found[0]);
});
