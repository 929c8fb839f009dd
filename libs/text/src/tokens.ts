import type { Slot } from './slot.ts';
import { isPlainHan, LONE, TOKEN } from './token-pattern.ts';

/** Tokens of a slot, as `token-pattern.ts` cuts them. Hunks are named in acts and replayed by the verifier: a change here renames them and needs another COMPARE_VERSION. */
export interface Tokens {
  /** The words alone, as `textOf` gives them. */
  readonly text: string;
  /** What two tokens must share to be equal: the token's text and its marks. */
  readonly keys: readonly string[];
  /** Offset of each token; one more entry than tokens, the last being the length. */
  readonly at: readonly number[];
  readonly classes: readonly number[];
  /** Price of leaving a token unmatched. */
  readonly weights: readonly number[];
  /** Which marks belong together, as `pairs.ts` finds them; null until it is asked. */
  pairs: ReadonlyMap<number, number> | null;
}

export const SPACE = 0, PUNCTUATION = 1, STOP = 2, COMMA = 3, SHORT = 4, WORD = 5, HAN = 6;

const PRICE = [25, 100, 500, 100, 200, 600, 300];
const SHORT_LETTERS = 3;

const STOPS = /^[.;:?!。；：？！]/;
const COMMAS = /^[,，、]/;

function classOf(match: RegExpExecArray): number {
  const [words, space, value, short, katakana, character, letters] = match;
  if (space !== undefined) return SPACE;
  if (letters !== undefined) return words.length <= SHORT_LETTERS ? SHORT : WORD;
  if (character !== undefined || LONE.test(words)) return HAN;
  if (value !== undefined || short !== undefined || katakana !== undefined) return WORD;
  return STOPS.test(words) ? STOP : COMMAS.test(words) ? COMMA : PUNCTUATION;
}

/** Keys with marks: a mark that begins or ends inside a token is part of its key. `starts` are the offsets of the tokens. */
function markKeys(slot: Slot, words: readonly string[], starts: readonly number[]): string[] {
  let run = 0, runEnd = slot[0]!.t.length;
  return words.map((word, i) => {
    const start = starts[i]!, end = start + word.length;
    while (runEnd <= start) runEnd += slot[++run]!.t.length;
    let key = slot[run]!.m ? `${word}\0${slot[run]!.m}` : word;
    while (runEnd < end) {
      key += `\0${runEnd - start} ${slot[++run]!.m ?? ''}`;
      runEnd += slot[run]!.t.length;
    }
    return key;
  });
}

/** The token at `at` by the one expression; its class. */
function read(text: string, at: number, words: string[]): number {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(text)!;
  words.push(match[0]);
  return classOf(match);
}

const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;

/** A capital with which no month begins. */
const isPlainCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a && !MONTHS_BEGIN.has(code);
const MONTHS_BEGIN = new Set([...'JFMASOND'].map((c) => c.charCodeAt(0)));

/** No abbreviation that keeps its point is as long. */
const LONG = 8;

/**
 * Where the token at `at` ends, if it is what stands most often: one space, a comma, semicolon or point before a space, letters before one of these, a Chinese character with which
 * no value begins. Else `at`. The expression would give the same, at many times the cost.
 */
function plainEnd(text: string, at: number): number {
  const code = text.charCodeAt(at), next = text.charCodeAt(at + 1);
  if (code === 0x20) return next > 0x20 && next < 0x7f ? at + 1 : at;
  if (isMark(code)) return next === 0x20 ? at + 1 : at;
  if (isPlainHan(code)) return next >= 0x3000 && next <= 0x9fff ? at + 1 : at;
  return isSmall(code) || (isPlainCapital(code) && isSmall(next)) ? plainWordEnd(text, at) : at;
}

function plainWordEnd(text: string, at: number): number {
  let end = at + 1;
  while (isSmall(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  return next === 0x20 || next === 0x2c || next === 0x3b || (next === 0x2e && end - at >= LONG && text.charCodeAt(end + 1) === 0x20) ? end : at;
}

/** Comma, semicolon, full stop. */
const isMark = (code: number): boolean => code === 0x2c || code === 0x3b || code === 0x2e;

function plainClass(code: number, length: number): number {
  if (code === 0x20) return SPACE;
  if (isMark(code)) return code === 0x2c ? COMMA : STOP;
  return code > 0x7a ? HAN : length <= SHORT_LETTERS ? SHORT : WORD;
}

function tokenise(slot: Slot): Tokens {
  const text = slot.length === 1 ? slot[0]!.t : slot.map((r) => r.t).join('');
  const words: string[] = [], starts: number[] = [], classes: number[] = [], weights: number[] = [];
  for (let at = 0; at < text.length; at += words.at(-1)!.length) {
    const plain = plainEnd(text, at);
    const kind = plain === at ? read(text, at, words) : words.push(text.slice(at, plain)) && plainClass(text.charCodeAt(at), plain - at);
    starts.push(at);
    classes.push(kind);
    weights.push(PRICE[kind]!);
  }
  const keys = slot.some((r) => r.m) ? markKeys(slot.filter((r) => r.t), words, starts) : words;
  starts.push(text.length);
  return { text, keys, at: starts, classes, weights, pairs: null };
}

const known = new WeakMap<Slot, Tokens>();

/** The tokens of `slot`, kept as long as the slot itself is. They cover the text without gaps and never part a surrogate pair. */
export function tokensOf(slot: Slot): Tokens {
  let tokens = known.get(slot);
  if (!tokens) known.set(slot, tokens = tokenise(slot));
  return tokens;
}

/** True for what is read as a word: letters, a number, a Chinese character. */
export const isWord = (tokens: Tokens, i: number): boolean => tokens.classes[i]! >= SHORT;

export const isStop = (tokens: Tokens, i: number): boolean => tokens.classes[i] === STOP;

/** One Chinese character or a mark that ends no sentence. */
export const isIsland = (tokens: Tokens, i: number): boolean => [HAN, PUNCTUATION, COMMA].includes(tokens.classes[i]!);

export const isGap = (tokens: Tokens, i: number): boolean => tokens.classes[i] === SPACE || tokens.classes[i] === COMMA;

export const wordAt = (tokens: Tokens, i: number): string => tokens.text.slice(tokens.at[i], tokens.at[i + 1]);

/** The token that begins at `offset`; where none does, the one that holds it. */
export function tokenAt(tokens: Tokens, offset: number): number {
  let low = 0, high = tokens.keys.length;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (tokens.at[mid]! <= offset) low = mid; else high = mid - 1;
  }
  return low;
}
