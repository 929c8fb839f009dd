import { afterEach, beforeEach, expect, it } from 'vitest';
import { GROUP, testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { PostgresSnapshotStore } from './postgres-snapshot.store.ts';

let db: TestDatabase;
let store: PostgresSnapshotStore;

beforeEach(async () => {
  db = await testDatabase();
  store = new PostgresSnapshotStore(db.dataSource, GROUP);
});

afterEach(() => db.drop());

const state = (index: number, ...bytes: number[]) => ({ index, leafHash: new Uint8Array(32).fill(index), version: 1, bytes: Uint8Array.from(bytes) });

it('gives what was kept last of a subject in a log, and null where nothing was', async () => {
  expect(await store.read('wg', 'd')).toBeNull();
  await store.write('wg', 'd', state(5, 0, 255, 92));
  await store.write('wg', 'e', state(6));
  await store.write('other', 'd', state(7, 1));
  expect(await store.read('wg', 'd')).toEqual(state(5, 0, 255, 92));
  expect(await store.read('wg', 'e')).toEqual(state(6));
  await store.write('wg', 'd', state(9, 3));
  expect(await store.read('wg', 'd')).toEqual(state(9, 3));
  expect(await store.read('other', 'd')).toEqual(state(7, 1));
});

it('holds bytes of any value and many of them, and only of the part that was given', async () => {
  const memory = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7_919) & 255);
  await store.write('wg', 'd', { ...state(1), bytes: memory.subarray(100, 2_900_000) });
  const read = await store.read('wg', 'd');
  expect(Buffer.compare(read!.bytes, memory.subarray(100, 2_900_000))).toBe(0);
});

it('may be emptied at any time', async () => {
  await store.write('wg', 'd', state(1));
  await db.dataSource.query('DELETE FROM kept_state');
  expect(await store.read('wg', 'd')).toBeNull();
});
