import * as Y from 'yjs';
import type { Provision, SlotKey, Text } from './provision.ts';
import { inOrder, readStanding, ROOT, type OrderedProvision, standingsOf } from './room-shape.ts';

export { fillRoom, rankAfter, writeEdits } from './room-edits.ts';
export { attributesOf, isAsRead } from './room-marks.ts';
export { ALL_SLOTS, mayUndo, ROOT, textAt, toSlot } from './room-shape.ts';

const asText = (ordered: readonly OrderedProvision[]): Text => ({
  list: ordered.map((s) => s.provision.id),
  by: new Map(ordered.map((s) => [s.provision.id, s.provision])),
});

/** The text of a room as a value, read from scratch. */
export const readText = (doc: Y.Doc): Text => asText(standingsOf(doc));

/** An independent document with the same structs. `gc: false` keeps deleted words as far as `doc` still has them. */
export function copyOf(doc: Y.Doc, gc = true): Y.Doc {
  const copy = new Y.Doc({ gc });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What one Yjs transaction changed in the text of a room. */
export interface RoomChange {
  /** Provisions whose words or fields changed, that appeared or that went. A move alone is not in it. */
  readonly touched: ReadonlySet<string>;
  readonly listChanged: boolean;
  /** Per touched provision that is there now, the slots whose value changed. */
  readonly slots: ReadonlyMap<string, ReadonlySet<SlotKey>>;
  readonly origin: unknown;
  readonly local: boolean;
}

/** Per provision the slots an event was about; `fields` also when something of it other than words changed. */
type Dirty = Map<string, Set<SlotKey> | 'all'>;

function collect(events: readonly Y.YEvent<Y.AbstractType<unknown>>[], root: unknown): Dirty {
  const dirty: Dirty = new Map();
  const slotsOf = (id: string): Set<SlotKey> => {
    const found = dirty.get(id) ?? new Set<SlotKey>();
    dirty.set(id, found);
    return found === 'all' ? new Set() : found;
  };
  for (const event of events) {
    const [id, key] = event.path as string[];
    if (event.target === root) for (const changed of event.changes.keys.keys()) dirty.set(changed, 'all');
    else if (key !== undefined) slotsOf(id!).add(key);
    else for (const changed of event.changes.keys.keys()) slotsOf(id!).add(changed);
  }
  return dirty;
}

/**
 * The text of a room, kept as the room changes. What a transaction does not touch keeps its object identity, down to the slot.
 * At most one change is told per transaction, none when nothing visible changed; listeners must not write into the room.
 */
export class RoomView {
  private readonly root: Y.Map<unknown>;
  private readonly standings = new Map<string, OrderedProvision>();
  private readonly listeners = new Set<(change: RoomChange) => void>();
  private value: Text;

  constructor(doc: Y.Doc) {
    this.root = doc.getMap(ROOT);
    const ordered = standingsOf(doc);
    for (const standing of ordered) this.standings.set(standing.provision.id, standing);
    this.value = asText(ordered);
    this.root.observeDeep(this.observe);
  }

  get text(): Text {
    return this.value;
  }

  /** Calls `listener` after each change; the returned function ends that. */
  onChange(listener: (change: RoomChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  destroy(): void {
    this.root.unobserveDeep(this.observe);
    this.listeners.clear();
  }

  private readonly observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void => {
    const touched = new Set<string>();
    const slots = new Map<string, Set<SlotKey>>();
    let reorder = false;
    for (const [id, keys] of collect(events, this.root)) {
      const before = this.standings.get(id);
      const now = readStanding(id, this.root.get(id), before?.provision, keys === 'all' ? undefined : keys);
      if (now) this.standings.set(id, now);
      else this.standings.delete(id);
      reorder ||= before?.rank !== now?.rank;
      if (before?.provision === now?.provision) continue;
      touched.add(id);
      if (now) slots.set(id, differing(before?.provision, now.provision));
    }
    if (touched.size === 0 && !reorder) return;
    const listChanged = this.refresh(touched, reorder);
    const change: RoomChange = { touched, listChanged, slots, origin: transaction.origin, local: transaction.local };
    for (const listener of [...this.listeners]) listener(change);
  };

  /** Builds the next value; true when the list is another one. */
  private refresh(touched: ReadonlySet<string>, reorder: boolean): boolean {
    const before = this.value;
    if (!reorder) {
      const by = new Map(before.by);
      for (const id of touched) by.set(id, this.standings.get(id)!.provision);
      this.value = { list: before.list, by };
      return false;
    }
    const now = asText(inOrder(this.standings.values()));
    const same = before.list.length === now.list.length && before.list.every((id, i) => id === now.list[i]);
    this.value = same ? { list: before.list, by: now.by } : now;
    return !same;
  }
}

const differing = (before: Provision | undefined, now: Provision): Set<SlotKey> =>
  new Set([...Object.keys(now.slots), ...Object.keys(before?.slots ?? {})].filter((key) => before?.slots[key] !== now.slots[key]));
