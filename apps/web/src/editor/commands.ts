import { type Edit, EMPTY_SLOT, type Kind, lengthOf, partsPair, type Provision, type ReadProvision, type Slot, slice, slotKeys, slotOf, type Text, textOf } from '@parley/text';
import type { Spot } from './nodes.ts';

/** A new provision's name, and what the room calls it. */
export interface NewProvision { readonly id: string; readonly label: string }

const ADDITIONS = ['bis', 'ter', 'quater', 'quinquies', 'sexies', 'septies', 'octies', 'novies', 'decies'];

/**
 * What a provision added after `after` is called: in negotiation nothing renumbers, so "2 bis", then "2 ter" …; in drafting nothing, numbers
 * are written by hand.
 */
export function nextLabel(text: Text, after: string | null, negotiation: boolean): string {
  const label = after === null ? '' : (text.by.get(after)?.label ?? '');
  if (!negotiation || !/[\p{L}\p{N}]/u.test(label)) return '';
  const base = label.replace(/ (bis|ter|qua\w+|quin\w+|[a-z]+ies|\d+)$/, '');
  const taken = new Set([...text.by.values()].map((p) => p.label));
  const named = ADDITIONS.map((word) => `${base} ${word}`).find((one) => !taken.has(one));
  if (named) return named;
  let n = ADDITIONS.length + 2;
  while (taken.has(`${base} ${n}`)) n++;
  return `${base} ${n}`;
}

const emptyOf = (kind: Kind): Provision['slots'] => Object.fromEntries(slotKeys(kind).map((key) => [key, EMPTY_SLOT]));

const isPlain = (kind: Kind): boolean => slotKeys(kind).length === 1;

/** An empty provision after another one (null: first). */
export function added(text: Text, what: NewProvision & { readonly after: string | null; readonly kind: Kind }): Edit[] {
  const level = (what.after === null ? undefined : text.by.get(what.after)?.level) ?? 0;
  return [{ do: 'add', after: what.after, provision: { id: what.id, kind: what.kind, label: what.label, level, slots: emptyOf(what.kind) } }];
}

/** A provision of one slot that has these words already. */
export const addedWith = (text: Text, what: NewProvision & { readonly after: string | null; readonly kind: Kind }, words: Slot): Edit[] =>
  added(text, what).map((edit) => (edit.do === 'add' ? { ...edit, provision: { ...edit.provision, slots: { ...edit.provision.slots, [slotKeys(what.kind)[0]!]: words } } } : edit));

const make = (one: NewProvision, slot: Slot, kind: Kind, level: number): Provision => ({ ...one, kind, level, slots: { ...emptyOf(kind), [slotKeys(kind)[0]!]: slot } });

/** Where words are parted at an offset: what stands behind, without the space that parted it. A character is never cut in two. */
function partedAt(words: Slot, at: number): { readonly offset: number; readonly tail: Slot } {
  const text = textOf(words), offset = partsPair(text, at) ? at - 1 : at;
  return { offset, tail: slice(words, offset, lengthOf(words)) };
}

/**
 * Enter in a paragraph or heading. At the start the new provision comes before and is empty, so that words keep their id; elsewhere the words behind the caret move into
 * it, and the space that parted them goes. After a heading comes a paragraph. Nothing in a kind of several slots.
 */
export function split(text: Text, at: Spot, fresh: NewProvision): Edit[] {
  const p = text.by.get(at.id);
  if (!p || !isPlain(p.kind)) return [];
  const words = slotOf(p, at.key), length = lengthOf(words), { offset, tail } = partedAt(words, at.offset);
  if (offset === 0 && length > 0) return [{ do: 'add', provision: make(fresh, EMPTY_SLOT, p.kind, p.level), after: text.list[text.list.indexOf(p.id) - 1] ?? null }];
  const before = textOf(words).slice(0, offset), behind = textOf(tail), from = before.trimEnd().length, spaces = behind.length - behind.trimStart().length;
  const kind = p.kind === 'heading' && spaces === lengthOf(tail) ? 'paragraph' : p.kind;
  return [{ do: 'splice', id: p.id, key: at.key, from, to: length, insert: EMPTY_SLOT }, { do: 'add', after: p.id, provision: make(fresh, slice(tail, spaces, lengthOf(tail)), kind, p.level) }];
}

type Read = Pick<ReadProvision, 'label' | 'level' | 'heading' | 'words' | 'whole'>;

/**
 * Provisions put in at a caret: the first joins what stands before it, the last what stands behind; `fresh` has one less. Labels that were read are taken, also by the
 * provision at the caret where it has neither words nor label; else the first keeps its label in its words.
 */
export function pasted(text: Text, at: Spot, read: readonly Read[], fresh: readonly NewProvision[]): Edit[] {
  const p = text.by.get(at.id), [first, ...rest] = read;
  if (!p || !isPlain(p.kind) || !first) return [];
  const words = slotOf(p, at.key), length = lengthOf(words), { offset, tail } = partedAt(words, at.offset);
  const blank = length === 0 && p.label === '', plain: Kind = p.kind === 'heading' && (offset === length || rest.length > 1) ? 'paragraph' : p.kind;
  const start: Slot = blank ? first.words : first.whole, only = rest.length === 0;
  const named: Edit[] = blank && (first.label !== '' || first.heading) ? [{ do: 'set', id: p.id, label: first.label, level: first.label ? first.level : p.level, ...(first.heading && { kind: 'heading' as const }) }] : [];
  return [
    ...named, { do: 'splice', id: p.id, key: at.key, from: offset, to: only ? offset : length, insert: start },
    ...rest.map((one, i): Edit => ({
      do: 'add', after: i === 0 ? p.id : fresh[i - 1]!.id,
      provision: make({ id: fresh[i]!.id, label: one.label || fresh[i]!.label }, i === rest.length - 1 ? [...one.words, ...tail] : one.words, one.heading ? 'heading' : plain, one.label ? one.level : p.level),
    })),
  ];
}

export const removed = (id: string): Edit[] => [{ do: 'remove', id }];

/** One place up or down; nothing at the end of the list. */
export function moved(text: Text, id: string, direction: 'up' | 'down'): Edit[] {
  const at = text.list.indexOf(id);
  if (at < 0 || (direction === 'up' ? at === 0 : at === text.list.length - 1)) return [];
  return [{ do: 'move', id, after: direction === 'up' ? (text.list[at - 2] ?? null) : text.list[at + 1]! }];
}

export const relabelled = (id: string, label: string): Edit[] => [{ do: 'set', id, label }];

/** The nearest provision before `id` in a list that a text has; null where there is none, and for an `id` that is not in the list. */
export const predecessor = (list: readonly string[], id: string, text: Text): string | null =>
  list.slice(0, Math.max(0, list.indexOf(id))).findLast((other) => text.by.has(other)) ?? null;

/** A provision the own side removed, back as the common text has it and where it stood. */
export function restored(text: Text, common: Text, id: string): Edit[] {
  const provision = common.by.get(id);
  if (!provision || text.by.has(id)) return [];
  return [{ do: 'add', provision, after: predecessor(common.list, id, text) }];
}
