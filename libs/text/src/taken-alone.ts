import { slotKeys, slotOf } from './kinds.ts';
import type { Provision, Text } from './provision.ts';
import { type Slot, textOf } from './slot.ts';
import { isContent, type SlotWords, type Words, wordsOf } from './words.ts';

/** What taking a part of a proposal alone does to words that the rest of it moves. Both empty: nothing. In the words of the text. */
export interface TakenAlone {
  /** Stand more often than in the common text and than in what the party proposes. */
  readonly twice: readonly string[];
  /** Stand in both, and then no longer. */
  readonly gone: readonly string[];
}

/** So much words must weigh together to be counted: a few words that may stand elsewhere too, or one word that stands nowhere else. */
const FEW = 1_000, ONE = 600;
/** The longest run that may follow itself. */
const REPEATED = 6;

/**
 * Asks in both directions, for any script, over all slots and provisions: `accepted` is the common text with some parts of what `position` proposes. Says which words
 * then stand twice, and which are gone, though neither text has them so (J5).
 */
export function takenAlone(common: Text, position: Text, accepted: Text): TakenAlone {
  const [before, wanted, then] = [common, position, accepted].map((text) => differing(text, [common, position, accepted])) as [Slot[], Slot[], Slot[]];
  const [inCommon, inPosition, inThen] = [before, wanted, then].map(counted) as [Counts, Counts, Counts];
  let elsewhere: ReadonlySet<string> | undefined;
  const standsElsewhere = (key: string) => (elsewhere ??= new Set(unchanged(common, [position, accepted]).flatMap((slot) => windows(wordsOf(slot), ONE).map((w) => w.key)))).has(key);
  const alone = (key: string) => !standsElsewhere(key) && of(inCommon.one, key) <= 1 && of(inPosition.one, key) <= 1;
  const more = (key: string, kind: keyof Counts) => of(inThen[kind], key) > Math.max(of(inCommon[kind], key), of(inPosition[kind], key)) && of(inPosition[kind], key) > 0;
  const fewer = (key: string, kind: keyof Counts) => of(inThen[kind], key) < Math.min(of(inCommon[kind], key), of(inPosition[kind], key));
  const echoes = new Set([...before, ...wanted].flatMap((slot) => repeated(wordsOf(slot)).map(({ key }) => key)));
  return {
    twice: phrases(then, (words) => [...windows(words, FEW).filter(({ key }) => more(key, 'few') && of(inCommon.few, key) > 0),
      ...windows(words, ONE).filter(({ key }) => more(key, 'one') && of(inCommon.one, key) > 0 && alone(key)), ...repeated(words).filter(({ key }) => !echoes.has(key))]),
    gone: phrases(before, (words) => [...windows(words, FEW).filter(({ key }) => fewer(key, 'few')), ...windows(words, ONE).filter(({ key }) => fewer(key, 'one') && alone(key))]),
  };
}

const slotsOf = (provision: Provision): Slot[] => slotKeys(provision.kind).map((key) => slotOf(provision, key));
const sameEverywhere = (id: string, provision: Provision, texts: readonly Text[]): boolean => texts.every((t) => t.by.get(id) === provision);

/** The slots of `text` whose provision is not the same value in all the texts. */
const differing = (text: Text, texts: readonly Text[]): Slot[] => text.list.flatMap((id) => (sameEverywhere(id, text.by.get(id)!, texts) ? [] : slotsOf(text.by.get(id)!)));
const unchanged = (text: Text, others: readonly Text[]): Slot[] => text.list.flatMap((id) => (sameEverywhere(id, text.by.get(id)!, others) ? slotsOf(text.by.get(id)!) : []));

interface Window { readonly key: string; readonly from: number; readonly to: number }
interface Counts { readonly few: ReadonlyMap<string, number>; readonly one: ReadonlyMap<string, number> }

/** The shortest runs of words from each word on that weigh `enough` and say something. */
function windows({ list, weights }: Words, enough: number): Window[] {
  const out: Window[] = [];
  for (let from = 0, to = 0, sum = 0; from < list.length; sum -= weights[from]!, from++) {
    while (to < list.length && sum < enough) sum += weights[to++]!;
    if (sum < enough) break;
    const run = list.slice(from, to);
    if (run.some(isContent)) out.push({ key: run.join('\0'), from, to });
  }
  return out;
}

/** Runs that follow themselves: `in the in the`. */
function repeated({ list }: Words): Window[] {
  const out: Window[] = [];
  for (let from = 0; from < list.length; from++) {
    for (let n = 1; n <= REPEATED && from + 2 * n <= list.length; n++) {
      if (list[from] === list[from + n] && list.slice(from, from + n).join('\0') === list.slice(from + n, from + 2 * n).join('\0')) out.push({ key: list.slice(from, from + 2 * n).join('\0'), from, to: from + n });
    }
  }
  return out;
}

const counted = (slots: readonly Slot[]): Counts => ({ few: countPhrases(slots, FEW), one: countPhrases(slots, ONE) });

function countPhrases(slots: readonly Slot[], enough: number): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const slot of slots) for (const { key } of windows(wordsOf(slot), enough)) out.set(key, (out.get(key) ?? 0) + 1);
  return out;
}

const of = (counts: ReadonlyMap<string, number>, key: string): number => counts.get(key) ?? 0;

/** What the found windows cover, as it is written, each wording once. */
function phrases(slots: readonly Slot[], find: (words: SlotWords) => readonly Window[]): string[] {
  const out = new Map<string, string>();
  for (const slot of slots) {
    const words = wordsOf(slot), text = textOf(slot), marked = new Set<number>();
    for (const { from, to } of find(words)) for (let k = from; k < to; k++) marked.add(k);
    for (let k = 0; k < words.list.length; k++) {
      if (!marked.has(k) || marked.has(k - 1)) continue;
      let last = k;
      while (marked.has(last + 1)) last++;
      const phrase = text.slice(words.at[k], words.ends[last]);
      if (!out.has(phrase.toLowerCase())) out.set(phrase.toLowerCase(), phrase);
    }
  }
  return [...out.values()];
}
