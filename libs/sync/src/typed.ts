import type { SlotKey } from '@parley/text';
import { ALL_SLOTS, ROOT, textAt } from '@parley/text';
import * as Y from 'yjs';

/** A stretch of words that somebody typed and the server does not have. `provision` and `key` are empty when nobody can say any more where it belonged. */
export interface Words { readonly provision: string; readonly key: SlotKey; readonly words: string }

type Ranges = Map<number, { from: number; to: number }[]>;

function rangesOf(updates: readonly Uint8Array[]): Ranges {
  const ranges: Ranges = new Map();
  for (const struct of updates.flatMap((update) => Y.decodeUpdate(update).structs)) {
    if (struct instanceof Y.Skip) continue;
    const own = ranges.get(struct.id.client) ?? [];
    own.push({ from: struct.id.clock, to: struct.id.clock + struct.length });
    ranges.set(struct.id.client, own);
  }
  return ranges;
}

/** The part of an item's string that lies in the ranges, from the first unit that does to the last. */
function cut(item: Y.Item, text: string, ranges: Ranges): { words: string; head: boolean; tail: boolean } {
  const { client, clock } = item.id;
  const inside = (ranges.get(client) ?? []).filter((r) => r.from < clock + text.length && r.to > clock);
  if (inside.length === 0) return { words: '', head: false, tail: false };
  const from = Math.max(0, Math.min(...inside.map((r) => r.from)) - clock);
  const to = Math.min(text.length, Math.max(...inside.map((r) => r.to)) - clock);
  return { words: text.slice(from, to), head: from === 0, tail: to === text.length };
}

function stretches(y: Y.Text, ranges: Ranges): string[] {
  const out: string[] = [];
  let open = false;
  for (let item: Y.Item | null = y._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { words, head, tail } = cut(item, item.content.str, ranges);
    if (words) {
      if (open && head) out.push(out.pop() + words);
      else out.push(words);
    }
    open = words !== '' && tail;
  }
  return out;
}

/** Whether a document knows no more of a unit than that it was there, or not even that: it waits in vain for what it hangs on, or its text was replaced. */
function isForgotten(doc: Y.Doc, client: number, clock: number): boolean {
  if (clock >= Y.getState(doc.store, client)) return true;
  const structs = doc.store.clients.get(client) as (Y.Item | Y.GC)[];
  return structs[Y.findIndexSS(structs, clock)] instanceof Y.GC;
}

/** Words of updates that a document has no place for, but for those that the updates themselves delete again. */
function unplaced(doc: Y.Doc, updates: readonly Uint8Array[]): Words[] {
  const decoded = updates.map((update) => Y.decodeUpdate(update));
  const struck = (client: number, clock: number): boolean => decoded.some(({ ds }) => (ds.clients.get(client) ?? []).some((range) => range.clock <= clock && clock < range.clock + range.len));
  const words = decoded.flatMap(({ structs }) => structs).flatMap((struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [];
    const { client, clock } = struct.id;
    // By UTF-16 unit, as clocks count.
    return struct.content.str.split('').filter((_unit, at) => isForgotten(doc, client, clock + at) && !struck(client, clock + at));
  }).join('');
  return words ? [{ provision: '', key: '', words }] : [];
}

/** The words of kept updates, where nothing is known of the room they were meant for. */
export const wordsIn = (updates: readonly Uint8Array[]): string => unplaced(new Y.Doc(), updates).map(({ words }) => words).join('');

/**
 * The words in `doc` that came by these updates and still stand there, stretch by stretch, also in provisions that were removed meanwhile; and those that could
 * not be placed at all. This is what goes back to its author when the server will not have the updates.
 */
export function typedBy(updates: readonly Uint8Array[], doc: Y.Doc): Words[] {
  const ranges = rangesOf(updates);
  const found: Words[] = [];
  for (const provision of doc.getMap(ROOT).keys()) {
    for (const key of ALL_SLOTS) {
      const y = textAt(doc, provision, key);
      for (const words of y ? stretches(y, ranges) : []) found.push({ provision, key, words });
    }
  }
  return [...found, ...unplaced(doc, updates)];
}
