import { slotKeys, slotOf } from './kinds.ts';
import type { LinkPart } from './link-part.ts';
import { isSame, movedWeight } from './link-slot.ts';
import type { Tie } from './link-tie.ts';
import type { Provision, Text } from './provision.ts';
import { isContent, joinedWords, sharedWeight, weightiestRun, type Words, wordsOf } from './words.ts';

/** What a part takes out of the text and what it brings. `whole`: it is a provision that is added or removed. */
interface Side { readonly part: number; readonly place: string; readonly taken: Words; readonly brought: Words; readonly whole: boolean }

/** What a run must weigh where it is all of both parts; where it is most of one; where it is a small part of both. */
const IN_SLOT = { all: 600, most: 800, alone: 1_400 }, BEYOND = { all: 800, most: 1_000, alone: 1_800 };
const MOST = 0.5, ALIKE = 0.6, HALF = 0.5, SPLIT = 600;
/** Two neighbouring words that so many parts have say nothing about what went where. */
const COMMON = 8;
const NONE: Words = { list: [], weights: [], total: 0 };

/** The words of all slots of a provision, and the same as one string in which runs can be looked for. */
interface Whole { readonly words: Words; readonly joined: string }

const known = new WeakMap<Provision, Whole>();
const joined = (words: readonly string[]): string => `\u0001${words.join('\u0001')}\u0001`;

function wholeOf(provision: Provision): Whole {
  let whole = known.get(provision);
  if (!whole) {
    const words = joinedWords(slotKeys(provision.kind).map((key) => wordsOf(slotOf(provision, key))));
    known.set(provision, (whole = { words, joined: joined(words.list) }));
  }
  return whole;
}

function sideOf(part: LinkPart, index: number): Side[] {
  if (part.on === 'words') return [{ part: index, place: `${part.provision} ${part.key}`, taken: wordsOf(part.hunk.removed), brought: wordsOf(part.hunk.inserted), whole: false }];
  const { item } = part;
  if (item.type !== 'add' && item.type !== 'remove') return [];
  const { words } = wholeOf(item.provision);
  return [{ part: index, place: item.id, taken: item.type === 'remove' ? words : NONE, brought: item.type === 'add' ? words : NONE, whole: true }];
}

const pairsOf = new WeakMap<Words, ReadonlySet<string>>();

/** Every two neighbouring words; kept as long as the words are. */
function bigrams(words: Words): ReadonlySet<string> {
  let pairs = pairsOf.get(words);
  if (!pairs) pairsOf.set(words, (pairs = new Set(words.list.slice(1).map((word, i) => `${words.list[i]!}\0${word}`))));
  return pairs;
}

/** Parts that share two neighbouring words which one takes and another brings. */
function candidates(sides: readonly Side[]): [Side, Side][] {
  const takers = new Map<string, Side[]>(), met = new Map<Side, Set<Side>>();
  for (const side of sides) for (const pair of bigrams(side.taken)) takers.set(pair, [...(takers.get(pair) ?? []), side]);
  for (const side of sides) {
    for (const pair of bigrams(side.brought)) {
      const from = (takers.get(pair) ?? []).filter((t) => t !== side);
      if (from.length <= COMMON) met.set(side, new Set([...(met.get(side) ?? []), ...from]));
    }
  }
  return [...met].flatMap(([brings, from]) => [...from].map((takes): [Side, Side] => [takes, brings]));
}

/** How often `run` stands in all of `text`; two is enough to know. */
function times(text: Text, run: readonly string[]): number {
  const needle = joined(run);
  let n = 0;
  for (const provision of text.by.values()) {
    const hay = wholeOf(provision).joined;
    for (let at = hay.indexOf(needle); at >= 0 && n < 2; at = hay.indexOf(needle, at + 1)) n++;
    if (n > 1) return n;
  }
  return n;
}

/** A run of words that stands once in each whole text and is taken here and brought there. */
function isMovedFar(common: Text, position: Text, takes: Side, brings: Side): boolean {
  const run = weightiestRun(takes.taken, brings.brought);
  if (!run) return false;
  const { all, most, alone } = takes.place === brings.place ? IN_SLOT : BEYOND;
  const same = isSame(takes.taken, takes.brought, brings.brought, brings.taken) && takes.taken.total >= all, weight = movedWeight(takes.taken, takes.brought, brings.brought, brings.taken, run);
  if (!same && (weight < most || (weight < alone && weight < MOST * Math.min(takes.taken.total, brings.brought.total)))) return false;
  const words = takes.taken.list.slice(run.inA, run.inA + run.length);
  return times(common, words) === 1 && times(position, words) === 1;
}

interface Likeness { readonly takes: Side; readonly brings: Side; readonly share: number }

/** How much alike a taken and a brought wording are; null where they are too short or too different to say. */
function likeness(takes: Side, brings: Side): Likeness | null {
  if (!takes.taken.list.some(isContent) || !brings.brought.list.some(isContent)) return null;
  const shared = sharedWeight(takes.taken, brings.brought), { total: gone } = takes.taken, { total: come } = brings.brought;
  const split = takes.whole !== brings.whole, whole = takes.whole ? gone : come;
  if (split) return whole >= SPLIT && shared >= HALF * whole ? { takes, brings, share: shared / whole } : null;
  const least = takes.whole ? SPLIT : takes.place === brings.place ? IN_SLOT.most : BEYOND.most;
  return shared >= least && shared >= ALIKE * Math.max(gone, come) ? { takes, brings, share: shared / Math.max(gone, come) } : null;
}

/** Pairs that are each other's only likeness; a provision that was split into several, or made of several, has one with each. */
function oneToOne(all: readonly Likeness[]): Likeness[] {
  const rivals = (l: Likeness) => all.filter((m) => m !== l && ((m.takes === l.takes && (l.brings.whole ? l.takes.whole : true)) || (m.brings === l.brings && (l.takes.whole ? l.brings.whole : true))));
  return all.filter((l) => rivals(l).every((m) => m.share < l.share));
}

/** Parts of other sentences, slots and provisions that belong together: words moved there, a provision split, joined, or made anew under another id. */
export function tiesBeyond(common: Text, position: Text, parts: readonly LinkPart[]): Tie[] {
  const pairs = candidates(parts.flatMap(sideOf));
  const alike = oneToOne(pairs.map(([takes, brings]) => likeness(takes, brings)).filter((l) => l !== null));
  const moved = pairs.filter(([takes, brings]) => isMovedFar(common, position, takes, brings));
  return [...alike.map((l): Tie => [l.takes.part, l.brings.part]), ...moved.map(([takes, brings]): Tie => [takes.part, brings.part])];
}
