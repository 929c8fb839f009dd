const RAISED: Readonly<Record<string, string>> = { 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹', '+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾' };
const LOWERED: Readonly<Record<string, string>> = { 0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉', '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎' };

/** Letters behind a number that are written small without meaning another thing: 1st, 2e, nº, TM. */
const ORDINAL = /^(?:st|nd|rd|th|e|er|re|ère|ème|me|d|de|o|a|os|as|ª|º|tm|sm|®|™)\.?$/iu;

/**
 * Words that stand raised or lowered, as plain text can say it: digits as raised digits (10⁶ is not 106), other signs behind a caret or a low line; ordinals and words of
 * letters only stay as they are, unless they follow a digit.
 */
export function raised(text: string, where: 'raised' | 'lowered', before: string): string {
  const signs = where === 'raised' ? RAISED : LOWERED, words = text.trim();
  if ([...words].every((c) => c in signs)) return text.replace(/./gu, (c) => signs[c] ?? c);
  if (ORDINAL.test(words) || (/^[\p{L}.\s]+$/u.test(words) && !(words.length === 1 && /[\p{N})]$/u.test(before)) && where === 'raised')) return text;
  const mark = where === 'raised' ? '^' : '_';
  return `${mark}${[...words].length > 1 ? `(${words})` : words}`;
}

/** What stands raised and only names a note: [1], *, †. */
export const isNoteSign = (text: string): boolean => /^\s*(?:[[(]\s*[\p{N}a-z]{1,4}\s*[\])]|[*†‡§¶]{1,3})\s*$/iu.test(text);
