import * as Y from 'yjs';
import type { SlotKey } from './provision.ts';
import { attributesOf } from './room-marks.ts';
import { ALL_SLOTS, ROOT, toSlot } from './room-shape.ts';

/** A text is written anew when it consists of more than this many times the items that its words need, and of this many more. */
const WASTE = 2, SLACK = 8;

/** How many structs a room consists of. */
export function structsIn(doc: Y.Doc): number {
  let size = 0;
  for (const structs of doc.store.clients.values()) size += structs.length;
  return size;
}

interface Scattered { readonly provision: Y.Map<unknown>; readonly key: SlotKey; readonly text: Y.Text }

function itemsIn(text: Y.Text): number {
  let size = 0;
  for (let item = text._start; item !== null; item = item.right) size += 1;
  return size;
}

/** The texts that consist of far more items than their words need, those of gone provisions too. */
function scattered(doc: Y.Doc): Scattered[] {
  const found: Scattered[] = [];
  for (const provision of doc.getMap(ROOT).values()) {
    if (!(provision instanceof Y.Map)) continue;
    for (const key of ALL_SLOTS) {
      const text: unknown = provision.get(key);
      if (!(text instanceof Y.Text)) continue;
      const needed = toSlot(text).reduce((n, run) => n + (run.m ? 3 : 1), 0);
      if (itemsIn(text) > WASTE * needed + SLACK) found.push({ provision: provision as Y.Map<unknown>, key, text });
    }
  }
  return found;
}

/**
 * Writes texts anew that consist mostly of what was deleted (D24): each is replaced by one with the same words and marks, in one transaction. What was in the old ones
 * is then nothing but ranges of clocks, which Yjs keeps as few structs. Nobody reads anything else afterwards. Gives how many texts were replaced. Only the server does this.
 */
export function compactRoom(doc: Y.Doc, origin: unknown = null): number {
  const texts = scattered(doc);
  if (texts.length === 0) return 0;
  doc.transact(() => {
    for (const { provision, key, text } of texts) {
      const words = toSlot(text), made = new Y.Text();
      provision.set(key, made);
      for (const run of words) made.insert(made.length, run.t, attributesOf(run.m));
    }
  }, origin);
  return texts.length;
}
