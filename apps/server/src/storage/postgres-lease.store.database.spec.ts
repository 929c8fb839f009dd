import { leafHash, utf8 } from '@parley/ledger';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { type Fence, LeaseLost } from '../record/lease.store.ts';
import { migrate, openDatabase } from './database.ts';
import { PostgresLeaseStore } from './postgres-lease.store.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

let db: TestDatabase, server: DataSource, leases: PostgresLeaseStore;
const LONG = 60_000;

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 4 });
  leases = new PostgresLeaseStore(server);
});
afterEach(async () => {
  await server.destroy();
  await db.drop();
});

const taken = async (holder: string, forMs = LONG): Promise<Fence> => (await leases.take('g', holder, forMs)).fence!;
/** The lease has run out by the database's clock. */
const runsOut = () => db.dataSource.query(`UPDATE lease SET expires = clock_timestamp() - interval '1 ms'`);
const expires = async (): Promise<number> => Number((await db.dataSource.query<{ ms: string }[]>('SELECT extract(epoch FROM expires - clock_timestamp()) * 1000 AS ms FROM lease'))[0]!.ms);
const leaf = (text: string) => ({ leaf: utf8(text), leafHash: leafHash(utf8(text)), blob: new Uint8Array(32) });

describe('a lease in the database', () => {
  it('[Q10] is taken when nobody holds the group, and by nobody else until it has run out or is let go; its number rises each time', async () => {
    expect(await taken('one')).toEqual({ group: 'g', holder: 'one', number: 1 });
    expect(await leases.take('g', 'two', LONG)).toEqual({ fence: null });
    expect(await leases.take('other', 'two', LONG)).toMatchObject({ fence: { number: 1 } });
    await runsOut();
    expect(await taken('two')).toMatchObject({ holder: 'two', number: 2 });
    await leases.release({ group: 'g', holder: 'one', number: 1 });
    expect(await leases.take('g', 'one', LONG)).toEqual({ fence: null });
    await leases.release({ group: 'g', holder: 'two', number: 2 });
    expect(await taken('one')).toMatchObject({ holder: 'one', number: 3 });
  });

  it('[Q10] is prolonged by its holder alone, also after it ran out when nobody took it', async () => {
    const one = await taken('one', 5);
    expect(await leases.renew([one], LONG)).toEqual([{ group: 'g', wantedBy: null }]);
    await runsOut();
    expect(await leases.renew([one], LONG)).toHaveLength(1);
    expect(await expires()).toBeGreaterThan(LONG / 2);
    await runsOut();
    const two = await taken('two');
    expect(await leases.renew([one, { ...two, number: 1 }, { ...two, holder: 'one' }], LONG)).toEqual([]);
    expect(await leases.renew([one, two], LONG)).toHaveLength(1);
  });

  it('[Q10] tells its holder who asked for it lately, and nobody who asked before it changed hands', async () => {
    const one = await taken('one');
    await leases.ask('g', 'one');
    expect(await leases.renew([one], LONG)).toEqual([{ group: 'g', wantedBy: null }]);
    await leases.ask('g', 'two');
    expect(await leases.renew([one], LONG)).toEqual([{ group: 'g', wantedBy: 'two' }]);
    await db.dataSource.query(`UPDATE lease SET wanted_at = clock_timestamp() - interval '3 s'`);
    expect(await leases.renew([one], LONG)).toEqual([{ group: 'g', wantedBy: null }]);
    await leases.ask('g', 'two');
    await leases.release(one);
    const two = await taken('two');
    expect(await leases.renew([two], LONG)).toEqual([{ group: 'g', wantedBy: null }]);
  });

  it('[Q10] whose end lies farther ahead than any may, because the database’s clock went back, is not waited for', async () => {
    await taken('one', 2_000);
    expect(await leases.take('g', 'two', 2_000)).toEqual({ fence: null });
    await db.dataSource.query(`UPDATE lease SET expires = expires + interval '1 hour'`);
    expect(await taken('two', 2_000)).toMatchObject({ number: 2 });
  });

  it('[Q10] of ten who try at once one has, whether it ran out or was never there', async () => {
    for (let round = 1; round <= 5; round++) {
      const taken = await Promise.all(Array.from({ length: 10 }, (_, i) => leases.take('g', `p${i}`, LONG)));
      expect(taken.flatMap(({ fence }) => (fence ? [fence.number] : []))).toEqual([round]);
      await runsOut();
    }
  });

  it.each([
    'UPDATE lease SET fence = 1', `UPDATE lease SET holder = 'x'`, `UPDATE lease SET holder = 'x', fence = 1`, `UPDATE lease SET group_id = 'x', fence = 9`,
    'DELETE FROM lease', 'TRUNCATE lease', 'ALTER TABLE lease DISABLE TRIGGER ALL', 'DROP TABLE lease',
  ])('[Q10] lets no server do this: %s', async (statement) => {
    await taken('one');
    await runsOut();
    await taken('two');
    expect(await server.query(statement).then(() => 'done', (error: { code: string }) => error.code)).toMatch(/^(42501|LG003)$/);
  });
});

describe('an append', () => {
  const record = (fence: Fence) => new PostgresRecordStore(server, TEST_MAC, fence.group, () => fence);
  const row = { id: 'd1', title: 't', template: 'x', stage: 's', openedAt: 1, lastEntry: 0, progress: 1, awaiting: 1 };

  it('[Q11] of who held the group before writes nothing at all, though the log has the size he expects', async () => {
    const one = record(await taken('one'));
    await one.openLog('wg', 'host/w/wg');
    await one.append('wg', 0, [leaf('a')], []);
    await runsOut();
    await one.append('wg', 1, [leaf('b')], []);
    const two = record(await taken('two'));
    await expect(one.append('wg', 2, [leaf('c')], [row])).rejects.toThrow(LeaseLost);
    await expect(one.append('wg', 2, [], [row])).rejects.toThrow(LeaseLost);
    expect(await two.openLog('wg', 'host/w/wg')).toEqual({ size: 2 });
    expect(await two.documents()).toEqual([]);
    await two.append('wg', 2, [leaf('d')], [row]);
    expect((await two.entriesBetween('wg', 0, 9)).map((entry) => Buffer.from(entry.leaf).toString())).toEqual(['a', 'b', 'd']);
  });

  it('[Q11] that is under way is waited for by who takes the group; one that comes after it is refused', async () => {
    const fence = await taken('one'), store = record(fence);
    await store.openLog('wg', 'host/w/wg');
    await runsOut();
    let taking!: Promise<Fence>;
    await db.dataSource.transaction(async (held) => {
      // The append has its lease, and waits for the head of the log.
      await held.query(`SELECT size FROM log_head FOR UPDATE`);
      const appending = store.append('wg', 0, [leaf('a')], []);
      await expect.poll(async () => (await db.dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM pg_locks WHERE NOT granted`))[0]!.n).toBe('1');
      taking = taken('two');
      await expect.poll(async () => (await db.dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM pg_locks WHERE NOT granted`))[0]!.n).toBe('2');
      void appending;
    });
    expect(await taking).toMatchObject({ number: 2 });
    expect(await store.openLog('wg', 'host/w/wg')).toEqual({ size: 1 });
    await expect(store.append('wg', 1, [leaf('b')], [])).rejects.toThrow(LeaseLost);
  });

  it('[Q11] does not wait for a lease that is prolonged', async () => {
    const fence = await taken('one'), store = record(fence);
    await store.openLog('wg', 'host/w/wg');
    await db.dataSource.transaction(async (held) => {
      await held.query(`UPDATE lease SET expires = expires + interval '1 s'`);
      await store.append('wg', 0, [leaf('a')], []);
    });
  });
});
