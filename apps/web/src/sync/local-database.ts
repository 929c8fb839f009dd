import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { newId } from '../ui/chance.ts';

/** Words of this person's that did not reach the text, as this device keeps them. */
export interface KeptWords {
  readonly id: string;
  /** As the device names it: `nameOnDevice`. */
  readonly doc: string;
  readonly room: string;
  readonly provision: string;
  /** What the provision was called when they came back; the person may not see it any more. */
  readonly name: string;
  readonly slot: string;
  readonly words: string;
  readonly why: string;
  /** Who closed the document before they had arrived, and when; in that place of `why`. */
  readonly closed?: { readonly user: string; readonly at: number };
  /** They are kept as changes too and go out, or come back, when the document is joined the next time. */
  readonly waiting: boolean;
}

export type Key = string | number;

export interface LocalDatabase extends DBSchema {
  /** By room and epoch; the epoch is empty for what an earlier Parley kept, which knew of none. */
  changes: { key: Key; value: { doc: string; room: string; epoch: string; update: Uint8Array }; indexes: { place: [string, string, string]; doc: string } };
  undelivered: { key: string; value: KeptWords; indexes: { doc: string } };
}

const opened = new Map<string, Promise<IDBPDatabase<LocalDatabase>>>();

/** One database for each person: what one seat typed is never read by another. Rejects where the browser has none to give; asked again, it tries again. */
export function localDatabaseOf(user: string): Promise<IDBPDatabase<LocalDatabase>> {
  const found = opened.get(user);
  if (found) return found;
  const forget = (): void => void opened.delete(user);
  const database = openDB<LocalDatabase>(`parley-${user}`, 3, {
    upgrade: async (db, from, _to, transaction) => {
      if (from < 1) db.createObjectStore('changes', { autoIncrement: true }).createIndex('doc', 'doc');
      if (from < 2) db.createObjectStore('undelivered', { keyPath: 'id' }).createIndex('doc', 'doc');
      const changes = transaction.objectStore('changes');
      if (from >= 1) changes.deleteIndex('place');
      changes.createIndex('place', ['doc', 'room', 'epoch']);
      for (let row = await changes.openCursor(); row; row = await row.continue()) await row.update({ ...row.value, epoch: '' });
    },
    // A page of a newer Parley waits for this one to let go.
    blocking: (_from, _to, event) => { forget(); (event.target as IDBDatabase).close(); },
    terminated: forget,
  });
  opened.set(user, database);
  database.catch(forget);
  return database;
}

const TAB = newId();
let made = 0;

/** In order of time, and no other tab's; known before the database has answered. */
export const newKey = (): string => `${String(Date.now()).padStart(15, '0')}-${String(made++).padStart(9, '0')}-${TAB}`;
