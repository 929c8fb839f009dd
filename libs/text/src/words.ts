import type { Slot } from './slot.ts';
import { isWord, tokensOf, wordAt } from './tokens.ts';

/** The words of a text without marks, spaces and capitals, each with its price. */
export interface Words { readonly list: readonly string[]; readonly weights: readonly number[]; readonly total: number }

/** The words of one slot, with the offsets at which each begins and ends. */
export interface SlotWords extends Words { readonly at: readonly number[]; readonly ends: readonly number[] }

const known = new WeakMap<Slot, SlotWords>();

export function wordsOf(slot: Slot): SlotWords {
  let words = known.get(slot);
  if (!words) known.set(slot, (words = read(slot)));
  return words;
}

function read(slot: Slot): SlotWords {
  const tokens = tokensOf(slot), list: string[] = [], weights: number[] = [], at: number[] = [], ends: number[] = [];
  for (let i = 0; i < tokens.keys.length; i++) {
    if (!isWord(tokens, i)) continue;
    list.push(wordAt(tokens, i).toLowerCase());
    weights.push(tokens.weights[i]!);
    at.push(tokens.at[i]!);
    ends.push(tokens.at[i + 1]!);
  }
  return { list, weights, at, ends, total: weights.reduce((sum, w) => sum + w, 0) };
}

export const joinedWords = (all: readonly Words[]): Words => ({
  list: all.flatMap((w) => w.list), weights: all.flatMap((w) => w.weights), total: all.reduce((sum, w) => sum + w.total, 0),
});

const FUNCTION_WORDS = new Set(('with from that this shall will have each such their which upon into been were must should would could other than when then them they also only both either these '
  + 'those there where being under over after before whether unless until about between within without').split(' '));
const LETTERS = /^\p{L}[\p{L}\p{M}'’‑-]*$/u, NUMERAL = /^[〇零一二三四五六七八九十百千万萬亿億两兩半壹贰叁肆伍陆柒捌玖拾佰仟第的之了和与及或在于对就等]/u, HAN = /^\p{Script=Han}/u;

/** True for a word that says what a sentence is about: no value, no little word. */
export const isContent = (word: string): boolean => (HAN.test(word) ? !NUMERAL.test(word) : LETTERS.test(word) && word.length > 3 && !FUNCTION_WORDS.has(word));

/** Where the weightiest run of words that stands in both begins in each, and how many words it has. */
export interface Run { readonly inA: number; readonly inB: number; readonly length: number }

/** More cells than this are not compared: a bound in steps. */
const CELLS = 250_000;

/** The weightiest common run of words; null where there is none, or where the lists are too long to tell. */
export function weightiestRun(a: Words, b: Words): Run | null {
  if (a.list.length * b.list.length > CELLS) return null;
  let best: Run | null = null, most = 0;
  let lengths = new Int32Array(b.list.length + 1), sums = new Int32Array(b.list.length + 1);
  for (let i = 1; i <= a.list.length; i++) {
    const length = new Int32Array(b.list.length + 1), sum = new Int32Array(b.list.length + 1);
    for (let j = 1; j <= b.list.length; j++) {
      if (a.list[i - 1] !== b.list[j - 1]) continue;
      length[j] = lengths[j - 1]! + 1;
      sum[j] = sums[j - 1]! + a.weights[i - 1]!;
      if (sum[j]! > most) { most = sum[j]!; best = { inA: i - length[j]!, inB: j - length[j]!, length: length[j]! }; }
    }
    [lengths, sums] = [length, sum];
  }
  return best;
}

/** The weight of the words that stand in both, each as often as in both. */
export function sharedWeight(a: Words, b: Words): number {
  const left = new Map<string, number>();
  for (const word of a.list) left.set(word, (left.get(word) ?? 0) + 1);
  let sum = 0;
  b.list.forEach((word, i) => {
    const n = left.get(word) ?? 0;
    if (n > 0) { sum += b.weights[i]!; left.set(word, n - 1); }
  });
  return sum;
}
