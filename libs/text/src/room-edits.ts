import * as Y from 'yjs';
import { type Edit, splicesTogether } from './edit.ts';
import { slotKeys } from './kinds.ts';
import { type Provision, provisionsOf, type SlotKey, type Text } from './provision.ts';
import { rankBetween } from './rank.ts';
import { attributesOf } from './room-marks.ts';
import { ALL_SLOTS, type Fields, type RankedId, placesOf, ROOT, stands, toSlot } from './room-shape.ts';
import { EMPTY_SLOT, lengthOf, type Marks, type Slot, slice, SlotReader, type Splice, textOf } from './slot.ts';
import { partsPair } from './strings.ts';

function marksPerUnit(slot: Slot): (Marks | undefined)[] {
  return slot.flatMap((run) => new Array<Marks | undefined>(run.t.length).fill(run.m));
}

/** What really differs: how many units at the start and at the end are the same in words and marks. Never parts a surrogate pair. */
function equalEnds(a: Slot, b: Slot): { head: number; tail: number } {
  const [ta, tb] = [textOf(a), textOf(b)];
  if (ta === '' || tb === '') return { head: 0, tail: 0 };
  const [ma, mb] = [marksPerUnit(a), marksPerUnit(b)];
  const shorter = Math.min(ta.length, tb.length);
  let head = 0;
  while (head < shorter && ta[head] === tb[head] && ma[head] === mb[head]) head++;
  if (partsPair(ta, head) || partsPair(tb, head)) head--;
  let tail = 0;
  while (tail < shorter - head && ta.at(-1 - tail) === tb.at(-1 - tail) && ma.at(-1 - tail) === mb.at(-1 - tail)) tail++;
  if (partsPair(ta, ta.length - tail) || partsPair(tb, tb.length - tail)) tail--;
  return { head, tail };
}

/** Puts `insert` in the place of each `from..to`, writing only what differs; where only marks differ, the words stay the same items. */
function spliceText(y: Y.Text, places: readonly Splice[]): void {
  const whole = toSlot(y), words = textOf(whole), within = places.map(({ from, to, insert }) => ({ from: Math.min(from, words.length), to: Math.min(Math.max(from, to), words.length), insert }));
  // Places that part a character are widened, and may then touch others.
  if (places.length > 1 && (places[0]!.to > words.length || within.some(({ from, to }) => partsPair(words, from) || partsPair(words, to)))) return places.forEach((place) => spliceText(y, [place]));
  const reader = new SlotReader(whole), delta: Operation[] = [];
  let at = 0;
  for (const { from, to, insert } of within.reverse()) {
    const start = partsPair(words, from) ? from - 1 : from, end = partsPair(words, to) ? to + 1 : to;
    reader.upTo(start);
    const old = reader.upTo(end), { head, tail } = equalEnds(old, insert);
    const removed = slice(old, head, lengthOf(old) - tail), added = slice(insert, head, lengthOf(insert) - tail), length = lengthOf(removed);
    if (length === 0 && added.length === 0) continue;
    if (start + head > at) delta.push({ retain: start + head - at });
    at = start + head + length;
    if (textOf(removed) === textOf(added)) for (const { t, m } of added) delta.push({ retain: t.length, attributes: attributesOf(m) });
    else {
      if (length > 0) delta.push({ delete: length });
      for (const { t, m } of added) delta.push({ insert: t, attributes: attributesOf(m) });
    }
  }
  // All at once: each place by itself would be looked for from the beginning of the text.
  if (delta.length > 0) y.applyDelta(delta, { sanitize: false });
}

type Operation = { readonly retain: number; readonly attributes?: Record<string, unknown> } | { readonly delete: number } | { readonly insert: string; readonly attributes: Record<string, unknown> };

/** Where each provision stands in a room, in order; knows ranks, not words. To look one up and to place one costs no walk. */
class Order {
  private readonly places: RankedId[];
  private readonly ranks: Map<string, string>;

  constructor(doc: Y.Doc) {
    this.places = placesOf(doc);
    this.ranks = new Map(this.places.map(({ id, rank }) => [id, rank]));
  }

  /** True when `id` is in the list and stands right behind `after`; an unknown anchor means "first". */
  standsAfter(id: string, after: string | null): boolean {
    const at = this.indexOf(id);
    if (at < 0) return false;
    const anchor = after !== null && after !== id && this.ranks.has(after) ? after : null;
    return (this.places[at - 1]?.id ?? null) === anchor;
  }

  /** A new rank behind `after` for `id`. Ranks that tie with the anchor's cannot be parted: it comes behind all of them. */
  rankAfter(id: string | null, after: string | null, random: () => number): string {
    const at = after === null || after === id ? -1 : this.indexOf(after), before = this.places[at]?.rank ?? null;
    let next = at + 1;
    while (next < this.places.length && (this.places[next]!.id === id || (before !== null && this.places[next]!.rank <= before))) next += 1;
    return rankBetween(before, this.places[next]?.rank ?? null, random);
  }

  place(id: string, rank: string): void {
    this.drop(id);
    this.places.splice(this.from({ id, rank }), 0, { id, rank });
    this.ranks.set(id, rank);
  }

  drop(id: string): void {
    const at = this.indexOf(id);
    if (at >= 0) this.places.splice(at, 1);
    this.ranks.delete(id);
  }

  private indexOf(id: string): number {
    const rank = this.ranks.get(id);
    return rank === undefined ? -1 : this.from({ id, rank });
  }

  /** The index of the first that does not stand before `place`. */
  private from(place: RankedId): number {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const mid = (low + high) >> 1, there = this.places[mid]!;
      if (there.rank < place.rank || (there.rank === place.rank && there.id < place.id)) low = mid + 1;
      else high = mid;
    }
    return low;
  }
}

/** A rank for something new behind `after` (null or unknown: first). */
export const rankAfter = (doc: Y.Doc, after: string | null, random: () => number): string => new Order(doc).rankAfter(null, after, random);

const set = (map: Y.Map<unknown>, field: string, value: unknown): void => {
  if (map.get(field) !== value) map.set(field, value);
};

/** The Y.Text under `key`, made when it is missing. */
function textUnder(map: Y.Map<unknown>, key: SlotKey): Y.Text {
  const found = map.get(key);
  if (found instanceof Y.Text) return found;
  const made = new Y.Text();
  map.set(key, made);
  return made;
}

/** Makes `map` hold exactly these fields and words, with as few writes as that takes. */
function writeProvision(map: Y.Map<unknown>, provision: Provision, rank: string): void {
  const fields: Fields & { gone: boolean } = { rank, label: provision.label, kind: provision.kind, level: provision.level, gone: false };
  for (const [field, value] of Object.entries(fields)) set(map, field, value);
  const own = new Set(slotKeys(provision.kind));
  for (const key of ALL_SLOTS) {
    const words = provision.slots[key] ?? EMPTY_SLOT;
    if (!own.has(key) && words.length === 0 && !map.has(key)) continue;
    const y = textUnder(map, key);
    spliceText(y, [{ from: 0, to: y.length, insert: words }]);
  }
}

/** Writes edits one after the other into one document. Once the order is asked for it is kept in mind, so that each edit costs no sort; words need none. */
class Writer {
  private readonly root: Y.Map<unknown>;
  private known: Order | null = null;

  constructor(private readonly doc: Y.Doc, private readonly random: () => number) {
    this.root = doc.getMap(ROOT);
  }

  private get order(): Order {
    return (this.known ??= new Order(this.doc));
  }

  /** Gives how many of them it wrote: the next one, and what can be written together with it. */
  write(edits: readonly Edit[], next: number): number {
    const edit = edits[next]!;
    if (edit.do !== 'splice') {
      this.one(edit);
      return 1;
    }
    const together = splicesTogether(edits, next), map = this.root.get(edit.id);
    if (stands(map) && ALL_SLOTS.has(edit.key)) spliceText(textUnder(map, edit.key), together);
    return together.length;
  }

  private one(edit: Exclude<Edit, { do: 'splice' }>): void {
    if (edit.do === 'add') return this.add(edit.provision, edit.after);
    const map = this.root.get(edit.id);
    if (!stands(map)) return;
    if (edit.do === 'move') this.move(map, edit.id, edit.after);
    else if (edit.do === 'remove') this.remove(map, edit.id);
    else this.set(map, edit);
  }

  private add(provision: Provision, after: string | null): void {
    const found = this.root.get(provision.id);
    const map = found instanceof Y.Map ? (found as Y.Map<unknown>) : new Y.Map<unknown>();
    const stays = found === map && this.order.standsAfter(provision.id, after);
    const rank = stays ? (map.get('rank') as string) : this.order.rankAfter(provision.id, after, this.random);
    if (found !== map) this.root.set(provision.id, map);
    writeProvision(map, provision, rank);
    this.order.place(provision.id, rank);
  }

  private move(map: Y.Map<unknown>, id: string, after: string | null): void {
    if (this.order.standsAfter(id, after)) return;
    const rank = this.order.rankAfter(id, after, this.random);
    map.set('rank', rank);
    this.order.place(id, rank);
  }

  private remove(map: Y.Map<unknown>, id: string): void {
    map.set('gone', true);
    this.known?.drop(id);
  }

  private set(map: Y.Map<unknown>, edit: Extract<Edit, { do: 'set' }>): void {
    for (const field of ['label', 'kind', 'level'] as const) if (edit[field] !== undefined) set(map, field, edit[field]);
    for (const key of edit.kind === undefined ? [] : slotKeys(edit.kind)) textUnder(map, key);
  }
}

/**
 * Writes edits into a room in one transaction; each sees what the ones before it did, as in `applyEdits`. Unknown and gone ids are
 * passed over, except by `add`, which brings a provision back as exactly what it says. Words outside a splice keep their items, so
 * carets and a colleague's half-typed word stay where they are.
 */
export function writeEdits(doc: Y.Doc, edits: readonly Edit[], random: () => number, origin: unknown = null): void {
  if (edits.length === 0) return;
  doc.transact(() => {
    const writer = new Writer(doc, random);
    for (let next = 0; next < edits.length;) next += writer.write(edits, next);
  }, origin);
}

/** Writes a whole text into an empty room, in one transaction. Only the server does this: content made by clients would double. */
export function fillRoom(doc: Y.Doc, text: Text, random: () => number): void {
  const root = doc.getMap<unknown>(ROOT);
  if (root.size > 0) throw new RangeError('the room is not empty');
  doc.transact(() => {
    let rank: string | null = null;
    for (const provision of provisionsOf(text)) {
      rank = rankBetween(rank, null, random);
      const map = new Y.Map<unknown>();
      root.set(provision.id, map);
      writeProvision(map, provision, rank);
    }
  });
}
