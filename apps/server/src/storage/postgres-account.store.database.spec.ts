import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { type NewAccount, UserNameTaken } from '../access/account.store.ts';
import { PostgresAccountStore } from './postgres-account.store.ts';

let db: TestDatabase;
let accounts: PostgresAccountStore;

beforeEach(async () => {
  db = await testDatabase();
  accounts = new PostgresAccountStore(db.dataSource);
});

afterEach(() => db.drop());

const anna: NewAccount = { id: 'u_1', userName: 'Anna', displayName: 'Anna Nord', passwordHash: null, recoveryHash: null, administrator: true };
const bo: NewAccount = { id: 'u_2', userName: 'bo', displayName: 'Bo Süd', passwordHash: 'hash', recoveryHash: null, administrator: false };

it('has nobody at first, and everybody in the order they came', async () => {
  expect(await accounts.all()).toEqual([]);
  expect(await accounts.count()).toBe(0);
  await accounts.insert(anna);
  await accounts.insert(bo);
  expect((await accounts.all()).map(({ id }) => id)).toEqual(['u_1', 'u_2']);
  expect(await accounts.count()).toBe(2);
});

it('gives back what was put in', async () => {
  const inserted = await accounts.insert(bo);
  expect(inserted).toEqual({ ...bo, nextRecoveryHash: null, createdAt: expect.any(Number), disabledAt: null });
  expect(await accounts.byId('u_2')).toEqual(inserted);
  expect(await accounts.byId('u_9')).toBeNull();
});

it('knows a user name in any case, and lets nobody else take it', async () => {
  await accounts.insert(anna);
  expect((await accounts.byUserName('aNNa'))?.id).toBe('u_1');
  expect(await accounts.byUserName('ann')).toBeNull();
  await expect(accounts.insert({ ...bo, userName: 'ANNA' })).rejects.toThrow(UserNameTaken);
});

it('does not take an id for a user name', async () => {
  await accounts.insert(anna);
  await expect(accounts.insert({ ...bo, id: 'u_1' })).rejects.not.toThrow(UserNameTaken);
});

it('sets and clears a password', async () => {
  await accounts.insert(anna);
  expect(await accounts.setPassword('u_1', 'secret')).toBe(true);
  expect((await accounts.byId('u_1'))?.passwordHash).toBe('secret');
  await accounts.setPassword('u_1', null);
  expect((await accounts.byId('u_1'))?.passwordHash).toBeNull();
  expect(await accounts.setPassword('u_9', 'secret')).toBe(false);
});

it('disables once', async () => {
  await accounts.insert(anna);
  expect(await accounts.disable('u_1')).toBe(true);
  const first = (await accounts.byId('u_1'))?.disabledAt;
  expect(first).toEqual(expect.any(Number));
  await accounts.disable('u_1');
  expect((await accounts.byId('u_1'))?.disabledAt).toBe(first);
  expect(await accounts.disable('u_9')).toBe(false);
});
