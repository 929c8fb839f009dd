import type { Slot } from './slot.ts';

/**
 * Tokens of a slot (COMPARE 2.1). Hunks are named in acts and replayed by the verifier, so tokens must be the same in every engine and
 * year: an own regular expression over fixed code point ranges, neither `Intl.Segmenter` nor Unicode properties. Changing anything here
 * renames hunks of recorded negotiations and needs another COMPARE_VERSION.
 */
export interface Tokens {
  /** The words alone, as `textOf` gives them. */
  readonly text: string;
  /** What two tokens must share to be equal: the token's text and its marks. */
  readonly keys: readonly string[];
  /** Offset of each token; one more entry than tokens, the last being the length. */
  readonly at: readonly number[];
  readonly classes: readonly number[];
  /** Price of leaving a token unmatched (COMPARE 2.2). */
  readonly weights: readonly number[];
}

export const SPACE = 0, PUNCTUATION = 1, STOP = 2, COMMA = 3, SHORT = 4, WORD = 5, HAN = 6;

const PRICE = [25, 100, 500, 100, 200, 600, 300];
const SHORT_LETTERS = 3;

const NUMERALS = '〇零一二三四五六七八九十百千万萬亿億两兩';
const CJK = '\\u2E80-\\u2FDF\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303B\\u3041-\\u30FF\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\uFF66-\\uFF9F\\u{20000}-\\u{3FFFF}';
const LETTER = 'A-Za-z\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u036F\\u0370-\\u037D\\u037F-\\u0386\\u0388-\\u0482\\u0483-\\u0559\\u0560-\\u0588\\u0591-\\u05BD'
  + '\\u05C1-\\u05F2\\u0610-\\u061A\\u0620-\\u0669\\u066E-\\u06D3\\u06D5-\\u06FF\\u0750-\\u07F5\\u0800-\\u0963\\u0966-\\u096F\\u0971-\\u1FFF\\u2C00-\\u2DFF\\uA4D0-\\uD7AF\\uFB00-\\uFDFF\\uFE70-\\uFEFC\\uFF10-\\uFF19\\uFF21-\\uFF3A\\uFF41-\\uFF5A';
/** Signs that belong to the character before them: a hunk must not part a letter from its accent or an emoji from its colour. */
const ATTACHED = '[\\u0300-\\u036F\\u20D0-\\u20FF\\uFE00-\\uFE0F\\u{1F3FB}-\\u{1F3FF}\\u{E0100}-\\u{E01EF}]';

const TOKEN = new RegExp(
  `([0-9]+(?:[.,:][0-9]+)*|[${NUMERALS}]{2,})`
  + `|([${CJK}]${ATTACHED}*)`
  + `|([${LETTER}][${LETTER}0-9]*(?:['’-][${LETTER}0-9]+)*)`
  + '|(\\s+)'
  + `|[^](?:${ATTACHED}|\\u200D[^])*`, 'gu');
const STOPS = /^[.;:?!。；：？！]/;
const COMMAS = /^[,，、]/;

function classOf(match: RegExpExecArray): number {
  if (match[4] !== undefined) return SPACE;
  if (match[3] !== undefined) return match[3].length <= SHORT_LETTERS ? SHORT : WORD;
  if (match[1] !== undefined) return WORD;
  if (match[2] !== undefined) return HAN;
  return STOPS.test(match[0]) ? STOP : COMMAS.test(match[0]) ? COMMA : PUNCTUATION;
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

function tokenise(slot: Slot): Tokens {
  const text = slot.length === 1 ? slot[0]!.t : slot.map((r) => r.t).join('');
  const words: string[] = [], starts: number[] = [], classes: number[] = [], weights: number[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    words.push(match[0]);
    starts.push(match.index);
    const kind = classOf(match);
    classes.push(kind);
    weights.push(PRICE[kind]!);
  }
  const keys = slot.some((r) => r.m) ? markKeys(slot.filter((r) => r.t), words, starts) : words;
  starts.push(text.length);
  return { text, keys, at: starts, classes, weights };
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
