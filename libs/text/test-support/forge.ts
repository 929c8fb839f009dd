import * as Y from 'yjs';
import { type ValidUpdate, validateUpdate } from '../src/update-validator.ts';
import { type Provision, textFrom } from '../src/provision.ts';
import { copyOf, fillRoom, ROOT, textAt } from '../src/room.ts';
import { plainSlot } from '../src/slot.ts';
import { seeded } from './seeded.ts';

/** For specs only: a small room, honest members of it, and updates written by hand as an attacker writes them. */

export const SERVER = 10, ME = 50, COLLEAGUE = 70;
export type Content = Y.Item['content'];
export type Forged = { clock?: number; client?: number; origin?: Y.ID | null; right?: Y.ID | null; parent?: Y.ID | string | null; sub?: string | null; content?: Content };

export const random = seeded(1);
export const paragraph = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot(words) } });

export function room(...more: Provision[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = SERVER;
  fillRoom(doc, textFrom([paragraph('a', 'The Parties 😀 shall consult.'), paragraph('b', 'Second.'), ...more]), random);
  return doc;
}
export const member = (server: Y.Doc, client = ME): Y.Doc => Object.assign(copyOf(server), { clientID: client });
export const text = (doc: Y.Doc, id = 'a') => textAt(doc, id, 'en:text')!;
export const unit = (doc: Y.Doc, at: number, id = 'a'): Y.ID => {
  let left = at;
  for (let item = text(doc, id)._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) return Y.createID(item.id.client, item.id.clock + left);
    left -= item.length;
  }
  throw new RangeError(`${at}`);
};
export const entry = (doc: Y.Doc, id = 'a'): Y.Item => doc.getMap(ROOT)._map.get(id)!;
export const valueOf = (doc: Y.Doc, field: string, id = 'a'): Y.Item => (doc.getMap(ROOT).get(id) as Y.Map<unknown>)._map.get(field)!;

/** Items as an attacker writes them: in a row of clocks, each with what the row says of it. */
export const items = (rows: readonly Forged[], start = 0): Y.Item[] => {
  let clock = start;
  return rows.map(({ client = ME, origin = null, right = null, parent = null, sub = null, content = new Y.ContentString('x'), ...row }) => {
    clock = row.clock ?? clock;
    const made = new Y.Item(Y.createID(client, clock), null, origin, null, right, parent as Y.ID, sub, content);
    clock += made.length;
    return made;
  });
};

/** An update as Yjs writes one, of structs and deletions in any state: those of one client stand together, in the order given. */
export function bytes(structs: readonly (Y.Item | Y.GC | Y.Skip)[], deletes: readonly (readonly [client: number, clock: number, len: number])[] = []): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const clientsOf = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => b - a);
  const writers = clientsOf(structs.map((struct) => struct.id.client));
  encoder.writeLen(writers.length);
  for (const client of writers) {
    const own = structs.filter((struct) => struct.id.client === client);
    encoder.writeLen(own.length);
    encoder.writeClient(client);
    encoder.writeLen(own[0]!.id.clock);
    for (const struct of own) (struct as Y.Item).write(encoder, 0);
  }
  const deleted = clientsOf(deletes.map(([client]) => client));
  encoder.writeLen(deleted.length);
  for (const client of deleted) {
    const own = deletes.filter((range) => range[0] === client);
    encoder.writeClient(client);
    encoder.writeLen(own.length);
    for (const [, clock, len] of own) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}
export const forged = (...rows: Forged[]): Uint8Array => bytes(items(rows));

export const mine: { mayWriteAs: (client: number) => boolean } = { mayWriteAs: (client) => client === ME };
export const anyone = { mayWriteAs: () => true };
/** Why the validator refuses, with `(resync)` where the client should join again; `passed` when it does not. Nothing may have changed. */
export function stop(server: Y.Doc, update: Uint8Array, who = mine): string {
  const before = Y.encodeStateAsUpdate(server);
  const verdict = validateUpdate(server, update, who);
  const after = Y.encodeStateAsUpdate(server);
  if (before.length !== after.length || before.some((byte, i) => byte !== after[i]) || [...server.share.keys()].join() !== ROOT) throw new Error('the room changed');
  return verdict.ok ? 'passed' : verdict.reason + (verdict.resync ? ' (resync)' : '');
}

/** Lets an update in that must pass. */
export function pass(server: Y.Doc, update: Uint8Array, who = mine): ValidUpdate {
  const verdict = validateUpdate(server, update, who);
  if (!verdict.ok) throw new Error(`${verdict.reason}: ${verdict.detail}`);
  Y.applyUpdate(server, verdict.update);
  if (server.store.pendingStructs ?? server.store.pendingDs) throw new Error('something is pending');
  return verdict;
}

/** What `doc` has that `server` has not. */
export const unsent = (doc: Y.Doc, server: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server));
export const updateOf = (doc: Y.Doc, change: () => void): Uint8Array => {
  const seen: Uint8Array[] = [];
  const listen = (update: Uint8Array) => seen.push(update);
  doc.on('update', listen);
  change();
  doc.off('update', listen);
  return Y.mergeUpdates(seen);
};
