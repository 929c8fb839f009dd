import type { NamedHunk } from '@parley/negotiation';
import { cleanText, plainSlot, type Slot, splice, textOf } from '@parley/text';

const breaks = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));

/** Words typed over others: what stays at both ends keeps its marks. */
export function retyped(slot: Slot, words: string): Slot {
  const before = textOf(slot), after = cleanText(words), shorter = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < shorter && before[head] === after[head]) head++;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (breaks(before, head) || breaks(after, head)) head--;
  if (tail > 0 && (breaks(before, before.length - tail) || breaks(after, after.length - tail))) tail--;
  return splice(slot, head, before.length - tail, plainSlot(after.slice(head, after.length - tail)));
}

/** Words without what nobody sees at their ends and between them: a space more, or what takes no room. */
const seen = (words: string): string => words.replace(/[\s\p{Default_Ignorable_Code_Point}]+/gu, ' ').trim();

/**
 * A counter-proposal, hunk by hunk: what goes into the own text instead of the words of the other side; null where the words are still theirs. Words that were only
 * copied never become part of a position: both sides would then propose them, and one acceptance would enter them. Nor do words with a space more or less around them.
 */
export const countered = (hunks: readonly NamedHunk[], words: readonly string[]): (Slot | null)[] =>
  hunks.map((h, i) => { const typed = words[i] ?? textOf(h.inserted); return seen(cleanText(typed)) === seen(textOf(h.inserted)) ? null : retyped(h.inserted, typed); });

/** What a counter-proposal comes to: still the other side's words everywhere, the common words wherever it differs from those, or words of our own. */
export function outcomeOf(hunks: readonly NamedHunk[], changes: readonly (Slot | null)[]): 'theirs' | 'common' | 'ours' {
  if (changes.every((slot) => slot === null)) return 'theirs';
  return hunks.every((h, i) => !changes[i] || seen(textOf(changes[i])) === seen(textOf(h.removed))) ? 'common' : 'ours';
}
