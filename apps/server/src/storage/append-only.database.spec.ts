import { leafHash, utf8 } from '@parley/ledger';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GROUP, testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  const store = new PostgresRecordStore(db.dataSource, TEST_MAC, GROUP);
  await store.openLog('wg', 'host/w/wg');
  const leaf = utf8('a');
  await store.append('wg', 0, [{ leaf, leafHash: leafHash(leaf), blob: new Uint8Array(32), actId: 'one' }], []);
});

afterAll(() => db.drop());

const HASH = `sha256('\\x00'::bytea || 'b'::bytea)`;
const row = (index: number, hash = HASH) => `('wg', ${index}, 'b', ${hash}, '${GROUP}')`;

const attacks: readonly (readonly [string, string])[] = [
  ...['log', 'log_head', 'entry', 'payload', 'act_id'].flatMap((table) => [
    [`DELETE FROM ${table}`, 'LG002'],
    [`TRUNCATE ${table} CASCADE`, 'LG002'],
  ] as const),
  [`UPDATE log SET origin = 'mine'`, 'LG002'],
  ['UPDATE log_head SET size = 0', 'LG002'],
  ['UPDATE log_head SET size = 7', 'LG002'],
  [`UPDATE log_head SET group_id = 'another', size = 7`, 'LG002'],
  [`UPDATE entry SET group_id = 'another'`, 'LG002'],
  [`UPDATE entry SET leaf = 'b', leaf_hash = ${HASH}`, 'LG002'],
  ['UPDATE entry SET index = 1', 'LG002'],
  [`UPDATE payload SET blob = decode(repeat('00', 32), 'hex')`, 'LG002'],
  ['UPDATE act_id SET index = 0', 'LG002'],
  [`INSERT INTO entry VALUES ${row(0)} ON CONFLICT (group_id, log_id, index) DO UPDATE SET leaf = 'b'`, 'LG002'],
  [`MERGE INTO payload USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE`, 'LG002'],
  [`INSERT INTO entry VALUES ${row(2)}`, 'LG001'],
  [`INSERT INTO entry VALUES ${row(1)}, ${row(3)}`, 'LG001'],
  [`INSERT INTO entry VALUES ${row(1, "sha256('b')")}`, '23514'],
  [`WITH l AS (INSERT INTO log VALUES ('late', 'o', '${GROUP}')) INSERT INTO log_head VALUES ('late', 7, '${GROUP}')`, 'LG002'],
];

it.each(attacks)('refuses %s', async (sql, code) => {
  expect(await refusal(db.dataSource, 'origin', sql)).toBe(code);
});

it.each(attacks.filter(([, code]) => code !== '23514'))('refuses it also where ordinary triggers are off: %s', async (sql, code) => {
  expect(await refusal(db.dataSource, 'replica', sql)).toBe(code);
});

it('still holds its one entry after all of that', async () => {
  expect(await db.dataSource.query('SELECT size FROM log_head')).toEqual([{ size: '1' }]);
  expect(await db.dataSource.query(`SELECT index, leaf FROM entry`)).toEqual([{ index: '0', leaf: Buffer.from('a') }]);
});

/** The code of the error by which an attack is refused; `undefined` if it is not. */
async function refusal(dataSource: DataSource, role: 'origin' | 'replica', sql: string): Promise<string | undefined> {
  return dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL session_replication_role = ${role}`);
    await manager.query(sql);
  }).then(() => undefined, (error: { code: string }) => error.code);
}
