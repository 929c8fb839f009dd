import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { newId } from './salt.ts';

/** Words of this person's that did not reach the text, as this device keeps them. */
export interface KeptWords {
  readonly id: string;
  readonly doc: string;
  readonly room: string;
  readonly provision: string;
  /** What the provision was called when they came back; the person may not see it any more. */
  readonly name: string;
  readonly slot: string;
  readonly words: string;
  readonly why: string;
  /** They are kept as changes too and go out, or come back, when the document is joined the next time. */
  readonly waiting: boolean;
}

export type Key = string | number;

export interface Device extends DBSchema {
  changes: { key: Key; value: { doc: string; room: string; update: Uint8Array }; indexes: { place: [string, string]; doc: string } };
  undelivered: { key: string; value: KeptWords; indexes: { doc: string } };
}

const opened = new Map<string, Promise<IDBPDatabase<Device>>>();

/** One database for each person: what one seat typed is never read by another. Rejects where the browser has none to give; asked again, it tries again. */
export function deviceOf(user: string): Promise<IDBPDatabase<Device>> {
  const found = opened.get(user);
  if (found) return found;
  const forget = (): void => void opened.delete(user);
  const database = openDB<Device>(`parley-${user}`, 2, {
    upgrade: (db, from) => {
      if (from < 1) {
        const changes = db.createObjectStore('changes', { autoIncrement: true });
        changes.createIndex('place', ['doc', 'room']);
        changes.createIndex('doc', 'doc');
      }
      db.createObjectStore('undelivered', { keyPath: 'id' }).createIndex('doc', 'doc');
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
