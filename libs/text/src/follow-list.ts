import { applyEdit, applyEdits, type Edit } from './edit.ts';
import { sameProvision } from './kinds.ts';
import { compareLists, compareProvisions, type Field, type Item, keptInPlace } from './list.ts';
import type { Text } from './provision.ts';
import { acceptItem, itemInCommon } from './rebase-list.ts';

/** Something of a whole provision on which the position and the draft differ now, though both have changed it. */
export type MarkedItem =
  /** One has taken out, or brought back, what the other has kept or changed. The draft may lack it. */
  | { readonly type: 'provision'; readonly id: string }
  | { readonly type: 'place'; readonly id: string }
  | { readonly type: 'field'; readonly id: string; readonly field: Field };

/** The list of a draft that has followed: the draft with `edits` applied, and the items of the position that it did not take. */
export interface FollowedList { readonly text: Text; readonly edits: readonly Edit[]; readonly kept: readonly Item[] }

const POSITION = 'now', DRAFT = 'own';

/** How the list of a draft follows: the items of the position one at a time, compared anew after each, as for a third party. Where the draft has nothing against any of them: all in one pass, which takes a fraction of the time. */
export function followList(base: Text, position: Text, draft: Text): FollowedList {
  if (hasNothingAgainst(base, position, draft)) {
    const edits = broughtTo(base, position);
    return { text: applyEdits(draft, edits), edits, kept: [] };
  }
  const edits: Edit[] = [], kept: Item[] = [];
  let now = base, text = draft;
  for (let [item] = compareLists(now, position); item; [item] = compareLists(now, position)) {
    const made = acceptItem({ common: now, item, proposer: POSITION, position: { party: DRAFT, text }, accepting: false }).edits;
    if (made.length === 0) kept.push(item);
    edits.push(...made);
    text = applyEdits(text, made);
    now = applyEdit(now, itemInCommon(item));
  }
  return { text, edits, kept };
}

/** Whether a draft has the list of its base, and no words of its own in what the position takes out. */
const hasNothingAgainst = (base: Text, position: Text, draft: Text): boolean => base === draft || (compareLists(base, draft).length === 0
  && compareLists(base, position).every(({ type, id }) => type !== 'remove' || compareProvisions(base.by.get(id)!, draft.by.get(id)!).size === 0));

/** The edits that give a text the list of another: what moves or is new goes after what stands before it there, which has its place by then. */
function broughtTo(text: Text, to: Text): Edit[] {
  const kept = keptInPlace(text, to), items = compareLists(text, to);
  const placed = to.list.flatMap((id, i): Edit[] => {
    if (kept.has(id)) return [];
    const after = to.list[i - 1] ?? null;
    return [text.by.has(id) ? { do: 'move', id, after } : { do: 'add', provision: to.by.get(id)!, after }];
  });
  return [...placed, ...items.filter((item) => item.type === 'remove' || item.type === 'field').map(itemInCommon)];
}

/** What of `kept` is to be marked: where the position and the draft still differ after both have followed. */
export function markedItems(kept: readonly Item[], position: Text, draft: Text): MarkedItem[] {
  const moved = new Set(compareLists(position, draft).flatMap((i) => (i.type === 'move' ? [i.id] : [])));
  const out = new Map<string, MarkedItem>();
  for (const { id, ...item } of kept) {
    const theirs = position.by.get(id), own = draft.by.get(id);
    if (theirs && own && item.type === 'move') { if (moved.has(id)) out.set(`place ${id}`, { type: 'place', id }); }
    else if (theirs && own && item.type === 'field') { if (theirs[item.field] !== own[item.field]) out.set(`${item.field} ${id}`, { type: 'field', id, field: item.field }); }
    else if (item.type !== 'move' && (theirs && own ? !sameProvision(theirs, own) : theirs || own)) out.set(id, { type: 'provision', id });
  }
  return [...out.values()];
}
