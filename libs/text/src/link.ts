import type { Hunk } from './compare.ts';
import { slotKeys } from './kinds.ts';
import { compareProvisions, compareTexts, type Item } from './list.ts';
import { type SlotKey, type Text } from './provision.ts';

/** One hunk or one item of what a position proposes. */
export type LinkPart =
  | { readonly on: 'words'; readonly provision: string; readonly key: SlotKey; readonly hunk: Hunk }
  | { readonly on: 'item'; readonly item: Item };

/** A stretch of one slot that is drawn as one replacement: from the first to the last of its hunks, with the kept words between them. */
export interface Rewritten extends Hunk { readonly provision: string; readonly key: SlotKey }

/** What only makes sense together: one proposal of one position. */
export interface Link {
  /** Never empty; words in the order of the common text, then items in the order of `compareLists`. */
  readonly parts: readonly LinkPart[];
  /** Stretches drawn as one alternative; each holds at least two hunks of `parts`. */
  readonly rewritten: readonly Rewritten[];
}

/**
 * All that `position` proposes, as proposals: every hunk and every item stands in exactly one link. For the screen: acts name parts, and nothing is judged by links.
 * Links in the order of their first part. Pure; the same values of provisions give the same links.
 */
export function linksOf(common: Text, position: Text): readonly Link[] {
  const { items } = compareTexts(common, position);
  return partsOf(common, position, items).map((part) => ({ parts: [part], rewritten: [] }));
}

function partsOf(common: Text, position: Text, items: readonly Item[]): LinkPart[] {
  const words = common.list.flatMap((id) => {
    const before = common.by.get(id)!, now = position.by.get(id);
    if (!now) return [];
    const hunks = compareProvisions(before, now);
    return slotKeys(before.kind).flatMap((key) => (hunks.get(key) ?? []).map((hunk): LinkPart => ({ on: 'words', provision: id, key, hunk })));
  });
  return [...words, ...items.map((item): LinkPart => ({ on: 'item', item }))];
}
