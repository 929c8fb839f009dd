const RAISED: Readonly<Record<string, string>> = { 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹', '+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾' };
const LOWERED: Readonly<Record<string, string>> = { 0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉', '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎' };

/** Letters behind a number that are written small without meaning another thing: 1st, 2e, 5-го, TM; and those behind the N of a number. */
const ORDINAL = /^(?:st|nd|rd|th|e|ers?|re|ère|ère?s|nde?s?|i?èmes?|eme|de|ste|[rtvmn]?os?|[rtvmnd]as|[rtvmn]a|do|da|er[ao]|[ºª]|(?:ы|о|и)?й|[гм]?[оу]|го|му|[яехм]|ая|ое|ые|bis|ter|quater|tm|sm|®|™)\.?$/iu;
/** Between a number and what stands raised behind it. */
const BEHIND_NUMBER = /[\p{N})]$/u;
const SMALL: Readonly<Record<string, string>> = { a: 'ª', o: 'º' };

/**
 * Words that stand raised or lowered, as plain text can say it: digits as raised digits (10⁶ is not 106), other signs behind a caret or a low line; ordinals and words of
 * letters only stay as they are, unless they follow a digit. A lone a or o behind a number is ª and º.
 */
export function raised(text: string, where: 'raised' | 'lowered', before: string): string {
  const signs = where === 'raised' ? RAISED : LOWERED, words = text.trim().replace(/^[–‑](?=\p{N})/u, '-'), behind = BEHIND_NUMBER.test(before), isNumero = words === 'o' && /(?<!\p{L})n$/iu.test(before);
  if ([...words].every((c) => c in signs)) return text.replace(/\S.*\S|\S/u, () => [...words].map((c) => signs[c]!).join(''));
  if (where === 'raised' && (isNumero || (behind && words in SMALL))) return text.replace(words, SMALL[words]!);
  if (ORDINAL.test(words) || (/^[\p{L}.\s]+$/u.test(words) && !behind && where === 'raised')) return text;
  const mark = where === 'raised' ? '^' : '_';
  return `${mark}${[...words].length > 1 ? `(${words})` : words}`;
}

/** What stands raised and only names a note: [1], *, †. */
export const isNoteSign = (text: string): boolean => /^\s*(?:(?:[[(［〔【（]\s*(?:注|[\p{N}a-z])[\p{N}a-z]{0,3}\s*[\])］〕】）]\s*)+|注\s*\p{N}{1,3}|[*†‡§¶]{1,3})\s*$/iu.test(text);
