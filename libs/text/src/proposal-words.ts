import type { Hunk } from './compare.ts';
import { KIND_NAME, slotKeys, slotOf } from './kinds.ts';
import type { Item } from './list.ts';
import type { Kind, Provision, Text } from './provision.ts';
import { markNames, type Slot, textOf } from './slot.ts';
import { legible, spaceName } from './unseen.ts';

/** A stretch of what is said of a proposal: the page's own words, or words somebody wants in or out of the text. */
export interface Phrase { readonly as: 'said' | 'inserted' | 'removed'; readonly text: string }

const said = (text: string): Phrase => ({ as: 'said', text });
const quoted = (words: string, beside?: string): string => `“${legible(words, beside)}”`;
const removed = (words: string, beside?: string): Phrase => ({ as: 'removed', text: quoted(words, beside) });
const inserted = (words: string, beside?: string): Phrase => ({ as: 'inserted', text: quoted(words, beside) });

/** Words that go and words that come. */
export type Change = Pick<Hunk, 'removed' | 'inserted'>;

/** A replacement of words by the same words with other marks. */
export const isRestyling = (h: Change): boolean => h.removed.length > 0 && textOf(h.removed) === textOf(h.inserted);

const styles = (slot: Slot): Set<string> => new Set(slot.flatMap((run) => markNames(run.m)));
const STYLE_NAME: Readonly<Record<string, string>> = { em: 'emphasis', strong: 'strong' };
const nameOfStyle = (mark: string): string => STYLE_NAME[mark] ?? 'a reference';

/** "strong", "not strong", "emphasis and a reference": what the same words get and lose; null where words change. */
export function restyled(h: Change): string | null {
  if (!isRestyling(h)) return null;
  const before = styles(h.removed), after = styles(h.inserted);
  const gets = [...after].filter((m) => !before.has(m)), loses = [...before].filter((m) => !after.has(m)), refers = (m: string) => m.startsWith('ref:');
  if (gets.some(refers) && loses.some(refers)) return 'refer to another provision';
  const all = [...new Set([...gets.map(nameOfStyle), ...loses.map((m) => `not ${nameOfStyle(m)}`)])];
  return all.length === 0 ? 'styled otherwise' : all.length < 2 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** What a hunk wants, in pieces: the same words in card, dialog, text and history. What cannot be seen is named. */
export function hunkWords(h: Change): Phrase[] {
  const comes = textOf(h.inserted), goes = textOf(h.removed), style = restyled(h);
  if (style !== null) return [said(`make `), inserted(comes), said(` ${style}`)];
  const space = spaceName(comes), gap = spaceName(goes);
  const out = gap === null ? removed(goes, comes) : said(gap), into = space === null ? inserted(comes, goes) : said(space);
  if (goes === '') return [said('insert '), into];
  if (comes === '') return [said('delete '), out];
  return [said('replace '), out, said(' by '), into];
}

/** The beginning of a long text, cut between words. */
function beginning(words: string, length: number): string {
  if (words.length <= length) return words;
  const cut = words.slice(0, length).replace(/[\uD800-\uDBFF]$/, ''), space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** The words of the slot that names a provision in outlines. */
export const titleOf = (provision: Provision): string => textOf(slotOf(provision, slotKeys(provision.kind)[0]!)).trim();

/** All words of a provision in one line, field by field. */
export const allWords = (provision: Provision): string => slotKeys(provision.kind).map((key) => textOf(slotOf(provision, key)).trim()).filter(Boolean).join(' · ');

/** "1.2", or the beginning of its words for a provision without a label. */
export function nameOf(provision: Provision | undefined): string {
  if (!provision) return 'a provision';
  const words = beginning(titleOf(provision), 40);
  // A name is no difference: of what nobody sees only what could show it in another order is said.
  return provision.label || legible(words, words) || `a ${KIND_NAME[provision.kind]}`;
}

/**
 * What a provision belongs to, as its name begins where it is named alone: `Article 6`, or `Article 6, 1` for what stands under 1. Empty where it belongs to nothing that
 * has a label, and where its own label has that in it (`6.1`).
 */
export function belongsTo(text: Text | undefined, id: string): string {
  const provision = text?.by.get(id), names: string[] = [];
  if (!text || !provision || (provision.kind === 'heading' && provision.label)) return '';
  for (let at = parentOf(text, text.list.indexOf(id)); at >= 0; at = parentOf(text, at)) {
    const { label, kind } = text.by.get(text.list[at]!)!;
    if (label && !includesLabel(names[0] ?? nameOf(provision), label)) names.unshift(label);
    if (label && kind === 'heading') break;
  }
  return names.join(', ');
}

/** The provision that one belongs to by order and level: the nearest before it that is less deep; for all but a heading also the nearest heading that is not deeper. */
function parentOf(text: Text, at: number): number {
  const own = text.by.get(text.list[at]!)!;
  for (let i = at - 1; i >= 0; i--) {
    const before = text.by.get(text.list[i]!)!;
    if (before.level < own.level || (own.kind !== 'heading' && before.kind === 'heading' && before.level <= own.level)) return i;
  }
  return -1;
}

/** What a provision is called where it is named alone: with its article (`Article 6, 1`), unless its label has that in it (`6.1`). */
export const nameIn = (text: Text | undefined, id: string): string => nameUnder(belongsTo(text, id), text?.by.get(id));

const nameUnder = (above: string, provision: Provision | undefined): string => [above, nameOf(provision)].filter(Boolean).join(', ');

/** `6.1` has `6` in it, `Article 6 bis` has `Article 6`; `16` has not `6`. */
const includesLabel = (name: string, label: string): boolean => name.startsWith(label) && !/^[\p{L}\p{N}]/u.test(name.slice(label.length)) && name.length > label.length;

/** "a metric", "an evidence standard". */
export const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** An item as acts and `compareLists` have it, as far as it is put in words. */
export type ItemSaid =
  | { readonly type: 'add'; readonly after: string | null; readonly provision: Provision }
  | { readonly type: 'remove' }
  | Pick<Extract<Item, { type: 'move' }>, 'type' | 'after'>
  | Pick<Extract<Item, { type: 'field' }>, 'type' | 'field' | 'from' | 'to'>;

/** Names of provisions: of the one an item is about, of what that belongs to, and of the one it is put after. */
export interface ItemNames { readonly provision: Provision | undefined; readonly own: string; readonly belongsTo: string; readonly after: (id: string) => string }

/** The names of an item's provisions in `text`; what the text has not, `besides` has. */
export const itemNames = (id: string, text: Text | undefined, besides?: Text): ItemNames => {
  const holder = (of: string) => (text?.by.has(of) ? text : besides?.by.has(of) ? besides : text);
  const provision = holder(id)?.by.get(id), above = belongsTo(holder(id), id);
  return { provision, own: nameUnder(above, provision), belongsTo: above, after: (after) => nameIn(holder(after), after) };
};

const place = (after: string | null, names: ItemNames): string => (after === null ? 'to the beginning' : `after ${names.after(after)}`);
const level = (n: string | number): number => Number(n) + 1;

/**
 * What an item wants, in pieces: the same words in card, text, dialog, history and bracketed text. Levels are counted from 1. Without `words` the provision's own
 * words are left out: they stand beside.
 */
export function itemWords(item: ItemSaid, names: ItemNames, words = true): Phrase[] {
  switch (item.type) {
    case 'add': {
      const all = allWords(item.provision), label = item.provision.label ? ` ${item.provision.label}` : '';
      const head = `add ${KIND_NAME[item.provision.kind]}${label} ${place(item.after, names)}`;
      return words ? [said(`${head}${all ? ': ' : ', still empty'}`), ...(all ? [inserted(all)] : [])] : [said(head)];
    }
    case 'remove': {
      const { provision } = names, title = provision ? beginning(titleOf(provision), 160) : '';
      return words && title ? [said(`delete ${provision?.label ? `${names.own} ` : names.belongsTo ? `${names.belongsTo}, ` : ''}`), removed(title)] : [said(`delete ${names.own}`)];
    }
    case 'move': return [said(`move ${names.own} ${place(item.after, names)}`)];
    case 'field': return fieldWords(item, names);
  }
}

function fieldWords(item: Extract<ItemSaid, { type: 'field' }>, names: ItemNames): Phrase[] {
  const from = String(item.from), to = String(item.to);
  if (item.field === 'label') return [said(`relabel ${from ? '' : `${names.own}: `}`), from ? removed(from, to) : said('no label'), said(' as '), to ? inserted(to, from) : said('no label')];
  if (item.field === 'kind') return [said(`turn ${names.own} from ${article(KIND_NAME[from as Kind])} into ${article(KIND_NAME[to as Kind])}`)];
  return [said(`change the level of ${names.own} from ${level(item.from)} to ${level(item.to)}`)];
}

/** The same as plain text: for accessible names, for bracketed text. */
export const phrasesText = (phrases: readonly Phrase[]): string => phrases.map((p) => p.text).join('');
