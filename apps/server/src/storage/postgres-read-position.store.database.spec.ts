import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { migrate, openDatabase } from './database.ts';
import { PostgresReadPositionStore } from './postgres-read-position.store.ts';

let db: TestDatabase, server: DataSource, positions: PostgresReadPositionStore;

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 4 });
  positions = new PostgresReadPositionStore(server);
});
afterEach(async () => {
  await server.destroy();
  await db.drop();
});

it('[Q26] [UR4] what somebody has read is kept by account, group and document', async () => {
  await positions.advance('ada', 'g', 'd', 4);
  await positions.advance('ada', 'g', 'e', 9);
  await positions.advance('ada', 'h', 'd', 1);
  expect(await positions.of('ada', 'g')).toEqual(new Map([['d', 4], ['e', 9]]));
  expect([await positions.of('ada', 'h'), await positions.of('bo', 'g')]).toEqual([new Map([['d', 1]]), new Map()]);
});

it('[UR3] of two pages that say it at one time the one that has read further counts', async () => {
  await Promise.all([7, 3, 12, 5].map((entry) => positions.advance('ada', 'g', 'd', entry)));
  await positions.advance('ada', 'g', 'd', 2);
  expect(await positions.of('ada', 'g')).toEqual(new Map([['d', 12]]));
});
