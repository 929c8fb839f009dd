import type { PendingKey, Store } from '@parley/sync';
import type { IDBPObjectStore } from 'idb';
import { type Key, type LocalDatabase, localDatabaseOf, newKey } from './local-database.ts';
import { keptOf, nameOnDevice } from './kept-of.ts';

type Changes = IDBPObjectStore<LocalDatabase, ['changes'], 'changes', 'readwrite'>;

/**
 * What this person has typed and the server has not acknowledged, on this device. Several tabs share the shelf; each instance takes away only
 * what it has loaded or kept itself.
 */
export class PendingUpdatesStore implements Store {
  private readonly mine = new Map<string, Set<Key>>();

  constructor(private readonly user: string, private readonly group: string) {}

  async rooms(doc: string): Promise<readonly PendingKey[]> {
    const name = await keptOf(this.user, this.group, doc), rows = await (await localDatabaseOf(this.user)).getAllFromIndex('changes', 'doc', name);
    return [...new Map(rows.map(({ room, epoch }) => [`${epoch}/${room}`, { room, epoch }])).values()];
  }

  async load(doc: string, place: PendingKey): Promise<readonly Uint8Array[]> {
    const index = (await localDatabaseOf(this.user)).transaction('changes').store.index('place'), query: [string, string, string] = [this.named(doc), place.room, place.epoch];
    const [keys, rows] = await Promise.all([index.getAllKeys(query), index.getAll(query)]);
    for (const key of keys) this.own(doc, place).add(key);
    return rows.map((row) => row.update);
  }

  keep(doc: string, place: PendingKey, update: Uint8Array): Promise<void> {
    const key = newKey(), { room, epoch } = place;
    this.own(doc, place).add(key);
    return this.write((changes) => [changes.add({ doc: this.named(doc), room, epoch, update }, key)]);
  }

  replace(doc: string, place: PendingKey, updates: readonly Uint8Array[]): Promise<void> {
    const own = this.own(doc, place), before = [...own], keys = updates.map(newKey), { room, epoch } = place;
    own.clear();
    for (const key of keys) own.add(key);
    return this.write((changes) => [...before.map((key) => changes.delete(key)), ...updates.map((update, i) => changes.add({ doc: this.named(doc), room, epoch, update }, keys[i]))]);
  }

  /** Asks for everything at once and commits without waiting for an answer: a page that is gone in the next instant has kept it. */
  private async write(ask: (changes: Changes) => Promise<unknown>[]): Promise<void> {
    const transaction = (await localDatabaseOf(this.user)).transaction('changes', 'readwrite');
    const asked = ask(transaction.store);
    transaction.commit();
    await Promise.all([...asked, transaction.done]);
  }

  private named(doc: string): string {
    return nameOnDevice(this.group, doc);
  }

  private own(doc: string, { room, epoch }: PendingKey): Set<Key> {
    const name = `${doc}/${epoch}/${room}`;
    const keys = this.mine.get(name) ?? new Set();
    this.mine.set(name, keys);
    return keys;
  }
}
