import { type MessageId, pieces, type Wording } from '@parley/messages';
import type { Hunk } from './compare.ts';
import { slotKeys, slotOf } from './kinds.ts';
import type { Item } from './list.ts';
import type { Provision, Text } from './provision.ts';
import { markNames, type Slot, textOf } from './slot.ts';
import { legible, spaceName } from './unseen.ts';

/** A stretch of what is said of a proposal: the page's own words, or words somebody wants in or out of the text. */
export interface Phrase { readonly as: 'said' | 'inserted' | 'removed'; readonly text: string }

const said = (text: string): Phrase => ({ as: 'said', text });
const quoted = (words: string, wording: Wording, beside?: string): string => `“${legible(words, wording, beside)}”`;
const removed = (words: string, wording: Wording, beside?: string): Phrase => ({ as: 'removed', text: quoted(words, wording, beside) });
const inserted = (words: string, wording: Wording, beside?: string): Phrase => ({ as: 'inserted', text: quoted(words, wording, beside) });

/** What is put in a message in pieces: words, numbers, and pieces that the translator places. */
export type PhraseValues = Readonly<Record<string, string | number | Phrase | readonly Phrase[]>>;

/** A message whose values are pieces: they stay apart from the words around them, in the order of the reader's language. */
export function phrases(wording: Wording, id: MessageId, values: PhraseValues = {}): Phrase[] {
  return pieces<Phrase | readonly Phrase[]>(wording, id, values).flatMap((part) => (typeof part === 'string' ? [said(part)] : part));
}

/** Words that go and words that come. */
export type Change = Pick<Hunk, 'removed' | 'inserted'>;

/** A replacement of words by the same words with other marks. */
export const isRestyling = (h: Change): boolean => h.removed.length > 0 && textOf(h.removed) === textOf(h.inserted);

const styles = (slot: Slot): Set<string> => new Set(slot.flatMap((run) => markNames(run.m)));

/** A mark that words get or lose: emphasis, strong, or a reference to another provision. */
type StyleName = 'em' | 'strong' | 'ref';
const styleNamed = (mark: string): StyleName => (mark === 'em' || mark === 'strong' ? mark : 'ref');

/** What the same words get and lose; `elsewhere`: they refer to another provision than before. */
export interface Restyling { readonly gets: readonly StyleName[]; readonly loses: readonly StyleName[]; readonly elsewhere: boolean }

/** What the same words get and lose; null where words change. */
export function restyled(h: Change): Restyling | null {
  if (!isRestyling(h)) return null;
  const before = styles(h.removed), after = styles(h.inserted);
  const gets = [...after].filter((m) => !before.has(m)), loses = [...before].filter((m) => !after.has(m)), refers = (m: string) => m.startsWith('ref:');
  return { gets: [...new Set(gets.map(styleNamed))], loses: [...new Set(loses.map(styleNamed))], elsewhere: gets.some(refers) && loses.some(refers) };
}

/** "strong", "not strong", "emphasis and a reference". */
export function restylingWords({ gets, loses, elsewhere }: Restyling, wording: Wording): string {
  if (elsewhere) return wording.message('text.style.elsewhere');
  const all = [...gets.map((style) => wording.message('text.style.gets', { style })), ...loses.map((style) => wording.message('text.style.loses', { style }))];
  return all.length === 0 ? wording.message('text.style.otherwise') : wording.listed(all);
}

/** What a hunk wants, in pieces: the same words in card, dialog, text and history. What cannot be seen is named. */
export function hunkWords(h: Change, wording: Wording): Phrase[] {
  const comes = textOf(h.inserted), goes = textOf(h.removed), style = restyled(h);
  if (style !== null) return phrases(wording, 'text.hunk.restyle', { words: inserted(comes, wording), style: restylingWords(style, wording) });
  const space = spaceName(comes, wording), gap = spaceName(goes, wording);
  const out = gap === null ? removed(goes, wording, comes) : said(gap), into = space === null ? inserted(comes, wording, goes) : said(space);
  if (goes === '') return phrases(wording, 'text.hunk.insert', { words: into });
  if (comes === '') return phrases(wording, 'text.hunk.delete', { words: out });
  return phrases(wording, 'text.hunk.replace', { removed: out, inserted: into });
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
export function nameOf(provision: Provision | undefined, wording: Wording): string {
  if (!provision) return wording.message('text.provision.some');
  const words = beginning(titleOf(provision), 40);
  // A name is no difference: of what nobody sees only what could show it in another order is said.
  return provision.label || legible(words, wording, words) || wording.message('text.kind.some', { kind: provision.kind });
}

/**
 * What a provision belongs to, as its name begins where it is named alone: `Article 6`, or `Article 6, 1` for what stands under 1. Empty where it belongs to nothing that
 * has a label, and where its own label has that in it (`6.1`).
 */
export function belongsTo(text: Text | undefined, id: string, wording: Wording): string {
  const provision = text?.by.get(id), names: string[] = [];
  if (!text || !provision || (provision.kind === 'heading' && provision.label)) return '';
  for (let at = parentOf(text, text.list.indexOf(id)); at >= 0; at = parentOf(text, at)) {
    const { label, kind } = text.by.get(text.list[at]!)!;
    if (label && !includesLabel(names[0] ?? nameOf(provision, wording), label)) names.unshift(label);
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
export const nameIn = (text: Text | undefined, id: string, wording: Wording): string => nameUnder(belongsTo(text, id, wording), text?.by.get(id), wording);

const nameUnder = (above: string, provision: Provision | undefined, wording: Wording): string => [above, nameOf(provision, wording)].filter(Boolean).join(', ');

/** `6.1` has `6` in it, `Article 6 bis` has `Article 6`; `16` has not `6`. */
const includesLabel = (name: string, label: string): boolean => name.startsWith(label) && !/^[\p{L}\p{N}]/u.test(name.slice(label.length)) && name.length > label.length;

/** An item as acts and `compareLists` have it, as far as it is put in words. */
export type ItemSaid =
  | { readonly type: 'add'; readonly after: string | null; readonly provision: Provision }
  | { readonly type: 'remove' }
  | Pick<Extract<Item, { type: 'move' }>, 'type' | 'after'>
  | Pick<Extract<Item, { type: 'field' }>, 'type' | 'field' | 'from' | 'to'>;

/** Names of provisions: of the one an item is about, of what that belongs to, and of the one it is put after. */
export interface ItemNames { readonly provision: Provision | undefined; readonly own: string; readonly belongsTo: string; readonly after: (id: string) => string }

/** The names of an item's provisions in `text`; what the text has not, `besides` has. */
export const itemNames = (id: string, text: Text | undefined, wording: Wording, besides?: Text): ItemNames => {
  const holder = (of: string) => (text?.by.has(of) ? text : besides?.by.has(of) ? besides : text);
  const provision = holder(id)?.by.get(id), above = belongsTo(holder(id), id, wording);
  return { provision, own: nameUnder(above, provision, wording), belongsTo: above, after: (after) => nameIn(holder(after), after, wording) };
};

/** Where an item goes: behind which provision, or to the beginning. */
const place = (after: string | null, names: ItemNames) => ({ where: after === null ? 'beginning' : 'after', after: after === null ? '' : names.after(after) });
const level = (n: string | number): number => Number(n) + 1;

/**
 * What an item wants, in pieces: the same words in card, text, dialog, history and bracketed text. Levels are counted from 1. Without `words` the provision's own
 * words are left out: they stand beside.
 */
export function itemWords(item: ItemSaid, names: ItemNames, wording: Wording, words = true): Phrase[] {
  switch (item.type) {
    case 'add': {
      const all = allWords(item.provision), { kind, label } = item.provision, at = { kind, label, labelled: label ? 'yes' : 'no', ...place(item.after, names) };
      if (!words) return phrases(wording, 'text.item.add', at);
      return all ? phrases(wording, 'text.item.addWords', { ...at, words: inserted(all, wording) }) : phrases(wording, 'text.item.addEmpty', at);
    }
    case 'remove': {
      const { provision } = names, title = provision ? beginning(titleOf(provision), 160) : '';
      if (!words || !title) return phrases(wording, 'text.item.delete', { name: names.own });
      const from = provision?.label ? { named: 'itself', name: names.own } : { named: names.belongsTo ? 'within' : 'no', name: names.belongsTo };
      return phrases(wording, 'text.item.deleteWords', { ...from, words: removed(title, wording) });
    }
    case 'move': return phrases(wording, 'text.item.move', { name: names.own, ...place(item.after, names) });
    case 'field': return fieldWords(item, names, wording);
  }
}

function fieldWords(item: Extract<ItemSaid, { type: 'field' }>, names: ItemNames, wording: Wording): Phrase[] {
  const from = String(item.from), to = String(item.to);
  if (item.field === 'label') {
    return phrases(wording, 'text.item.relabel', { labelled: from === '' ? 'no' : 'yes', name: names.own, from: from === '' ? '' : removed(from, wording, to), to: to === '' ? wording.message('text.label.none') : inserted(to, wording, from) });
  }
  if (item.field === 'kind') return phrases(wording, 'text.item.turn', { name: names.own, from: wording.message('text.kind.some', { kind: from }), to: wording.message('text.kind.some', { kind: to }) });
  return phrases(wording, 'text.item.level', { name: names.own, from: level(item.from), to: level(item.to) });
}

/** The same as plain text: for accessible names, for bracketed text. */
export const phrasesText = (phrases: readonly Phrase[]): string => phrases.map((p) => p.text).join('');
