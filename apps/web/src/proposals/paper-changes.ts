import { allWords, compareSlots, type Provision, slotKeys, slotOf, type Text } from '@parley/text';
import { placeName } from './describe.ts';
import { readsThen } from './field.ts';
import type { Reads } from './preview.ts';

/** What has changed from one text to a later one, each touched field as it now reads, with what came in marked. */
export function changesBetween(before: Text, now: Text): Reads[] {
  const changed = now.list.flatMap((id): Reads[] => {
    const was = before.by.get(id), is = now.by.get(id)!;
    if (!was) return [{ name: `${placeName(now, id)}, added`, stretches: [{ words: allWords(is) || 'no words yet', inserted: true }] }];
    const words = was === is ? [] : slotKeys(is.kind).flatMap((key): Reads[] => {
      const from = slotOf(was, key), hunks = compareSlots(from, slotOf(is, key));
      return hunks.length > 0 ? [{ name: placeName(now, id, key), stretches: readsThen(from, hunks, true) }] : [];
    });
    return [...words, ...besides(before, now, was, is)];
  });
  const removed = before.list.filter((id) => !now.by.has(id)).map((id): Reads => ({ name: `${placeName(before, id)}, removed`, stretches: [{ words: allWords(before.by.get(id)!), removed: true, inserted: false }] }));
  return [...changed, ...removed];
}

/** A label, a kind, a level or a place that is another one now. */
function besides(before: Text, now: Text, was: Provision, is: Provision): Reads[] {
  const said: string[] = [];
  if (was.label !== is.label) said.push(`called “${is.label || 'no label'}” instead of “${was.label || 'no label'}”`);
  if (was.kind !== is.kind) said.push('turned into another kind');
  if (was.level !== is.level) said.push(`level ${is.level + 1} instead of ${was.level + 1}`);
  const place = (text: Text, other: Text) => text.list.filter((id) => other.by.has(id)).indexOf(is.id);
  if (place(before, now) !== place(now, before)) said.push('at another place');
  return said.length > 0 ? [{ name: placeName(now, is.id), stretches: [{ words: said.join('; '), inserted: false }] }] : [];
}
