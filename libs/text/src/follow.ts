import { applyEdit, type Edit } from './edit.ts';
import { followList, markedItems, type MarkedItem } from './follow-list.ts';
import { followSlot } from './follow-slot.ts';
import { slotKeys, slotOf } from './kinds.ts';
import type { Provision, SlotKey, Text } from './provision.ts';
import { equalSlots, type Slot } from './slot.ts';

export { type MarkedItem } from './follow-list.ts';

/** What is marked in a draft until somebody has looked at it: both have changed it, otherwise, and the draft has kept its own. */
export type Marked = MarkedItem
  /** Words: `from..to` of the resulting draft, a point where it has none; `now`: what the position reads there. */
  | { readonly type: 'words'; readonly id: string; readonly key: SlotKey; readonly from: number; readonly to: number; readonly now: Slot };

/** A draft that has followed its position. */
export interface Followed {
  readonly text: Text;
  /** Bring the draft to `text`: the list first, then the words, in each slot one splice for each place, from the end. */
  readonly edits: readonly Edit[];
  readonly marked: readonly Marked[];
}

/**
 * How a private draft follows the own position (F1 to F13). `base`: the position as the draft has last followed it; `position`: as it is now; `draft`: the draft as it is
 * now. Afterwards the draft's base is `position`, whatever came of it: from another base it would take back what came since. Refuses nothing; where base and position are
 * alike the draft comes back as it is, without edits. Reads the words of those provisions alone that the position has changed.
 */
export function follow(base: Text, position: Text, draft: Text): Followed {
  const list = followList(base, position, draft), edits: Edit[] = [...list.edits], words: Marked[] = [], gone: Marked[] = [];
  let text = list.text;
  for (const id of base.list) {
    const before = base.by.get(id)!, now = position.by.get(id), own = text.by.get(id);
    if (!now || before === now) continue;
    const changed = changedSlots(before, now);
    if (!own) { if (changed.length > 0) gone.push({ type: 'provision', id }); continue; }
    for (const key of changed) {
      const followed = followSlot(slotOf(before, key), slotOf(now, key), slotOf(own, key));
      const splices = followed.splices.map((s): Edit => ({ do: 'splice', id, key, ...s }));
      for (const s of splices) { edits.push(s); text = applyEdit(text, s); }
      words.push(...followed.marked.map((m): Marked => ({ type: 'words', id, key, ...m })));
    }
  }
  const items = markedItems(list.kept, position, text);
  return { text, edits, marked: [...items, ...gone.filter(({ id }) => !items.some((m) => m.type === 'provision' && m.id === id)), ...words] };
}

/** The slots of either kind in which the words differ. */
const changedSlots = (before: Provision, now: Provision): SlotKey[] =>
  [...new Set([...slotKeys(before.kind), ...slotKeys(now.kind)])].filter((key) => !equalSlots(slotOf(before, key), slotOf(now, key)));
