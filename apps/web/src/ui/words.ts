import { legible } from '@parley/text';
import { wording } from './messages.ts';

/** "1 provision", "3 provisions". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Two letters for a round mark: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/[\s.]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!].map((w) => [...w][0]!) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** The beginning of words that somebody wrote, cut between words; what nobody sees in it is named. */
export function excerpt(text: string, length: number): string {
  if (text.length <= length) return legible(text, wording);
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, ''), space = cut.lastIndexOf(' ');
  return `${legible((space > length / 2 ? cut.slice(0, space) : cut).trimEnd(), wording)}…`;
}

/** A number with thin spaces between thousands: entries are read aloud in the room. */
export const numbered = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202F');
