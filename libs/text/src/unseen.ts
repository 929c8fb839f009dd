import type { MessageId, Wording } from '@parley/messages';
import { hasTwin, isAsLatin, lookOf, lookalikesAmongFigures } from './look.ts';
import { meantAt } from './strings.ts';

type PlainName = MessageId extends infer Id ? (Id extends `text.character.${infer Name}` ? Name : never) : never;

/** What a character is called: a message of `text.character`, the sign itself where the name shows it, the script that it is of, how many there are. */
export interface CharacterName { readonly is: PlainName; readonly sign?: string; readonly script?: string; readonly n?: number }

/** The name in the reader's language. */
export const characterWords = ({ is, ...values }: CharacterName, wording: Wording): string => wording.message(`text.character.${is}`, values);

/** Characters that cannot be seen, or not be told from a space or a hyphen, by the name people know. */
const NAMES: ReadonlyMap<number, PlainName> = new Map<number, PlainName>([
  [0x00a0, 'noBreakSpace'], [0x00ad, 'softHyphen'], [0x034f, 'combiningGraphemeJoiner'], [0x061c, 'arabicLetterMark'], [0x115f, 'hangulFiller'], [0x1160, 'hangulFiller'],
  [0x1680, 'oghamSpace'], [0x180b, 'mongolianVariationSelector'], [0x180c, 'mongolianVariationSelector'], [0x180d, 'mongolianVariationSelector'], [0x180f, 'mongolianVariationSelector'], [0x180e, 'mongolianVowelSeparator'], [0x2000, 'enQuad'], [0x2001, 'emQuad'], [0x2002, 'enSpace'], [0x2003, 'emSpace'], [0x2004, 'threePerEmSpace'],
  [0x2005, 'fourPerEmSpace'], [0x2006, 'sixPerEmSpace'], [0x2007, 'figureSpace'], [0x2008, 'punctuationSpace'], [0x2009, 'thinSpace'], [0x200a, 'hairSpace'],
  [0x200b, 'zeroWidthSpace'], [0x200c, 'zeroWidthNonJoiner'], [0x200d, 'zeroWidthJoiner'], [0x200e, 'leftToRightMark'], [0x200f, 'rightToLeftMark'], [0x2011, 'noBreakHyphen'],
  [0x202a, 'leftToRightEmbedding'], [0x202b, 'rightToLeftEmbedding'], [0x202c, 'endOfDirection'], [0x202d, 'leftToRightOverride'], [0x202e, 'rightToLeftOverride'],
  [0x202f, 'narrowNoBreakSpace'], [0x205f, 'mathematicalSpace'], [0x2060, 'wordJoiner'], [0x2066, 'leftToRightIsolate'], [0x2067, 'rightToLeftIsolate'], [0x2068, 'directionIsolate'],
  [0x2069, 'endOfIsolate'], [0x2800, 'brailleBlank'], [0x3000, 'ideographicSpace'], [0x3164, 'hangulFiller'], [0xfeff, 'zeroWidthNoBreakSpace'], [0xffa0, 'hangulFiller'],
]);

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2011\u2800]|(?! )\p{Zs}/gu;
const SPACES = / {2,}/gu;

/** Strokes laid over letters: words that are there look as if they were deleted. */
const STROKE = '\\u0334-\\u0338\\u20D2\\u20D3\\u20D8-\\u20DA\\u20E0\\u20E5\\u20E6\\u20EA\\u20EB';
const STROKE_NAMES: Readonly<Record<string, string>> = { '\u0334': 'tilde', '\u0335': 'shortStroke', '\u0336': 'longStroke', '\u0337': 'shortSlash', '\u0338': 'longSlash' };
const STRUCK = new RegExp(`(?:[^${STROKE}][${STROKE}]+)+`, 'gu');
const STROKES = new RegExp(`[${STROKE}]`, 'gu');

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Cherokee', 'Coptic', 'Lisu'] as const;
const IS = new Map(SCRIPTS.map((script) => [script, new RegExp(`^\\p{Script=${script}}`, 'u')]));
/** Stretches of letters; scripts that are written without spaces end one. */
const WORDS = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{M}])+/gu;

/** Signs that are taken for others, by the names people know. */
const SIGN_NAMES: Readonly<Record<string, PlainName>> = {
  '‐': 'hyphen', '‑': 'noBreakHyphen', '‒': 'figureDash', '–': 'enDash', '—': 'emDash', '―': 'horizontalBar', '−': 'minusSign', '⁃': 'hyphenBullet', '˗': 'smallMinusSign', '’': 'rightQuotationMark', '‘': 'leftQuotationMark', '“': 'leftDoubleQuotationMark', '”': 'rightDoubleQuotationMark', '„': 'lowQuotationMark',
  '‚': 'lowSingleQuotationMark', 'ʼ': 'letterApostrophe', '′': 'prime', '″': 'doublePrime', '∶': 'ratioSign', '꞉': 'letterColon', '∕': 'divisionSlash', '⁄': 'fractionSlash', '․': 'oneDotLeader', '…': 'ellipsis', '•': 'bullet', '‧': 'hyphenationPoint', '・': 'katakanaMiddleDot',
  '×': 'multiplicationSign', '〜': 'waveDash', '○': 'circle', '◯': 'largeCircle', 'º': 'ordinalSign', '˚': 'ring', '°': 'degreeSign', 'µ': 'microSign', '·': 'middleDot', '٪': 'arabicPerCentSign',
};

const scriptOf = (letter: string): string | undefined => SCRIPTS.find((script) => IS.get(script)!.test(letter));
const codePoint = (c: string): string => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const ofScript = (script: string, sign: string): CharacterName => ({ is: 'ofScript', script, sign });

/** The name of a character that cannot be seen or told apart. */
function nameOfCharacter(c: string): CharacterName {
  const known = NAMES.get(c.codePointAt(0)!), folded = c.normalize('NFKC');
  if (known) return { is: known };
  if (/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u.test(c)) return { is: 'variationSelector' };
  if (SIGN_NAMES[c]) return { is: SIGN_NAMES[c] };
  if (/^[\p{Script=Katakana}ー]/u.test(c)) return ofScript('Katakana', c);
  if (/^\p{Script=Hiragana}/u.test(c)) return ofScript('Hiragana', c);
  if (/[\uFF01-\uFF5E]/u.test(c)) return { is: 'fullWidth', sign: folded };
  const script = scriptOf(c);
  return script && script !== 'Latin' ? ofScript(script, c) : { is: 'other', sign: codePoint(c) };
}

/** A character that cannot be seen, where it stands in `text`. */
export interface Unseen { readonly from: number; readonly to: number; readonly names: readonly CharacterName[] }

/**
 * The characters of a wording that nobody can see, in order. A joiner between letters that it joins or parts, and the variant of a Chinese character or an
 * emoji, have a meaning and are seen by it.
 */
export function unseenIn(text: string): Unseen[] {
  const found = [...text.matchAll(UNSEEN)], meant = found.length > 0 ? meantAt(text) : new Set();
  return found.filter((m) => !meant.has(m.index)).map((m) => ({ from: m.index, to: m.index + m[0].length, names: [nameOfCharacter(m[0])] }));
}

/** A letter of another script than the rest of its word, with the word; `whole`: than the rest of the wording. */
export interface Mixed extends Unseen { readonly word: string; readonly whole?: true }

interface Letter { readonly letter: string; readonly from: number; readonly script: string | undefined }
interface Word { readonly word: string; readonly letters: readonly Letter[]; readonly scripts: ReadonlySet<string> }

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORDS)].map((word) => {
    const letters = [...word[0].matchAll(/\p{L}/gu)].map((m) => ({ letter: m[0], from: word.index + m.index, script: scriptOf(m[0]) })).filter((l) => l.script);
    return { word: word[0], letters, scripts: new Set(letters.map((l) => l.script!)) };
  });
}

const named = ({ letter, from, script }: Letter, word: string, whole?: true): Mixed => ({ from, to: from + letter.length, names: [ofScript(script!, letter)], word, ...(whole && { whole }) });

function mixedWithin({ word, letters, scripts }: Word): Mixed[] {
  if (scripts.size < 2) return [];
  const count = (script: string) => letters.filter((l) => l.script === script).length, most = Math.max(...[...scripts].map(count));
  const main = scripts.has('Latin') && count('Latin') === most ? 'Latin' : [...scripts].find((script) => count(script) === most)!;
  const odd = letters.filter((l) => l.script !== main);
  const alike = odd.some((l) => hasTwin(l.letter)) || (main !== 'Latin' && letters.some((l) => l.script === main && hasTwin(l.letter)));
  return alike ? odd.map((one) => named(one, word)) : [];
}

/** Words of a script of which the wording has nothing but letters that are drawn as Latin ones, among Latin words. */
function disguised(words: readonly Word[]): Mixed[] {
  if (!words.some(({ scripts }) => scripts.has('Latin'))) return [];
  const honest = new Set(words.flatMap(({ letters }) => letters.filter((l) => !isAsLatin(l.letter)).map((l) => l.script!)));
  return words.filter(({ scripts }) => scripts.size === 1 && !scripts.has('Latin') && !honest.has([...scripts][0]!)).flatMap(({ word, letters }) => letters.map((one) => named(one, word, true)));
}

const KANA_LOOKALIKE = /(?<=\p{Script=Han})(?:[ニロエタハトヘー]|カ(?![月所国國年条箇]))|(?:[ニロエタハトヘー]|カ(?![月所国國年条箇]))(?=\p{Script=Han})/gu;

/** Katakana that are drawn as Chinese characters are, in a wording that has no other kana; カ月 counts months. */
function disguisedKana(text: string): Mixed[] {
  const found = [...text.matchAll(KANA_LOOKALIKE)];
  if (found.length === 0 || /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(text.replace(KANA_LOOKALIKE, ''))) return [];
  return found.map((m) => ({ from: m.index, to: m.index + 1, names: [ofScript('Katakana', m[0])], word: text.slice(Math.max(0, m.index - 1), m.index + 2), whole: true }));
}

/** Nothing but Latin letters, signs, figures and spaces: there is no second script in it. Every drawing of a card asks, and most wordings are so. */
const LATIN_ALONE = /^[\u0000-\u024F\u2000-\u206F]*$/;

/** The letters of another script, within a word or as a word, that look like letters of the rest of it. */
export function mixedIn(text: string): Mixed[] {
  if (LATIN_ALONE.test(text)) return [];
  const words = wordsOf(text);
  return [...words.flatMap(mixedWithin), ...disguised(words), ...disguisedKana(text)];
}

/** Stretches of letters under combining strokes. */
export function strokesIn(text: string): Unseen[] {
  return [...text.matchAll(STRUCK)].map((m) => {
    const strokes = [...m[0].matchAll(STROKES)], letters = m[0].length - strokes.reduce((n, s) => n + s[0].length, 0);
    return { from: m.index, to: m.index + m[0].length, names: [{ is: 'stroke', script: STROKE_NAMES[strokes[0]![0]] ?? 'other', n: letters }] };
  });
}

const IGNORED = /\p{Default_Ignorable_Code_Point}|\u061C/gu;

/** Whatever of `text` is not drawn as it is written: letters of other scripts, full-width and decomposed ones, unlike dashes. */
function unlikeIn(text: string): Unseen[] {
  return [...lookalikesAmongFigures(text).map(({ from, to, sign }): Unseen => ({ from, to, names: [{ is: sign === '0' ? 'figure' : 'letter', sign }] })), ...[...text.matchAll(/(?:[^\p{M}]\p{M}*|\p{M}+)/gu)].flatMap((m): Unseen[] => {
    const cluster = m[0], composed = cluster.normalize('NFC'), one = { from: m.index, to: m.index + cluster.length }, ignored = cluster.length > 1 ? [...cluster.matchAll(IGNORED)] : [];
    if (ignored.length > 0) return [{ ...one, names: eachOnce(ignored.map((sign) => nameOfCharacter(sign[0]))) }];
    if (/^\s$|^[\p{ASCII}]$/u.test(cluster)) return [];
    if (composed !== cluster) return [{ ...one, names: [{ is: [...composed].length === 1 && cluster.length > 1 ? 'decomposed' : 'compatibility', sign: composed }] }];
    return lookOf(cluster) === cluster ? [] : [{ ...one, names: [nameOfCharacter(cluster)] }];
  })];
}

const apart = (found: readonly Unseen[]): Unseen[] => {
  const out: Unseen[] = [];
  for (const one of [...found].sort((a, b) => a.from - b.from || b.to - a.to)) if (one.from >= (out.at(-1)?.to ?? 0)) out.push(one);
  return out;
};

/** `text` with each of `found` named behind what can be seen of it. */
function naming(text: string, found: readonly Unseen[], wording: Wording): string {
  let out = '', at = 0;
  for (const { from, to, names } of found) {
    out += `${text.slice(at, from)}${visible(text.slice(from, to))}⟨${names.map((name) => characterWords(name, wording)).join(', ')}⟩`;
    at = to;
  }
  return out + text.slice(at);
}

const visible = (piece: string): string => piece.replace(STROKES, '').replace(UNSEEN, '').replace(/^ +$/u, '');

/** Stands for a direction: without letters that are written so it shows what is beside it in another order than it is written. */
export const misdirects = ({ names }: Unseen): boolean => names.some(({ is }) => /(Mark|Embedding|Override|Isolate|Direction)$/.test(is));

const spacesIn = (text: string): Unseen[] => [...text.matchAll(SPACES)].map((m) => ({ from: m.index, to: m.index + m[0].length, names: [{ is: 'spaces', n: m[0].length }] }));

/** Spaces, hyphens and the like that nobody tells from ordinary ones; `unseen` as `unseenIn` gives it. */
const namedWhereDifferent = (text: string, unseen = unseenIn(text)): Unseen[] => [...unseen.filter((one) => !misdirects(one)), ...spacesIn(text)];

/** How often each name stands in `found`. */
export function countsOfNames(found: readonly Unseen[]): { readonly of: (one: Unseen) => number } {
  const counts = new Map<string, number>();
  for (const { names } of found) counts.set(keyOf(names), (counts.get(keyOf(names)) ?? 0) + 1);
  return { of: ({ names }) => counts.get(keyOf(names)) ?? 0 };
}

const keyOf = (names: readonly CharacterName[]): string => JSON.stringify(names);

/** The names, each once. */
export const eachOnce = (names: readonly CharacterName[]): CharacterName[] => [...new Map(names.map((name) => [keyOf([name]), name])).values()];

/**
 * A wording in which everything that cannot be seen is named, for reading and for reading aloud: `co⟨soft hyphen⟩operation`. `beside` is the wording it is set
 * against: a space or hyphen that stands as often there is no difference and not named. Where the two look the same, what makes them differ is named too
 * (`с⟨Cyrillic с⟩ooperation`), so that two unlike wordings never read alike.
 */
export function legible(text: string, wording: Wording, beside?: string): string {
  const unseen = unseenIn(text), always = [...strokesIn(text), ...unseen.filter(misdirects), ...mixedIn(text)], whereDifferent = namedWhereDifferent(text, unseen);
  if (beside === undefined) return naming(text, apart([...always, ...whereDifferent]), wording);
  if (beside !== text && lookOf(beside) === lookOf(text)) return naming(text, apart([...always, ...whereDifferent, ...unlikeIn(text)]), wording);
  const here = countsOfNames(whereDifferent), there = countsOfNames(whereDifferent.length === 0 ? [] : namedWhereDifferent(beside));
  return naming(text, apart([...always, ...whereDifferent.filter((one) => here.of(one) !== there.of(one))]), wording);
}

const NOTHING_BUT_SPACE = /^[\p{Zs}\p{Default_Ignorable_Code_Point}\u061C]+$/u;

/** "a space", "2 spaces", "a no-break space": what a wording of nothing visible is; null for any other. */
export function spaceName(text: string, wording: Wording): string | null {
  if (/^ +$/.test(text)) return wording.message('text.space.plain', { n: text.length });
  if (!NOTHING_BUT_SPACE.test(text)) return null;
  return wording.listed([...text].map((c) => {
    const name = characterWords(nameOfCharacter(c), wording);
    return c === ' ' ? wording.message('text.space.plain', { n: 1 }) : wording.message('text.space.named', { name, begins: /^[aeiou]/i.test(name) ? 'vowel' : 'consonant' });
  }));
}

/** Whether a wording has letters that are written from right to left; without any, a direction mark in it can only mislead. */
export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export type Direction = 'left-to-right' | 'right-to-left';

/** The direction in which a wording is written: that of its first letter; null where it has none. Signs of direction that nobody sees decide nothing. */
export function directionOf(text: string): Direction | null {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter === undefined ? null : RIGHT_TO_LEFT.test(letter) ? 'right-to-left' : 'left-to-right';
}
