import type { Hunk } from './compare.ts';
import type { Tie } from './link-tie.ts';
import { type Slot, slice, textOf } from './slot.ts';
import { tokensOf, wordAt } from './tokens.ts';

/** Words of which each needs the other, in the languages in which such texts are written: what opens, and what may close. Each half alone says nothing, or the contrary. */
const FRAMES: readonly (readonly [RegExp, RegExp])[] = ([
  ['between', 'and'], ['from', 'to|until|till|through'], ['not only', 'but'], ['whether', 'or'], ['rather', 'than'], ['if', 'then'], ['such', 'that|as'], ['either', 'or'], ['neither', 'nor'], ['both', 'and'], ['not|no|never', 'unless|until|except'],
  ['entre', 'et|y|e'], ['de', 'à|a'], ['ni', 'ni'], ['soit', 'soit'], ['non seulement', 'mais'], ['weder', 'noch'], ['entweder', 'oder'], ['sowohl', 'als'], ['zwischen', 'und'], ['von', 'bis'], ['tanto', 'como'], ['между', 'и'], ['от|с', 'до|по'], ['как', 'так'], ['не только', 'но'],
] as const).map(([opens, closes]): [RegExp, RegExp] => [new RegExp(`(?<!\\p{L})(?:${opens})(?!\\p{L})`, 'iu'), new RegExp(`(?<!\\p{L})(?:${closes})(?!\\p{L})`, 'iu')]).concat([
  [/^(?:自|从|從)$/, /起|到|至/], [/^除/, /外/], [/^在/, /[内內前后後]|期间|期間|时$/], [/^对|^對/, /而言|来说/], [/^以/, /为|為/], [/^既/, /又|也/], [/^不仅|^不僅|^不但/, /而且|也|还/], [/^无论|^無論|^不论/, /都|均/], [/^如果|^如|^若/, /则|則|那么/], [/^因/, /而/], [/^只有/, /才/], [/^未|^非/, /不得|不能|不可/],
]);

/** So far apart, in characters of the common text, words still belong to one frame. */
const NEAR = 90;

const has = (slot: Slot, what: RegExp): boolean => what.test(textOf(slot).trim());
/** On which side of a hunk alone a word stands; null: on both or none. */
const sideOf = (h: Hunk, what: RegExp): 'removed' | 'inserted' | null => (has(h.removed, what) === has(h.inserted, what) ? null : has(h.removed, what) ? 'removed' : 'inserted');

/** One hunk takes or brings what opens a frame, the other what closes it. */
export function isFrame(g: Hunk, h: Hunk): boolean {
  if (h.from - g.to > NEAR) return false;
  return FRAMES.some(([opens, closes]) => { const side = sideOf(g, opens); return side !== null && sideOf(h, closes) === side; });
}

const NUMERAL = '\\p{Nd}〇零一二三四五六七八九十百千万萬半';
const VALUE = new RegExp(`[${NUMERAL}]|^\\(?[a-zivx]{1,4}\\)|^[IVX]+$|^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^(?:January|February|March|April|May|June|July|August|September|October|November|December)$`, 'iu');
/** What stands between the ends of a range: at most two words, then what joins them; in Chinese and Japanese a few characters. */
const JOINT = new RegExp('^\\s*(?:(?:[^\\s.,;:]+|[ap]\\.m\\.)\\s+){0,2}(?:(?:to|until|till|through|à|au|bis|a|al|hasta|ao|até|tot|al|до|по)(?:\\s+\\p{Lu}\\p{Ll}+)?|[–—~～-]|\\.{2,3}|…)\\s*$|^[^，。；、,;.]{0,3}(?<![达達得收遇提])[至到][^，。；、,;.]{0,4}$|^(?:から|より|에서|부터|乃至|ないし)$', 'u');
/** Where the joining word may join other things, a word before both says that it joins a range. */
const AND = /^\s*(?:[^\s.,;:]+\s+){0,2}(?:and|et|y|e|und|и)\s*$/iu, BETWEEN = /(?:^|\s)(?:between|entre|zwischen|tra|fra|между)\s+(?:\S+\s+)?$/iu;

/** Both ends of a range have another value: `between [3 / 7] and [5 / 10]`, `from [9 / 10] a.m. to [5 / 6] p.m.` */
function isRange(common: Slot, g: Hunk, h: Hunk): boolean {
  const isValue = (slot: Slot): boolean => VALUE.test(textOf(slot).trim());
  if (![g.removed, g.inserted, h.removed, h.inserted].every(isValue)) return false;
  const between = textOf(slice(common, g.to, h.from));
  return JOINT.test(between) || (AND.test(between) && BETWEEN.test(textOf(slice(common, Math.max(0, g.from - 24), g.from))));
}

/** Neighbours that are both ends of a range. */
export const rangesOf = (common: Slot, hunks: readonly Hunk[]): Tie[] => hunks.flatMap((h, k): Tie[] => (k > 0 && isRange(common, hunks[k - 1]!, h) ? [[k - 1, k]] : []));

const ENUMERATOR = /^(?:\([a-z0-9]{1,4}\)|（.{1,3}）|[①-⑳])$/iu;
const enumerators = (slot: Slot): string[] => { const tokens = tokensOf(slot); return tokens.keys.map((_, i) => wordAt(tokens, i)).filter((word) => ENUMERATOR.test(word)); };

/** Hunks of one slot in which the items of a list are counted anew because one came or went: the first of them to each that follows. */
export function recounted(hunks: readonly Hunk[]): Tie[] {
  const ties: Tie[] = [];
  let changed = -1;
  hunks.forEach((h, k) => {
    const [before, after] = [enumerators(h.removed), enumerators(h.inserted)];
    if (before.length !== after.length && changed < 0) changed = k;
    else if (changed >= 0 && (before.length > 0 || after.length > 0) && before.join() !== after.join()) ties.push([changed, k]);
  });
  return ties;
}
