import type { Hunk } from './compare.ts';
import { isFrame } from './link-frame.ts';
import type { Tie } from './link-tie.ts';
import type { Slot } from './slot.ts';
import { isStop, isWord, type Tokens, tokenAt, tokensOf, wordAt } from './tokens.ts';
import { isContent, type Run, weightiestRun, type Words, wordsOf } from './words.ts';

/** A hunk by its place and words, as acts name it. */
export type Change = Pick<Hunk, 'from' | 'to' | 'removed' | 'inserted'>;

/** Hunks of one slot that stand in one sentence: no kept end of a sentence lies between them. */
export interface Sentence { readonly first: number; readonly last: number }

/** How much of a sentence may stay for it to count as rewritten: of the heavier wording, of the lighter. */
const KEPT_OF_HEAVIER = 0.6, KEPT_OF_LIGHTER = 0.7;
const RUN = 1_000, SHORT_RUN = 600, MOST = 0.5;

/** The hunks of a slot by sentences, in order. */
export function sentencesOf(common: Slot, hunks: readonly Pick<Hunk, 'from' | 'to'>[]): Sentence[] {
  const tokens = tokensOf(common), out: { first: number; last: number }[] = [];
  hunks.forEach((h, k) => {
    const last = out.at(-1);
    if (last && !stopBetween(tokens, hunks[k - 1]!.to, h.from)) last.last = k;
    else out.push({ first: k, last: k });
  });
  return out;
}

function stopBetween(tokens: Tokens, from: number, to: number): boolean {
  for (let i = tokenAt(tokens, from); i < tokens.keys.length && tokens.at[i]! < to; i++) if (tokens.at[i]! >= from && isStop(tokens, i)) return true;
  return false;
}

const weigh = (tokens: Tokens, from: number, to: number): number => {
  let sum = 0;
  for (let i = tokenAt(tokens, from); i < tokens.keys.length && tokens.at[i]! < to; i++) if (tokens.at[i]! >= from && isWord(tokens, i)) sum += tokens.weights[i]!;
  return sum;
};

/** Where the kept stop before `offset` ends, and where the one after it begins. */
function edges(tokens: Tokens, from: number, to: number): [number, number] {
  let low = tokenAt(tokens, from), high = tokenAt(tokens, to);
  while (low > 0 && !isStop(tokens, low - 1)) low--;
  while (high < tokens.keys.length && !isStop(tokens, high)) high++;
  return [tokens.at[low]!, tokens.at[high]!];
}

/** True when more of the sentence is rewritten than stays: its hunks are one proposal, read as one replacement. */
export function isRewritten(common: Slot, hunks: readonly Change[], { first, last }: Sentence): boolean {
  if (first === last) return false;
  const tokens = tokensOf(common), [from, to] = edges(tokens, hunks[first]!.from, hunks[last]!.to);
  const some = hunks.slice(first, last + 1);
  const gone = some.reduce((sum, h) => sum + wordsOf(h.removed).total, 0), come = some.reduce((sum, h) => sum + wordsOf(h.inserted).total, 0);
  const before = weigh(tokens, from, to), kept = before - gone, after = kept + come;
  return kept < KEPT_OF_HEAVIER * Math.max(before, after) && kept < KEPT_OF_LIGHTER * Math.min(before, after);
}

/** The weight of the words of `run` that `a` only takes and `b` only brings; 0 where no word of them says what the sentence is about. */
export function movedWeight(a: Words, kept: Words, b: Words, gone: Words, run: Run): number {
  const still = new Set([...kept.list, ...gone.list]);
  let sum = 0, content = false;
  for (let k = run.inA; k < run.inA + run.length; k++) {
    if (still.has(a.list[k]!) && isContent(a.list[k]!)) continue;
    sum += a.weights[k]!;
    content ||= isContent(a.list[k]!);
  }
  return content ? sum : 0;
}

/** All that one takes is all that the other brings. */
export const isSame = (taken: Words, kept: Words, brought: Words, gone: Words): boolean =>
  kept.total === 0 && gone.total === 0 && taken.list.length > 1 && taken.list.join('\0') === brought.list.join('\0');

/** One takes words that the other brings, in one sentence. */
function isMoved(g: Hunk, h: Hunk): boolean {
  const taken = wordsOf(g.removed), brought = wordsOf(h.inserted);
  if (taken.total >= SHORT_RUN && isSame(taken, wordsOf(g.inserted), brought, wordsOf(h.removed))) return true;
  const run = taken.list.length > 0 && brought.list.length > 0 ? weightiestRun(taken, brought) : null;
  if (!run) return false;
  const weight = movedWeight(taken, wordsOf(g.inserted), brought, wordsOf(h.removed), run);
  return weight >= RUN || (weight >= SHORT_RUN && weight >= MOST * Math.min(taken.total, brought.total));
}

const CONNECTORS = /^(?:,|，|、|;|and|or|nor|as well as|和|及|与|與|或|以及)$/i;
const JOINING = /^(?:and|or|nor|和|及|与|與|或)$/i;
const PAIRED = /^(?:both|either|neither)$/i;
const NUMBER = /^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|each|every|all|both|several|many|some|these|those|this|that|few|[0-9]+)$/i;
const VERBS = [['is', 'are'], ['was', 'were'], ['has', 'have'], ['does', 'do'], ['its', 'their'], ['it', 'they'], ['this', 'these'], ['that', 'those']];
const NEAR = 60;

const visible = (slot: Slot): string[] => {
  const tokens = tokensOf(slot);
  return tokens.keys.map((_, i) => wordAt(tokens, i)).filter((w) => w.trim() !== '');
};
const allWords = (h: Hunk): string[] => [...visible(h.removed), ...visible(h.inserted)];

/** One word that stands in another number: `point`, `points`. */
function renumbered(h: Hunk): boolean {
  const [a, b] = [visible(h.removed), visible(h.inserted)];
  if (a.length !== 1 || b.length !== 1) return false;
  const [short, long] = [a[0]!, b[0]!].sort((x, y) => x.length - y.length) as [string, string];
  return long === `${short}s` || long === `${short}es` || (short.endsWith('y') && long === `${short.slice(0, -1)}ies`);
}

function agrees(h: Hunk): boolean {
  const [a, b] = [visible(h.removed), visible(h.inserted)].map((w) => w.map((x) => x.toLowerCase()));
  return a!.length === 1 && b!.length === 1 && VERBS.some((v) => v.includes(a![0]!) && v.includes(b![0]!) && a![0] !== b![0]);
}

const only = (h: Hunk, what: RegExp): boolean => { const words = allWords(h); return words.length > 0 && words.every((w) => what.test(w)); };
const holds = (h: Hunk, what: RegExp): boolean => allWords(h).some((w) => what.test(w));

/** `both`, `either`, `neither` stands on one side of it alone. */
const pairs = (h: Hunk): boolean => visible(h.removed).some((w) => PAIRED.test(w)) !== visible(h.inserted).some((w) => PAIRED.test(w));

/** What the little hunk leans on: a comma or `and` on the hunk of its list, `both` on its `and`, a number of verb or noun on what changed it. */
function leansOn(h: Hunk): ((other: Hunk) => boolean) | null {
  if (only(h, CONNECTORS)) return (other) => holds(other, CONNECTORS) && !only(other, CONNECTORS);
  if (pairs(h)) return (other) => holds(other, JOINING);
  if (agrees(h)) return (other) => renumbered(other) || only(other, NUMBER);
  if (renumbered(h)) return (other) => only(other, NUMBER);
  return null;
}

/** `a` and `an` go with the word behind them. */
const isArticle = (h: Hunk): boolean => /^an?$/i.test(visible(h.removed).join(' ')) && /^an?$/i.test(visible(h.inserted).join(' '));

/** Both ends of two values that one word joins: `[3 and] 5 [and 7]`. */
function isShift(common: Slot, g: Hunk, h: Hunk): boolean {
  const ends = (removed: Slot, inserted: Slot) => removed.length > 0 && inserted.length === 0 && visible(removed).some((w) => /\d|[一二三四五六七八九十百千万]/.test(w));
  const tokens = tokensOf(common), between: string[] = [];
  for (let i = tokenAt(tokens, g.to); i < tokens.keys.length && tokens.at[i]! < h.from; i++) if (isWord(tokens, i)) between.push(wordAt(tokens, i));
  return between.length === 1 && /\d|[一二三四五六七八九十百千万]/.test(between[0]!) && ((ends(g.removed, g.inserted) && ends(h.inserted, h.removed)) || (ends(g.inserted, g.removed) && ends(h.removed, h.inserted)));
}

const JOINS = /^(?:and|or|nor|but|to|through|until|和|及|与|與|或|至|到)$/i;

/** A joining word goes from one side of what stays to the other: `[Monday to] Friday [to Sunday]`. Each alone leaves half of a pair. */
function slides(g: Hunk, h: Hunk): boolean {
  const slid = (from: Slot, to: Slot): boolean => { const word = visible(from).at(-1); return word !== undefined && JOINS.test(word) && visible(to)[0]?.toLowerCase() === word.toLowerCase(); };
  if (gap(g, h) > NEAR) return false;
  return (g.inserted.length === 0 && h.removed.length === 0 && slid(g.removed, h.inserted)) || (g.removed.length === 0 && h.inserted.length === 0 && slid(g.inserted, h.removed));
}

/** The hunks of one sentence that belong together. */
export function tiesWithin(common: Slot, hunks: readonly Hunk[], { first, last }: Sentence): Tie[] {
  const ties: Tie[] = [];
  for (let k = first; k <= last; k++) {
    const h = hunks[k]!, next = hunks[k + 1];
    for (let m = first; m <= last; m++) if (m !== k && (isMoved(h, hunks[m]!) || (m > k && isFrame(h, hunks[m]!)))) ties.push([k, m]);
    if (k < last && (isShift(common, h, next!) || slides(h, next!) || (isArticle(h) && next!.from - h.to <= 1))) ties.push([k, k + 1]);
    const fits = leansOn(h);
    const near = fits === null ? [] : Array.from({ length: last - first + 1 }, (_, n) => first + n)
      .filter((m) => m !== k && gap(h, hunks[m]!) <= NEAR && fits(hunks[m]!)).sort((x, y) => gap(h, hunks[x]!) - gap(h, hunks[y]!));
    if (near.length > 0) ties.push([k, near[0]!]);
  }
  return ties;
}

const gap = (g: Hunk, h: Hunk): number => Math.max(h.from - g.to, g.from - h.to);
