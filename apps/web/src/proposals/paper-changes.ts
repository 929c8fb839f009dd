import { allWords, compareSlots, type Provision, slotKeys, slotOf, type Text } from '@parley/text';
import { message } from '../ui/messages.ts';
import { inRow, placeName } from './describe.ts';
import { readsThen } from './stretches.ts';
import type { Reads } from './preview.ts';

/** What has changed from one text to a later one, each touched field as it now reads, with what came in marked. */
export function changesBetween(before: Text, now: Text): Reads[] {
  const changed = now.list.flatMap((id): Reads[] => {
    const was = before.by.get(id), is = now.by.get(id)!;
    if (!was) return [{ name: message('proposals.paper.added', { place: placeName(now, id) }), stretches: [{ words: allWords(is) || message('proposals.noWords'), inserted: true }] }];
    const words = was === is ? [] : slotKeys(is.kind).flatMap((key): Reads[] => {
      const from = slotOf(was, key), hunks = compareSlots(from, slotOf(is, key));
      return hunks.length > 0 ? [{ name: placeName(now, id, key), stretches: readsThen(from, hunks, true) }] : [];
    });
    return [...words, ...besides(before, now, was, is)];
  });
  const removed = before.list.filter((id) => !now.by.has(id)).map((id): Reads => ({ name: message('proposals.paper.removed', { place: placeName(before, id) }), stretches: [{ words: allWords(before.by.get(id)!), removed: true, inserted: false }] }));
  return [...changed, ...removed];
}

/** A label, a kind, a level or a place that is another one now. */
function besides(before: Text, now: Text, was: Provision, is: Provision): Reads[] {
  const said: string[] = [];
  if (was.label !== is.label) said.push(message('proposals.paper.label', { now: is.label || message('proposals.noLabel'), before: was.label || message('proposals.noLabel') }));
  if (was.kind !== is.kind) said.push(message('proposals.paper.kind'));
  if (was.level !== is.level) said.push(message('proposals.paper.level', { now: is.level + 1, before: was.level + 1 }));
  const place = (text: Text, other: Text) => text.list.filter((id) => other.by.has(id)).indexOf(is.id);
  if (place(before, now) !== place(now, before)) said.push(message('proposals.paper.moved'));
  return said.length > 0 ? [{ name: placeName(now, is.id), stretches: [{ words: inRow(said), inserted: false }] }] : [];
}
