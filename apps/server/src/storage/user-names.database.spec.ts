import { DataSource } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { migrate } from './database.ts';
import { migrations } from './migrations/index.ts';

const BEFORE = 'AccountsAreRecovered1795305600020';
let db: TestDatabase;
let old: DataSource;

/** Tables as they were before user names were folded in one place, with people under these names. */
beforeEach(async () => {
  db = await emptyDatabase();
  const options = db.dataSource.options as PostgresDataSourceOptions;
  old = await new DataSource({ ...options, migrations: migrations.slice(0, migrations.findIndex(({ name }) => name === BEFORE) + 1) }).initialize();
  await old.runMigrations();
});
afterEach(async () => {
  if (old.isInitialized) await old.destroy();
  await db.drop();
});

const holds = async (...names: readonly string[]): Promise<void> => {
  for (const [n, name] of names.entries()) await old.query('INSERT INTO account (id, user_name, display_name, administrator) VALUES ($1, $2, $2, false)', [`u_${n}`, name]);
  await old.destroy();
};

it('[Z5] names that were told apart by the database alone are refused in words, and nothing is changed', async () => {
  await holds('anna', 'ａｎｎａ', 'Bo');
  await expect(migrate(db.dataSource)).rejects.toThrow(/“anna” and “ａｎｎａ”\. Give all but one of each another name/);
  expect(await db.dataSource.query('SELECT user_name FROM account ORDER BY id')).toEqual(['anna', 'ａｎｎａ', 'Bo'].map((name) => ({ user_name: name })));
  expect(await db.dataSource.query(`SELECT 1 FROM information_schema.columns WHERE table_name = 'account' AND column_name = 'user_name_folded'`)).toEqual([]);
  await db.dataSource.query(`UPDATE account SET user_name = 'anna.2' WHERE id = 'u_1'`);
  await migrate(db.dataSource);
  expect(await db.dataSource.query('SELECT user_name_folded AS name FROM account ORDER BY id')).toEqual(['anna', 'anna.2', 'bo'].map((name) => ({ name })));
});
