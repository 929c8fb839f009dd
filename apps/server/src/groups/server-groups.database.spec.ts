import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actsHere } from '../../../../test/support/acts-here.ts';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { SystemClock, SystemEntropy } from '../record/clock.ts';
import type { GroupRow } from '../record/group.store.ts';
import { migrate, openDatabase } from '../storage/database.ts';
import { PostgresGroupStore } from '../storage/postgres-group.store.ts';
import { PostgresLeaseStore } from '../storage/postgres-lease.store.ts';
import { PostgresMembershipStore } from '../storage/postgres-membership.store.ts';
import { GroupLeases } from '../commit/group-leases.ts';
import { SeatClock } from './seat-clock.ts';
import { ServerGroups } from './server-groups.ts';
import { isEstablished } from './working-groups.ts';

const TIMES = { lastsMs: 10_000, marginMs: 1, renewMs: 10_000, tenureMs: 0, waitMs: 1, askMs: 5_000 };
const DELEGATIONS = [{ id: 'a', code: 'A', name: 'Azure' }, { id: 'o', code: 'O', name: 'Ochre' }];

let db: TestDatabase, server: DataSource, memberships: PostgresMembershipStore, processes: ServerGroups[];

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 8 });
  memberships = new PostgresMembershipStore(server);
  processes = [];
});
afterEach(async () => {
  await Promise.all(processes.map((groups) => groups.onApplicationShutdown()));
  await server.destroy();
  await db.drop();
});

/** The groups of one process; the time by which its leases run is its own. */
async function started(holder: string, broken: (row: GroupRow) => boolean = () => false): Promise<ServerGroups> {
  let now = 0;
  const leases = new GroupLeases({ store: new PostgresLeaseStore(server), holder, now: () => now, pause: async (ms) => { now += ms; }, times: TIMES }, { onLease: () => undefined, onMissed: () => undefined });
  const store = new PostgresGroupStore(server, TEST_MAC, (group) => leases.fence(group)), storageOf = store.storageOf.bind(store);
  store.storageOf = (id) => {
    const storage = storageOf(id), { openLog } = storage.record;
    storage.record.openLog = (...asked) => (broken({ id, origin: asked[1] }) ? Promise.reject(new Error('cannot be read')) : openLog.apply(storage.record, asked));
    return storage;
  };
  const groups = new ServerGroups({ groups: store, memberships, clock: new SystemClock(), entropy: new SystemEntropy(), leases, host: 'test' }, { reading: actsHere() });
  processes.push(groups);
  await groups.onModuleInit();
  return groups;
}

const established = async (groups: ServerGroups, name: string) => {
  const group = await groups.make();
  expect(await group.rooms.performByAdministrator('ada', { t: 'establish', name, delegations: DELEGATIONS })).toMatchObject({ ok: true });
  return group;
};
const placesOf = async (user: string) => (await memberships.of(user)).map(({ name, state }) => [name, state]);
/** As after a process that has ended without letting anything go. */
const ended = () => db.dataSource.query(`UPDATE lease SET expires = clock_timestamp() - interval '1 ms'`);

it('[Q22] two processes that make the first group at one time have the same', async () => {
  const [one, two] = [await started('one'), await started('two')];
  const [first, again] = await Promise.all([one.first(), two.first()]);
  expect(first.id).toBe(again.id);
  expect((await one.first()).id).toBe(first.id);
});

it('[H64] a group that another process made is known here when it is looked for what is due, and taken when nobody has it', async () => {
  const [one, two] = [await started('one'), await started('two')];
  const { id } = await established(one, 'Dialogue');
  expect(two.here(id)).toBeUndefined();
  await ended();
  await new SeatClock(two).look();
  expect([two.here(id)!.rooms.serves, isEstablished(two.here(id)!)]).toEqual([true, true]);
  expect(await two.of(id)).toBe(two.here(id));
  expect(await two.of('none')).toBeNull();
});

it('[Q24] whoever takes a group notes who sits in it, where the process before had not come to that', async () => {
  const one = await started('one'), { id } = await established(one, 'Dialogue');
  expect(await placesOf('ada')).toEqual([['Dialogue', 'seated']]);
  await db.dataSource.query('DELETE FROM membership');
  await ended();
  const two = await started('two');
  expect(two.here(id)!.rooms.serves).toBe(true);
  expect(await placesOf('ada')).toEqual([['Dialogue', 'seated']]);
});

it('is told of a group that is taken, and of nothing that changed in it', async () => {
  const one = await started('one'), { id } = await established(one, 'Dialogue');
  await ended();
  const two = new Array<string>(), groups = await started('two');
  groups.events.on('taken', ({ id: taken }) => two.push(taken));
  groups.events.on('groupChanged', ({ id: moved }) => two.push(`moved ${moved}`));
  await established(groups, 'Accord');
  expect(two.filter((event) => event.includes(id))).toEqual([]);
  expect(two.filter((event) => !event.startsWith('moved'))).toEqual([groups.all().find((group) => group.id !== id)!.id]);
});

it('a group that could not be read is read when it is asked for again', async () => {
  const one = await started('one'), { id } = await established(one, 'Dialogue');
  await ended();
  let away = false;
  const two = await started('two', () => away);
  const other = await established(one, 'Accord').catch(() => null);
  expect(other).not.toBeNull();
  away = true;
  await ended();
  await expect(two.of(other!.id)).rejects.toThrow('cannot be read');
  away = false;
  expect((await two.of(other!.id))!.rooms.group().name).toBe('Accord');
  expect(two.here(id)).toBeDefined();
});
