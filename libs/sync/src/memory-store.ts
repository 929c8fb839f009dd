import type { Store } from './wire.ts';

/** A place several sessions of one user keep their changes in. */
export type Shelf = Map<string, { readonly update: Uint8Array }[]>;

/** One session's view of a shelf that lives as long as this process; give two sessions the same shelf to play two tabs or a reload. */
export function memoryStore(shelf: Shelf = new Map()): Store {
  const seen = new Set<object>();
  const at = (doc: string, room: string): string => `${doc}/${room}`;
  const put = (name: string, update: Uint8Array): void => {
    const row = { update };
    seen.add(row);
    shelf.set(name, [...(shelf.get(name) ?? []), row]);
  };
  return {
    rooms: async (doc) => [...shelf].filter(([name, rows]) => name.startsWith(at(doc, '')) && rows.length > 0).map(([name]) => name.slice(doc.length + 1)),
    load: async (doc, room) => (shelf.get(at(doc, room)) ?? []).map((row) => {
      seen.add(row);
      return row.update;
    }),
    keep: async (doc, room, update) => put(at(doc, room), update),
    replace: async (doc, room, updates) => {
      const name = at(doc, room);
      shelf.set(name, (shelf.get(name) ?? []).filter((row) => !seen.has(row)));
      for (const update of updates) put(name, update);
    },
  };
}
