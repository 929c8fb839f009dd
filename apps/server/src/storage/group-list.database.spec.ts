import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { migrate, openDatabase } from './database.ts';
import { AlteredGroupList, refuseAlteredList } from './group-list.ts';
import { PostgresGroupStore } from './postgres-group.store.ts';

let db: TestDatabase, server: DataSource;
const ROW = { id: '0123456789ab', origin: 'parley.example/w/0123456789ab' };

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 2 });
});
afterEach(async () => {
  await server.destroy();
  await db.drop();
});

const begun = async (): Promise<void> => {
  const groups = new PostgresGroupStore(server, TEST_MAC);
  for (const log of ['shared', 'private:a']) await groups.storageOf((await groups.first(ROW)).id).record.openLog(log, log === 'shared' ? ROW.origin : `${ROW.origin}/d/a`);
};

it('[Q23] an empty database, a group without entries yet, and groups beside one another that have their records are as they should be', async () => {
  await refuseAlteredList(server);
  await new PostgresGroupStore(server, TEST_MAC).first(ROW);
  await refuseAlteredList(server);
  await begun();
  // Begun by a process that ended before it was established; whoever makes a group next takes it up.
  await db.dataSource.query(`INSERT INTO working_group (id, origin, made_at) VALUES ('later', 'parley.example/w/later', DEFAULT), ('older', 'parley.example/w/older', '2000-01-01')`);
  await refuseAlteredList(server);
});

it.each([
  ['has another name', `UPDATE working_group SET origin = 'evil.example/w/0123456789ab'`, /listed as evil\.example/],
  ['has a name that differs in one letter', `UPDATE working_group SET origin = 'parley.example/w/0123456789aB'`, /listed as/],
  ['has another id', `UPDATE working_group SET id = 'other'`, /is not listed/],
  ['is gone', 'DELETE FROM working_group', /is not listed/],
  ['is gone and another stands there', `DELETE FROM working_group; INSERT INTO working_group (id, origin) VALUES ('new', 'parley.example/w/new')`, /0123456789ab: has a record .* is not listed/],
  ['has a name with a quotation mark', `UPDATE working_group SET origin = 'it''s'`, /listed as it's/],
])('[Q23] a list whose group %s is refused: what differs is said, and the statement that is said mends it', async (_what, alter, says) => {
  await begun();
  await db.dataSource.query(alter);
  const error = await refuseAlteredList(server).then(() => null, (thrown: unknown) => thrown as Error);
  expect(error).toBeInstanceOf(AlteredGroupList);
  expect(error!.message).toMatch(says);
  expect(error!.message).toContain('Nothing was opened and nothing is lost.');
  for (const [statement] of error!.message.matchAll(/^ {2}(INSERT|UPDATE|DELETE) .*;$/gm)) await db.dataSource.query(statement);
  await refuseAlteredList(server);
  expect(await new PostgresGroupStore(server, TEST_MAC).all()).toContainEqual(ROW);
});

it('[Q23] what the record is named cannot be changed to fit: not by the server, and by its owner only against the trigger', async () => {
  await begun();
  for (const source of [server, db.dataSource]) await expect(source.query(`UPDATE log SET origin = 'evil.example/w/0123456789ab'`)).rejects.toThrow();
});
