import { liesBetween } from './distance.ts';
import { type BracketPlace, layOutHunks } from './layout.ts';
import { EMPTY_SLOT, equalSlots, lengthOf, normal, type Slot, slice, type Splice, textOf } from './slot.ts';
import { SPACE, tokensOf } from './tokens.ts';
import { sharedWeight, wordsOf } from './words.ts';

/** A slot that has followed: its words, the splices that bring the draft's slot there, from the end, and the ranges of it that are marked. */
export interface FollowedSlot {
  readonly slot: Slot;
  readonly splices: readonly Splice[];
  /** `from..to` of the resulting slot; `now`: what the position reads there. */
  readonly marked: readonly { readonly from: number; readonly to: number; readonly now: Slot }[];
}

/** A stretch of the base, with what the position and the draft have in its place. */
interface Stretch { readonly from: number; readonly to: number; readonly by: 'now' | 'own' | 'both'; readonly now: Slot; readonly own: Slot }

interface Outcome { readonly words: Slot; readonly marked: boolean }

function stretchOf(base: Slot, { from, to, alternatives }: BracketPlace): Stretch {
  const of = (party: string): Slot | undefined => alternatives.find(({ parties }) => parties.includes(party))?.text;
  const now = of('now'), own = of('own'), as = slice(base, from, to);
  return { from, to, by: now && own ? 'both' : now ? 'now' : 'own', now: now ?? as, own: own ?? as };
}

const isSpace = (slot: Slot): boolean => textOf(slot).trim() === '';

/** Words that a text over a stretch has and the base has not there, each as often. */
function broughtIn(base: Slot, text: Slot): readonly string[] {
  const left = new Map<string, number>();
  for (const word of wordsOf(base).list) left.set(word, (left.get(word) ?? 0) + 1);
  return wordsOf(text).list.filter((word) => {
    const n = left.get(word) ?? 0;
    left.set(word, n - 1);
    return n <= 0;
  });
}

/** Whether the position brings words in one of two neighbours that the draft brings in the other. */
function shareWords(base: Slot, a: Stretch, b: Stretch): boolean {
  const brings = (s: Stretch, text: Slot): readonly string[] => broughtIn(slice(base, s.from, s.to), text);
  const share = (now: Stretch, own: Stretch): boolean => { const words = new Set(brings(own, own.own)); return words.size > 0 && brings(now, now.now).some((word) => words.has(word)); };
  return (a.by !== 'own' && b.by !== 'now' && share(a, b)) || (a.by !== 'now' && b.by !== 'own' && share(b, a));
}

/** Neighbours that touch, a space aside, and share words are one stretch: the same words, written a little beside each other. */
function joined(base: Slot, stretches: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const one of stretches) {
    const last = out.at(-1), gap = last ? slice(base, last.to, one.from) : EMPTY_SLOT;
    if (last && isSpace(gap) && shareWords(base, last, one)) {
      out[out.length - 1] = { from: last.from, to: one.to, by: 'both', now: normal([...last.now, ...gap, ...one.now]), own: normal([...last.own, ...gap, ...one.own]) };
    } else out.push(one);
  }
  return out;
}

const all = (slot: Slot): readonly string[] => { const { keys, classes } = tokensOf(slot); return keys.filter((_, i) => classes[i] !== SPACE); };

/** Whether all that leads from `base` to `middle` is done in `end`, marks and punctuation too. */
const isOnTheWay = (middle: Slot, base: Slot, end: Slot): boolean => liesBetween(all(middle), all(base), all(end));
const areWordsOnTheWay = (middle: Slot, base: Slot, end: Slot): boolean => liesBetween(wordsOf(middle).list, wordsOf(base).list, wordsOf(end).list);

const sameWords = (a: Slot, b: Slot): boolean => wordsOf(a).list.join('\0') === wordsOf(b).list.join('\0');

/** Two insertions at one point that say different things: fewer than half of the words of the shorter one stand in the other, too. */
function areUnlike(now: Slot, own: Slot): boolean {
  const a = wordsOf(now), b = wordsOf(own), least = Math.min(a.total, b.total);
  return a.total + b.total > 0 && (least === 0 || 2 * sharedWeight(a, b) < least);
}

/** Whether the words of both, one behind the other, are still the same words: `24` and `48` are not. */
const keepApart = (now: Slot, own: Slot): boolean => wordsOf(normal([...now, ...own])).list.length === wordsOf(now).list.length + wordsOf(own).list.length;

/** What the draft reads in a stretch that both have changed. */
function settled(base: Slot, { now, own }: Stretch): Outcome {
  const both = lengthOf(base) === 0 && areUnlike(now, own) && keepApart(now, own);
  if (sameWords(base, now) || (both && sameWords(base, own))) {
    if (isOnTheWay(now, base, own)) return { words: own, marked: false };
    if (isOnTheWay(own, base, now)) return { words: now, marked: false };
  } else {
    if (areWordsOnTheWay(now, base, own)) return { words: own, marked: false };
    if (areWordsOnTheWay(own, base, now)) return { words: now, marked: false };
  }
  return both ? { words: normal([...now, ...own]), marked: false } : { words: own, marked: true };
}

function outcomeOf(base: Slot, stretch: Stretch): Outcome {
  if (stretch.by !== 'both') return { words: stretch.by === 'now' ? stretch.now : stretch.own, marked: false };
  return equalSlots(stretch.now, stretch.own) ? { words: stretch.own, marked: false } : settled(slice(base, stretch.from, stretch.to), stretch);
}

/**
 * How one slot of a draft follows (F2 to F6): `base` is what the position read when the draft last followed, `now` what it reads, `own` the slot of the draft.
 * Takes any three slots and refuses none.
 */
export function followSlot(base: Slot, now: Slot, own: Slot): FollowedSlot {
  const splices: Splice[] = [], marked: FollowedSlot['marked'][number][] = [], runs: Slot[number][] = [];
  let at = 0, inOwn = 0, inResult = 0;
  for (const stretch of joined(base, layOutHunks(base, [{ party: 'now', slot: now }, { party: 'own', slot: own }]).map((place) => stretchOf(base, place)))) {
    const { words, marked: isMarked } = outcomeOf(base, stretch), kept = slice(base, at, stretch.from), before = lengthOf(kept), ownLength = lengthOf(stretch.own), length = lengthOf(words);
    if (!equalSlots(words, stretch.own)) splices.unshift({ from: inOwn + before, to: inOwn + before + ownLength, insert: words });
    if (isMarked) marked.push({ from: inResult + before, to: inResult + before + length, now: stretch.now });
    runs.push(...kept, ...words);
    at = stretch.to;
    inOwn += before + ownLength;
    inResult += before + length;
  }
  return splices.length === 0 ? { slot: own, splices, marked } : { slot: normal([...runs, ...slice(base, at, lengthOf(base))]), splices, marked };
}
