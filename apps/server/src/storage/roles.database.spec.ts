import { leafHash, utf8 } from '@parley/ledger';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUP, testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { migrate, openDatabase } from './database.ts';
import { PostgresDifferenceStore } from './postgres-difference.store.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';
import { RECORD_TABLES, refuseUnfit, UnfitRole } from './roles.ts';

let db: TestDatabase;
let server: DataSource;

const as = (user: string): Promise<DataSource> => openDatabase({ connection: { ...db.connection, user } }, { poolSize: 1 });

beforeAll(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await as('parley_server');
});
afterAll(async () => {
  await server.destroy();
  await db.drop();
});

const leaf = utf8('{"at":"d1/working"}');
const entry = { leaf, leafHash: leafHash(leaf), blob: new Uint8Array(40), actId: 'one' };

describe('the role that a server signs in with', () => {
  it('[Q1] appends, reads and notes differences', async () => {
    const store = new PostgresRecordStore(server, TEST_MAC, GROUP);
    await store.openLog('wg', 'host/w/wg');
    await store.append('wg', 0, [entry], []);
    expect(await store.entriesOf('wg', 'd1', 0, 9)).toHaveLength(1);
    expect(await store.openLog('wg', 'host/w/wg')).toEqual({ size: 1 });
    const differences = new PostgresDifferenceStore(server, GROUP);
    await differences.note('list-row', 'wg', 'd1');
    expect(await differences.latest('wg')).toMatchObject([{ kind: 'list-row', subject: 'd1' }]);
    expect(await differences.latest('private:a')).toEqual([]);
  });

  it.each([
    ...RECORD_TABLES.flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`, `ALTER TABLE ${table} DISABLE TRIGGER ALL`, `DROP TABLE ${table} CASCADE`, `ALTER TABLE ${table} OWNER TO parley_server`]),
    `UPDATE log SET origin = 'x'`, 'UPDATE log_head SET size = 9', `UPDATE entry SET leaf = 'x'`, `UPDATE payload SET blob = ''`, 'UPDATE act_id SET index = 0',
    'DELETE FROM working_group', `UPDATE working_group SET origin = 'x'`, 'TRUNCATE working_group CASCADE', 'DELETE FROM lease', 'DELETE FROM read_position',
    'SELECT size FROM log_head FOR UPDATE', 'DELETE FROM difference', `UPDATE difference SET kind = 'x'`, `INSERT INTO migration (timestamp, name) VALUES (1, 'x')`,
    'CREATE TABLE mine (id int)', 'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    'SET session_replication_role = replica', 'DROP INDEX entry_subject', 'SET ROLE parley', 'GRANT UPDATE ON entry TO parley_server',
  ])('[Q1] is refused %s', async (statement) => {
    const before = await db.dataSource.query('SELECT count(*) FROM entry');
    const answer = await server.query(statement).then(() => 'done', (error: { code: string }) => error.code);
    // A grant of what one has not is a warning to PostgreSQL, and nothing more.
    if (statement.startsWith('GRANT')) await refuseUnfit(server);
    else expect(answer).toMatch(/^(42501|0LP01)$/);
    expect(await db.dataSource.query('SELECT count(*) FROM entry')).toEqual(before);
  });

  it('[Q1] puts no temporary table in the place of a log’s head', async () => {
    await server.query('CREATE TEMPORARY TABLE log_head (log_id text, size bigint, group_id text)');
    await server.query(`INSERT INTO pg_temp.log_head VALUES ('wg', 0, '${GROUP}')`);
    const hash = `sha256('\\x00'::bytea || 'b'::bytea)`;
    const refused = (index: number) => server.query(`INSERT INTO public.entry VALUES ('wg', ${index}, 'b', ${hash}, '${GROUP}')`).catch(({ code }: { code: string }) => code);
    expect(await refused(0)).toMatch(/^(LG001|23505)$/);
    expect(await refused(7)).toBe('LG001');
    await server.query('DROP TABLE pg_temp.log_head');
  });

  it('[Q3] is fit', () => expect(refuseUnfit(server)).resolves.toBeUndefined());
});

describe('another role', () => {
  it.each([
    ['owns the record', async () => 'parley'],
    ['is a member of its owner', async () => {
      await db.dataSource.query('CREATE ROLE parley_member LOGIN; GRANT parley TO parley_member; GRANT parley_server TO parley_member');
      return 'parley_member';
    }],
    ['may change one column of one table of it', async () => {
      await db.dataSource.query('CREATE ROLE parley_loose LOGIN; GRANT parley_server TO parley_loose; GRANT UPDATE (leaf) ON entry TO parley_loose');
      return 'parley_loose';
    }],
    ['may read it only', async () => {
      await db.dataSource.query('CREATE ROLE parley_reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO parley_reader');
      return 'parley_reader';
    }],
  ])('[Q3] that %s is refused with the grants it needs', async (_, make) => {
    const other = await as(await make());
    const refused = await refuseUnfit(other).catch((error: unknown) => error);
    await other.destroy();
    expect(refused).toBeInstanceOf(UnfitRole);
    expect((refused as Error).message).toMatch(/GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES[\s\S]*REVOKE UPDATE, DELETE ON public\.log,/);
  });

  it('[Q2] is made by the owner once, however many prepare at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(db.dataSource, { name: `parley "odd" role`, password: `it's "odd"` })));
    const odd = await as(`parley "odd" role`);
    await refuseUnfit(odd);
    await odd.destroy();
  });
});
