import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import type { Membership } from '../record/membership.store.ts';
import { migrate, openDatabase } from './database.ts';
import { PostgresLeaseStore } from './postgres-lease.store.ts';
import { PostgresMembershipStore } from './postgres-membership.store.ts';

let db: TestDatabase, server: DataSource, memberships: PostgresMembershipStore;

beforeEach(async () => {
  db = await testDatabase();
  await migrate(db.dataSource, { name: 'parley_server', password: null });
  server = await openDatabase({ connection: { ...db.connection, user: 'parley_server' } }, { poolSize: 4 });
  memberships = new PostgresMembershipStore(server);
});
afterEach(async () => {
  await server.destroy();
  await db.drop();
});

const held = async (group: string, holder: string) => (await new PostgresLeaseStore(server).take(group, holder, 60_000)).fence!;
const place = (user: string, more: Partial<Membership> = {}) => ({ user, name: 'Dialogue', role: 'negotiator' as const, delegation: 'a', state: 'seated' as const, ...more });

it('[Q24] [Z30] somebody’s groups are found by account; of another group, and of one that is none, the answer is the same', async () => {
  const g = await held('g', 'one'), h = await held('h', 'one');
  expect(await memberships.any()).toBe(false);
  await memberships.put('g', [place('ada'), place('bo', { state: 'asleep' })], g);
  await memberships.put('h', [place('ada', { name: 'Accord', role: 'moderator', delegation: null, state: 'proposed' })], h);
  expect((await memberships.of('ada')).map(({ group, name, role, state }) => [group, name, role, state])).toEqual([['h', 'Accord', 'moderator', 'proposed'], ['g', 'Dialogue', 'negotiator', 'seated']]);
  expect([await memberships.at('bo', 'g'), await memberships.at('bo', 'h'), await memberships.at('bo', 'none')]).toMatchObject([{ state: 'asleep' }, null, null]);
  await memberships.put('g', [place('bo')], g);
  expect((await memberships.all()).map(({ user, group, state }) => [user, group, state])).toEqual([['ada', 'h', 'proposed'], ['bo', 'g', 'seated']]);
});

it('[Q24] [Q10] a former holder writes none, and removes none', async () => {
  const one = await held('g', 'one');
  await memberships.put('g', [place('ada'), place('bo')], one);
  await db.dataSource.query(`UPDATE lease SET expires = clock_timestamp() - interval '1 ms'`);
  const two = await held('g', 'two');
  await memberships.put('g', [place('ada')], two);
  for (const places of [[place('ada'), place('bo')], [place('mallory')], []]) await memberships.put('g', places, one);
  await memberships.put('g', [place('mallory')], { ...two, group: 'g', number: two.number + 1 });
  expect((await memberships.all()).map(({ user }) => user)).toEqual(['ada']);
});
