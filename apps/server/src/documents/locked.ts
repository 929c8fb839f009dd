import { compareSlots, type Edit, EMPTY_SLOT, lengthOf, marksOf, normal, plainSlot, type Slot, type OrphanedWords, type Text } from '@parley/text';
import type { Returned } from '@parley/protocol';
import type { Typed } from './room.ts';

/** The edits that make locked provisions again exactly what they were before an update: words, fields, presence and place. */
export function restoring(before: Text, after: Text, ids: ReadonlySet<string>, moved: ReadonlySet<string>): Edit[] {
  const there = new Set(after.list);
  const edits: Edit[] = [];
  for (const id of after.list) if (ids.has(id) && !before.by.has(id)) edits.push({ do: 'remove', id });
  before.list.forEach((id, i) => {
    if (!ids.has(id)) return;
    const was = before.by.get(id)!;
    const inPlace = there.has(id) && !moved.has(id);
    const list = inPlace ? after.list.slice(0, after.list.indexOf(id)) : before.list.slice(0, i).filter((other) => there.has(other));
    const anchor = list.at(-1) ?? null;
    if (after.by.get(id) !== was) edits.push({ do: 'add', provision: was, after: anchor });
    else if (!inPlace) edits.push({ do: 'move', id, after: anchor });
    there.add(id);
  });
  return edits;
}

/** What an update wrote into locked provisions: it goes back to its author. */
export function wordsInto(before: Text, after: Text, ids: ReadonlySet<string>): Returned[] {
  return [...ids].flatMap((id) => {
    const now = after.by.get(id)?.slots ?? {};
    return Object.entries(now).flatMap(([key, slot]) =>
      compareSlots(before.by.get(id)?.slots[key] ?? EMPTY_SLOT, slot)
        .filter((hunk) => lengthOf(hunk.inserted) > 0)
        .map((hunk) => ({ provision: id, key, words: hunk.inserted })));
  });
}

/** What was typed into provisions that are gone. */
export const wordsLost = (lost: readonly Typed[]): Returned[] =>
  lost.map(({ provision, key, words }) => ({ provision, key, words: slotFrom(words) }));

/** What was typed into a text that a colleague's took the place of. */
export const wordsOrphaned = (orphaned: readonly OrphanedWords[]): Returned[] => orphaned.map(({ id, key, words }) => ({ provision: id, key, words: plainSlot(words) }));

const slotFrom = (words: Typed['words']): Slot => normal(words.map(({ insert, attributes }) => {
  const names = Object.entries(attributes ?? {}).flatMap(([name, value]) => (name === 'ref' && typeof value === 'string' ? [`ref:${value}`] : value === true ? [name] : []));
  const m = marksOf(names);
  const t = String(insert);
  return m ? { t, m } : { t };
}));
