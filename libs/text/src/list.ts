import { compareSlots, type Hunk } from './compare.ts';
import { increasing } from './increasing.ts';
import { slotKeys, slotOf } from './kinds.ts';
import type { Provision, SlotKey, Text } from './provision.ts';

export type Field = 'label' | 'kind' | 'level';

/** One proposal about the list of provisions. `after` is a provision that common text and position both have and keep in place; null: first. */
export type Item =
  | { readonly type: 'add'; readonly id: string; readonly after: string | null; readonly provision: Provision }
  /** `provision` is the common text's. */
  | { readonly type: 'remove'; readonly id: string; readonly provision: Provision }
  | { readonly type: 'move'; readonly id: string; readonly after: string | null }
  | { readonly type: 'field'; readonly id: string; readonly field: Field; readonly from: string | number; readonly to: string | number };

/** Changed words: provision id, slot key, hunks. Only where there are hunks, only for provisions that both have. */
export type SlotHunks = ReadonlyMap<string, ReadonlyMap<SlotKey, readonly Hunk[]>>;

const FIELDS: readonly Field[] = ['label', 'kind', 'level'];

/** The provisions that both have and that stay in place; the others that both have are moved. */
export function keptInPlace(common: Text, position: Text): ReadonlySet<string> {
  const at = new Map(common.list.map((id, i) => [id, i]));
  const both = position.list.filter((id) => at.has(id));
  return new Set(increasing(both.map((id) => at.get(id)!)).map((i) => both[i]!));
}

const sameOrder = (a: Text, b: Text): boolean => a.list === b.list || (a.list.length === b.list.length && a.list.every((id, i) => id === b.list[i]));

/** Moves and additions, in the position's order. Anchors are kept provisions, never another proposal: each can be accepted alone. */
function places(common: Text, position: Text): Item[] {
  const kept = keptInPlace(common, position), out: Item[] = [];
  let after: string | null = null;
  for (const id of position.list) {
    if (kept.has(id)) after = id;
    else if (common.by.has(id)) out.push({ type: 'move', id, after });
    else out.push({ type: 'add', id, after, provision: position.by.get(id)! });
  }
  return out;
}

/** Gone provisions, then changed fields. Runs over the whole text at every key press: no allocation where nothing differs. */
function gonesAndFields(common: Text, position: Text): Item[] {
  const gone: Item[] = [], fields: Item[] = [];
  for (const id of common.list) {
    const before = common.by.get(id)!, now = position.by.get(id);
    if (!now) gone.push({ type: 'remove', id, provision: before });
    else if (before !== now) for (const field of FIELDS) if (before[field] !== now[field]) fields.push({ type: 'field', id, field, from: before[field], to: now[field] });
  }
  return [...gone, ...fields];
}

interface KnownItems { readonly common: Text; readonly position: Text; readonly items: readonly Item[] }

const NO_ITEMS: readonly Item[] = [];
const itemsOf = new WeakMap<readonly string[], KnownItems>();

const sameFields = (a: Provision | undefined, b: Provision | undefined): boolean => a === b || (a !== undefined && b !== undefined && FIELDS.every((field) => a[field] === b[field]));

/** Whether two other texts with the same lists give the same items: only words differ, and only of provisions that both have. */
function givesSame(before: KnownItems, common: Text, position: Text): boolean {
  if (before.common.list !== common.list || before.position.list !== position.list) return false;
  const both = (id: string): boolean => common.by.has(id) && position.by.has(id);
  const same = (a: Text, b: Text): boolean => a === b || b.list.every((id) => a.by.get(id) === b.by.get(id) || (both(id) && sameFields(a.by.get(id), b.by.get(id))));
  return same(before.common, common) && same(before.position, position);
}

/**
 * The items of `position` against `common`: moves, additions, removals, fields. Changed words are not items: `compareSlots` has them. The same value as for the texts
 * before, where only words of provisions that both have changed since.
 */
export function compareLists(common: Text, position: Text): readonly Item[] {
  if (common === position) return NO_ITEMS;
  const before = itemsOf.get(position.list);
  const items = before && givesSame(before, common, position) ? before.items : itemsBetween(common, position);
  itemsOf.set(position.list, { common, position, items });
  return items;
}

function itemsBetween(common: Text, position: Text): readonly Item[] {
  const placed = sameOrder(common, position) ? [] : places(common, position);
  return [...placed.filter((i) => i.type === 'move'), ...placed.filter((i) => i.type === 'add'), ...gonesAndFields(common, position)];
}

const known = new WeakMap<Provision, WeakMap<Provision, ReadonlyMap<SlotKey, readonly Hunk[]>>>();
const NONE: ReadonlyMap<SlotKey, readonly Hunk[]> = new Map();

/** The hunks of one provision, by the slots of the common text's kind; kept as long as the two values are. */
export function compareProvisions(common: Provision, position: Provision): ReadonlyMap<SlotKey, readonly Hunk[]> {
  if (common === position) return NONE;
  let row = known.get(common);
  if (!row) known.set(common, row = new WeakMap());
  let found = row.get(position);
  if (!found) {
    const changed = slotKeys(common.kind).map((key) => [key, compareSlots(slotOf(common, key), slotOf(position, key))] as const)
      .filter(([, hunks]) => hunks.length > 0);
    row.set(position, found = changed.length > 0 ? new Map(changed) : NONE);
  }
  return found;
}

/** Everything a position proposes. Cheap where provision values are the ones of last time; so keep values of what did not change. */
export function compareTexts(common: Text, position: Text): { items: readonly Item[]; slots: SlotHunks } {
  const slots = new Map<string, ReadonlyMap<SlotKey, readonly Hunk[]>>();
  for (const id of common.list) {
    const now = position.by.get(id);
    if (!now) continue;
    const hunks = compareProvisions(common.by.get(id)!, now);
    if (hunks.size > 0) slots.set(id, hunks);
  }
  return { items: compareLists(common, position), slots };
}
