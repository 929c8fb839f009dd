import type { PendingKey, Store } from './wire.ts';

interface Row extends PendingKey { readonly doc: string; readonly update: Uint8Array }

/** Where several sessions of one user keep their changes, by document, epoch and room. */
export type MemoryRows = Map<string, Row[]>;

/** One session's store over rows that live as long as this process; give two sessions the same rows to stand for two tabs or a reload. */
export function memoryStore(rows: MemoryRows = new Map()): Store {
  const seen = new Set<Row>();
  const at = (doc: string, { room, epoch }: PendingKey): string => `${doc}/${epoch}/${room}`;
  const put = (doc: string, { room, epoch }: PendingKey, update: Uint8Array): void => {
    const row = { doc, room, epoch, update }, name = at(doc, row);
    seen.add(row);
    rows.set(name, [...(rows.get(name) ?? []), row]);
  };
  return {
    rooms: async (doc) => [...rows.values()].flatMap(([row]) => (row?.doc === doc ? [{ room: row.room, epoch: row.epoch }] : [])),
    load: async (doc, place) => (rows.get(at(doc, place)) ?? []).map((row) => {
      seen.add(row);
      return row.update;
    }),
    keep: async (doc, place, update) => put(doc, place, update),
    replace: async (doc, place, updates) => {
      const name = at(doc, place);
      rows.set(name, (rows.get(name) ?? []).filter((row) => !seen.has(row)));
      for (const update of updates) put(doc, place, update);
    },
  };
}
