import { legible } from '@parley/text';
import { wording } from './messages.ts';

/** What a reader takes for one sign, with all its marks: the same in every language. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const signsOf = (word: string): string[] => Array.from(graphemes.segment(word), ({ segment }) => segment);

/** One sign of these is a syllable or a word: it stands for a name alone. */
const WHOLE_SIGN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The signs of a round mark: the first of the first and of the last word of a name; of a name of one word its first two, or its first alone where that is a syllable or a word. */
export function initials(name: string): string {
  const words = name.split(/[\s.]+/u).filter(Boolean), first = words[0] ?? '?';
  const signs = words.length > 1 ? [first, words.at(-1)!].map((word) => signsOf(word)[0]!) : signsOf(first).slice(0, WHOLE_SIGN.test(first) ? 1 : 2);
  return signs.join('').toUpperCase();
}

/** The beginning of words that somebody wrote, cut between words; what nobody sees in it is named. */
export function excerpt(text: string, length: number): string {
  if (text.length <= length) return legible(text, wording);
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, ''), space = cut.lastIndexOf(' ');
  return `${legible((space > length / 2 ? cut.slice(0, space) : cut).trimEnd(), wording)}…`;
}

/** A number with thin spaces between thousands: entries are read aloud in the room. */
export const numbered = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202F');
