import * as Y from 'yjs';
import { AUTHENTIC_LANGUAGE, KINDS, SLOTS, slotKeys } from './kinds.ts';
import { type Kind, type Provision, type SlotKey } from './provision.ts';
import { byCodeUnit } from './rank.ts';
import { marksFrom } from './room-marks.ts';
import { EMPTY_SLOT, equalSlots, type Marks, normal, type Run, type Slot } from './slot.ts';

/**
 * A room in Yjs: one root map, provision id -> Y.Map of the fields below and of one Y.Text per slot.
 * Rules R1.. in SPEC-ROOM.md. Not a fragment of paragraphs: there a provision moved by two members exists twice.
 */
export const ROOT = 'provisions';

/** Every slot key any kind has. A provision that changed its kind keeps the texts of the old one. */
export const ALL_SLOTS: ReadonlySet<SlotKey> = new Set(Object.values(SLOTS).flat().map((name) => `${AUTHENTIC_LANGUAGE}:${name}`));

/**
 * The `deleteFilter` of every Y.UndoManager on a room: undo may take words away, never a provision, a field or the text of a slot, which
 * the validator would refuse. Fields go back all the same, by a newer value. Undo of an addition must write `remove` itself.
 */
export const mayUndo = (item: Y.Item): boolean => item.parentSub === null;

/** The words of a Y.Text with their marks, in normal form. Whatever is not text or a known mark is passed over. */
export function toSlot(y: Y.Text): Slot {
  const runs: Run[] = [];
  const attributes = new Map<string, unknown>();
  let m: Marks | undefined;
  for (let item: Y.Item | null = y._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      attributes.set(item.content.key, item.content.value);
      m = marksFrom(attributes);
    } else if (item.content instanceof Y.ContentString) runs.push(m ? { t: item.content.str, m } : { t: item.content.str });
  }
  return runs.length === 0 ? EMPTY_SLOT : normal(runs);
}

/** The Y.Text of a slot, whether the provision is gone or not. */
export function textAt(doc: Y.Doc, id: string, key: SlotKey): Y.Text | undefined {
  const provision: unknown = doc.getMap(ROOT).get(id);
  const y: unknown = provision instanceof Y.Map ? provision.get(key) : undefined;
  return y instanceof Y.Text ? y : undefined;
}

/** Where a provision stands in a room: by rank, ties by id. */
export interface RankedId { readonly id: string; readonly rank: string }

/** A provision as it stands in a room: the value and its place. */
export interface OrderedProvision extends RankedId { readonly provision: Provision }

const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind);
const isLevel = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

/** The slots of `kind` and what words other kinds left behind. A slot not in `changed` keeps the value it had `before`. */
function readSlots(map: Y.Map<unknown>, kind: Kind, before?: Provision, changed?: ReadonlySet<SlotKey>): Record<SlotKey, Slot> {
  const out: Record<SlotKey, Slot> = {};
  for (const key of slotKeys(kind)) out[key] = EMPTY_SLOT;
  for (const key of ALL_SLOTS) {
    const y = map.get(key);
    if (!(y instanceof Y.Text)) continue;
    const old = before?.slots[key];
    const value = old && changed && !changed.has(key) ? old : toSlot(y);
    if (value.length > 0 || key in out) out[key] = old && equalSlots(old, value) ? old : value;
  }
  return out;
}

/** `now`, or `before` itself when nothing differs: compare caches by identity. */
function sameOr(before: Provision | undefined, now: Provision): Provision {
  if (!before || before.kind !== now.kind || before.label !== now.label || before.level !== now.level) return now;
  const keys = Object.keys(now.slots);
  return keys.length === Object.keys(before.slots).length && keys.every((key) => before.slots[key] === now.slots[key]) ? before : now;
}

export type Fields = Pick<Provision, 'kind' | 'label' | 'level'> & { readonly rank: string };

/** The fields of a provision that stands; undefined when it is gone or malformed. */
function readFields(map: unknown): Fields | undefined {
  if (!(map instanceof Y.Map) || map.get('gone') === true) return undefined;
  const [rank, label, kind, level]: unknown[] = ['rank', 'label', 'kind', 'level'].map((field) => map.get(field) as unknown);
  return typeof rank === 'string' && typeof label === 'string' && isKind(kind) && isLevel(level) ? { rank, label, kind, level } : undefined;
}

/** The map of a provision that stands. */
export const stands = (map: unknown): map is Y.Map<unknown> => readFields(map) !== undefined;

/** What stands under `id`; undefined when it is gone or malformed. `changed` names the slots to read again, all when not given. */
export function readStanding(id: string, map: unknown, before?: Provision, changed?: ReadonlySet<SlotKey>): OrderedProvision | undefined {
  const fields = readFields(map);
  if (!fields) return undefined;
  const { rank, ...said } = fields;
  return { id, rank, provision: sameOr(before, { id, ...said, slots: readSlots(map as Y.Map<unknown>, said.kind, before, changed) }) };
}

export const inOrder = <P extends RankedId>(places: Iterable<P>): P[] => [...places].sort((a, b) => byCodeUnit(a.rank, b.rank) || byCodeUnit(a.id, b.id));

/** Where everything stands in a room, in order: `standingsOf` without the words. */
export function placesOf(doc: Y.Doc): RankedId[] {
  const found: RankedId[] = [];
  for (const [id, map] of doc.getMap(ROOT)) {
    const fields = readFields(map);
    if (fields) found.push({ id, rank: fields.rank });
  }
  return inOrder(found);
}

/** All that stands in a room, in order. Gone and malformed provisions are skipped; it never throws. */
export function standingsOf(doc: Y.Doc): OrderedProvision[] {
  const found: OrderedProvision[] = [];
  for (const [id, map] of doc.getMap(ROOT)) {
    const standing = readStanding(id, map);
    if (standing) found.push(standing);
  }
  return inOrder(found);
}
