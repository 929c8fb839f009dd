import type { Store } from '@parley/sync';
import type { IDBPObjectStore } from 'idb';
import { type Device, deviceOf, type Key, newKey } from './device.ts';

type Changes = IDBPObjectStore<Device, ['changes'], 'changes', 'readwrite'>;

/**
 * What this person has typed and the server has not acknowledged, on this device. Several tabs share the shelf; each instance takes away only
 * what it has loaded or kept itself.
 */
export class KeptChanges implements Store {
  private readonly mine = new Map<string, Set<Key>>();

  constructor(private readonly user: string) {}

  async rooms(doc: string): Promise<readonly string[]> {
    const rows = await (await deviceOf(this.user)).getAllFromIndex('changes', 'doc', doc);
    return [...new Set(rows.map((row) => row.room))];
  }

  async load(doc: string, room: string): Promise<readonly Uint8Array[]> {
    const index = (await deviceOf(this.user)).transaction('changes').store.index('place');
    const [keys, rows] = await Promise.all([index.getAllKeys([doc, room]), index.getAll([doc, room])]);
    for (const key of keys) this.own(doc, room).add(key);
    return rows.map((row) => row.update);
  }

  keep(doc: string, room: string, update: Uint8Array): Promise<void> {
    const key = newKey();
    this.own(doc, room).add(key);
    return this.write((changes) => [changes.add({ doc, room, update }, key)]);
  }

  replace(doc: string, room: string, updates: readonly Uint8Array[]): Promise<void> {
    const own = this.own(doc, room), before = [...own], keys = updates.map(newKey);
    own.clear();
    for (const key of keys) own.add(key);
    return this.write((changes) => [...before.map((key) => changes.delete(key)), ...updates.map((update, i) => changes.add({ doc, room, update }, keys[i]))]);
  }

  /** Asks for everything at once and commits without waiting for an answer: a page that is gone in the next instant has kept it. */
  private async write(ask: (changes: Changes) => Promise<unknown>[]): Promise<void> {
    const transaction = (await deviceOf(this.user)).transaction('changes', 'readwrite');
    const asked = ask(transaction.store);
    transaction.commit();
    await Promise.all([...asked, transaction.done]);
  }

  private own(doc: string, room: string): Set<Key> {
    const place = `${doc}/${room}`;
    const keys = this.mine.get(place) ?? new Set();
    this.mine.set(place, keys);
    return keys;
  }
}
