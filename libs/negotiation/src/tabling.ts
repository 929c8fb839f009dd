import {
  applyEdits, compareLists, compareSlots, digestOf, type Edit, equalSlots, isAsRead, isCleanText, keptInPlace, type Kind, lengthOf, partsPair, type Provision, provisionsOf, type Slot, SLOT_LIMIT, slotDigest, slotKeys, type SlotKey,
  slotOf, type Splice, spliceAll, type Text, textOf,
} from '@parley/text';
import { takesText } from './paper.ts';
import { grant, granted, refuse, type Verdict } from './refusal.ts';
import { passedBy } from './rest.ts';

/** Other words in one slot of the own position. `digest`: of the slot as it stands before, `result`: of what it becomes. Splices do not overlap and stand from the end. */
export interface TabledWords { readonly on: 'words'; readonly provision: string; readonly key: SlotKey; readonly digest: string; readonly result: string; readonly splices: readonly Splice[] }

/**
 * A change of a whole provision of the own position. `after`: what it is put right behind, null: first. `digest`: of the provision added, or of the one removed. `from` of a move:
 * between which two it stands before, null: the beginning, the end.
 */
export interface TabledItem {
  readonly on: 'item';
  readonly provision: string;
  readonly item:
    | { readonly type: 'add'; readonly after: string | null; readonly digest: string; readonly provision: Provision }
    | { readonly type: 'remove'; readonly digest: string }
    | { readonly type: 'move'; readonly from: { readonly after: string | null; readonly before: string | null }; readonly after: string | null }
    | FieldItem;
}

type FieldItem =
  | { readonly type: 'field'; readonly field: 'label'; readonly from: string; readonly to: string }
  | { readonly type: 'field'; readonly field: 'kind'; readonly from: Kind; readonly to: Kind }
  | { readonly type: 'field'; readonly field: 'level'; readonly from: number; readonly to: number };

/** One place of the own position, as it stands and as it is to be. Nothing in it is of where it was drafted. */
export type TabledPart = TabledWords | TabledItem;

/** So many parts an act of tabling has at most, so many splices one of them, and all of them together: each writes a few structs into the room while nobody else is served. */
export const TABLED_PARTS = 200;
export const TABLED_SPLICES_IN_SLOT = 500;
export const TABLED_SPLICES = 2_500;
/** So many stretches of words with marks of their own it brings in all: each is a few structs more. */
export const TABLED_RUNS = 5_000;

/** The place that a part is about, as one string. */
const placeOf = (part: TabledPart): string => {
  if (part.on === 'words') return `${part.provision} words ${part.key}`;
  return `${part.provision} ${part.item.type === 'field' ? part.item.field : 'whole'}`;
};

/** No place twice; and whoever adds or removes a provision says nothing else of it. */
export function namesPlacesOnce(parts: readonly TabledPart[]): boolean {
  const whole = new Set(parts.filter((part) => part.on === 'item' && (part.item.type === 'add' || part.item.type === 'remove')).map(({ provision }) => provision));
  return new Set(parts.map(placeOf)).size === parts.length && parts.filter(({ provision }) => whole.has(provision)).length === whole.size;
}

/** How many splices parts have, and how many stretches of words with marks of their own they bring. */
export function sizeOfParts(parts: readonly TabledPart[]): { readonly splices: number; readonly runs: number } {
  let splices = 0, runs = 0;
  for (const part of parts) {
    if (part.on === 'words') splices += part.splices.length;
    const slots = part.on === 'words' ? part.splices.map(({ insert }) => insert) : part.item.type === 'add' ? Object.values(part.item.provision.slots) : [];
    for (const slot of slots) runs += slot.length;
  }
  return { splices, runs };
}

/** A part says that something becomes something else. */
export function changesSomething(part: TabledPart): boolean {
  if (part.on === 'words') return part.digest !== part.result;
  const { item } = part;
  if (item.type === 'field') return item.from !== item.to;
  return item.type !== 'move' || (item.after !== part.provision && item.after !== item.from.after);
}

/** Splices from the end, none within another, no two at one point; each of them changes something. */
export const areFromTheEnd = (splices: readonly Splice[]): boolean =>
  splices.every(({ from, to, insert }, i) => from <= to && (from < to || insert.length > 0) && (i === 0 || (to <= splices[i - 1]!.from && from < splices[i - 1]!.from)));

/**
 * The edits by which all parts come into a position, the items one after the other as the text becomes. Refuses words that no room takes, and as `text-moved` every place that does not stand as its
 * part says, or would become something else than it says.
 */
export function tabledEdits(position: Text, parts: readonly TabledPart[]): Verdict<readonly Edit[]> {
  const edits: Edit[] = [];
  let text = position;
  for (const part of parts) {
    const made = part.on === 'words' ? wordsIn(text, part) : itemIn(text, part);
    if (!made.ok) return made;
    edits.push(...made.value);
    text = applyEdits(text, made.value);
  }
  // A kind may be set by a part behind the words that only a provision of that kind has.
  const isRead = parts.every((part) => part.on === 'item' || slotKeys(text.by.get(part.provision)!.kind).includes(part.key));
  return isRead && everyMoveMoves(position, text, parts) ? grant(edits) : refuse('text-moved');
}

/** Several moves can undo each other. So what is moved comes to the other side of something that is not: moves that `tabling` gives always do. */
function everyMoveMoves(before: Text, after: Text, parts: readonly TabledPart[]): boolean {
  const moved = new Set(parts.filter((part) => part.on === 'item' && part.item.type === 'move').map(({ provision }) => provision));
  return [...moved].every((id) => passedBy(id, before.list, after.list).some((other) => !moved.has(other)));
}

/** Provisions that are found to have moved after something was tabled, and were not before: whoever moves some past another may be found to have moved that one. */
export function foundMoved(common: Text, before: Text, after: Text): string[] {
  const movedIn = (text: Text): string[] => compareLists(common, text).filter(({ type }) => type === 'move').map(({ id }) => id);
  const already = new Set(movedIn(before));
  return movedIn(after).filter((id) => !already.has(id));
}

function wordsIn(text: Text, { provision: id, key, digest, result, splices }: TabledWords): Verdict<readonly Edit[]> {
  const found = text.by.get(id), before = slotOf(found, key);
  if (!found || slotDigest(before) !== digest) return refuse('text-moved');
  const words = textOf(before), taken = splices.map((one) => takesSplice(words, one)).find((verdict) => !verdict.ok);
  if (taken && !taken.ok) return taken;
  const after = spliceAll(before, splices);
  if (lengthOf(after) > SLOT_LIMIT && lengthOf(after) > lengthOf(before)) return refuse('too-long');
  return slotDigest(after) === result ? grant(splices.map((one): Edit => ({ do: 'splice', id, key, ...one }))) : refuse('text-moved');
}

/** A room writes a splice as it is said only where it parts no character, and reads back only what is in normal form. */
function takesSplice(words: string, { from, to, insert }: Splice): Verdict {
  if (to > words.length) return refuse('text-moved');
  return isAsRead(insert) && insert.every(({ t }) => isCleanText(t)) && !partsPair(words, from) && !partsPair(words, to) ? granted : refuse('bad-text');
}

function itemIn(text: Text, { provision: id, item }: TabledItem): Verdict<readonly Edit[]> {
  const found = text.by.get(id), moved = refuse('text-moved');
  const isThere = (anchor: string | null): boolean => anchor === null || text.by.has(anchor);
  switch (item.type) {
    case 'add': {
      const { provision, after, digest } = item, taken = takesText(provision);
      if (!taken.ok) return taken;
      if (!Object.values(provision.slots).every(isAsRead)) return refuse('bad-text');
      return !found && provision.id === id && isThere(after) && digestOf(provision) === digest ? grant([{ do: 'add', provision, after }]) : moved;
    }
    case 'remove': return found && digestOf(found) === item.digest ? grant([{ do: 'remove', id }]) : moved;
    case 'move': {
      const { from, after } = item, { list } = text, at = list.indexOf(id);
      const isBetween = isThere(from.after) && isThere(from.before) && (from.after === null || list.indexOf(from.after) < at) && (from.before === null || at < list.indexOf(from.before));
      const isElsewhere = isThere(after) && after !== id && (list[at - 1] ?? null) !== after;
      return found && isBetween && isElsewhere ? grant([{ do: 'move', id, after }]) : moved;
    }
    case 'field': {
      if (found?.[item.field] !== item.from) return moved;
      return item.field !== 'label' || isCleanText(item.to) ? grant([{ do: 'set', id, [item.field]: item.to }]) : refuse('bad-text');
    }
  }
}

/**
 * Everything that leads from a position to a text that its party wants, one part for each place: words and fields in the order of the text, then what is removed, then what is placed, from
 * the end. Each can be tabled by itself, or left out: an item is put behind a provision that stays where it is, and only those that are put behind the same one come in the order given. Words of a provision whose
 * kind changes go with its kind.
 */
export function tabling(position: Text, wanted: Text): TabledPart[] {
  const both = provisionsOf(wanted).flatMap((after) => { const before = position.by.get(after.id); return before ? [{ before, after }] : []; });
  const removed = provisionsOf(position).filter(({ id }) => !wanted.by.has(id));
  return [
    ...both.flatMap(({ before, after }) => [...fieldsOf(before, after), ...wordsOf(before, after)]),
    ...removed.map((gone): TabledPart => ({ on: 'item', provision: gone.id, item: { type: 'remove', digest: digestOf(gone) } })),
    ...placesOf(position, wanted),
  ];
}

function fieldsOf(before: Provision, after: Provision): TabledPart[] {
  const fields: FieldItem[] = [
    { type: 'field', field: 'kind', from: before.kind, to: after.kind }, { type: 'field', field: 'label', from: before.label, to: after.label }, { type: 'field', field: 'level', from: before.level, to: after.level },
  ];
  return fields.filter(({ from, to }) => from !== to).map((item) => ({ on: 'item', provision: before.id, item }));
}

function wordsOf(before: Provision, after: Provision): TabledPart[] {
  return slotKeys(after.kind).flatMap((key): TabledPart[] => {
    const [was, is] = [slotOf(before, key), slotOf(after, key)];
    return equalSlots(was, is) ? [] : [{ on: 'words', provision: before.id, key, digest: slotDigest(was), result: slotDigest(is), splices: splicesOf(was, is) }];
  });
}

function splicesOf(before: Slot, after: Slot): Splice[] {
  const splices = compareSlots(before, after).map(({ from, to, inserted }): Splice => ({ from, to, insert: inserted })).reverse();
  return splices.length > TABLED_SPLICES_IN_SLOT ? [{ from: 0, to: lengthOf(before), insert: after }] : splices;
}

/** Moves and additions from the end of the wanted text: of those that come behind the same provision the last one first. */
function placesOf(position: Text, wanted: Text): TabledPart[] {
  const kept = keptInPlace(position, wanted), out: TabledPart[] = [];
  let after: string | null = null;
  for (const provision of provisionsOf(wanted)) {
    const { id } = provision;
    if (kept.has(id)) after = id;
    else out.unshift({ on: 'item', provision: id, item: position.by.has(id) ? { type: 'move', from: between(position.list, id, kept), after } : added(provision, after) });
  }
  return out;
}

/** The nearest provisions before and behind that stay where they are. */
function between(list: readonly string[], id: string, kept: ReadonlySet<string>): { after: string | null; before: string | null } {
  const at = list.indexOf(id), stays = (other: string): boolean => kept.has(other);
  return { after: list.slice(0, at).findLast(stays) ?? null, before: list.slice(at + 1).find(stays) ?? null };
}

/** What other kinds have left behind in it is not tabled. */
function added(provision: Provision, after: string | null): Extract<TabledItem['item'], { type: 'add' }> {
  const { id, kind, label, level } = provision, slots = Object.fromEntries(slotKeys(kind).map((key) => [key, slotOf(provision, key)]));
  return { type: 'add', after, digest: digestOf(provision), provision: { id, kind, label, level, slots } };
}
