import type { Hunk } from './compare.ts';
import { slotKeys, slotOf } from './kinds.ts';
import { rangesOf, recounted } from './link-frame.ts';
import { sentencesOf, tiesWithin } from './link-slot.ts';
import type { Tie } from './link-tie.ts';
import type { LinkPart } from './link-part.ts';
import { tiesBeyond } from './link-text.ts';
import { compareProvisions, compareTexts, type Item } from './list.ts';
import type { Provision, SlotKey, Text } from './provision.ts';
import { rewrittenRanges } from './rewritten.ts';
import { slice } from './slot.ts';

/** A stretch of one slot that is drawn as one replacement: from the first to the last of its hunks, with the kept words between them. */
export interface Rewritten extends Hunk { readonly provision: string; readonly key: SlotKey }

/** What only makes sense together: one proposal of one position. */
export interface Link {
  /** Never empty; words in the order of the common text, then items in the order of `compareLists`. */
  readonly parts: readonly LinkPart[];
  /** Stretches drawn as one alternative; each holds at least two hunks of `parts`. */
  readonly rewritten: readonly Rewritten[];
}

/** How far is looked for what belongs together: inside each provision, for every key press; or in the whole text, for when typing rests. */
export type Reach = 'provision' | 'everywhere';

/**
 * All that `position` proposes, as proposals: every hunk and every item stands in exactly one link, in the order of their first parts (J1). For the screen: acts name
 * parts, and nothing is decided by links. Pure; kept for two texts, and for each two provisions, as long as the values are.
 */
export function linksOf(common: Text, position: Text, reach: Reach = 'everywhere'): readonly Link[] {
  let row = known[reach].get(common);
  if (!row) known[reach].set(common, (row = new WeakMap()));
  let links = row.get(position);
  if (!links) row.set(position, (links = linked(common, position, reach)));
  return links;
}

const known: Record<Reach, WeakMap<Text, WeakMap<Text, readonly Link[]>>> = { provision: new WeakMap(), everywhere: new WeakMap() };

function linked(common: Text, position: Text, reach: Reach): readonly Link[] {
  const parts: LinkPart[] = [], ties: Tie[] = [], rewritten: Rewritten[] = [];
  for (const id of common.list) {
    const now = position.by.get(id);
    if (!now) continue;
    const within = withinProvision(common.by.get(id)!, now), first = parts.length;
    parts.push(...within.parts);
    for (const [a, b] of within.ties) ties.push([first + a, first + b]);
    rewritten.push(...within.rewritten);
  }
  parts.push(...compareTexts(common, position).items.map((item: Item): LinkPart => ({ on: 'item', item })));
  if (reach === 'everywhere') ties.push(...tiesBeyond(common, position, parts));
  return gathered(parts, ties, rewritten);
}

const linksOfProvisions = new WeakMap<Within, readonly Link[]>();

/** What `position` proposes in the words of one provision, as proposals; those of one hunk as well. Kept as long as its hunks are. */
export function linksWithin(common: Provision, position: Provision): readonly Link[] {
  const within = withinProvision(common, position);
  let links = linksOfProvisions.get(within);
  if (!links) linksOfProvisions.set(within, (links = gathered(within.parts, within.ties, within.rewritten)));
  return links;
}

interface Within { readonly parts: readonly LinkPart[]; readonly ties: readonly Tie[]; readonly rewritten: readonly Rewritten[] }

const NOTHING: Within = { parts: [], ties: [], rewritten: [] };
const provisions = new WeakMap<ReadonlyMap<SlotKey, readonly Hunk[]>, Within>();

/** What belongs together in the sentences of one provision; kept as long as its hunks are. */
function withinProvision(common: Provision, position: Provision): Within {
  const slots = compareProvisions(common, position);
  if (slots.size === 0) return NOTHING;
  let within = provisions.get(slots);
  if (!within) provisions.set(slots, (within = inSlots(common, position, slots)));
  return within;
}

function inSlots(common: Provision, position: Provision, slots: ReadonlyMap<SlotKey, readonly Hunk[]>): Within {
  const parts: LinkPart[] = [], ties: Tie[] = [], rewritten: Rewritten[] = [];
  for (const key of slotKeys(common.kind)) {
    const hunks = slots.get(key) ?? [], slot = slotOf(common, key), start = parts.length, ranges = rewrittenRanges(slot, hunks);
    parts.push(...hunks.map((hunk): LinkPart => ({ on: 'words', provision: common.id, key, hunk })));
    for (const sentence of sentencesOf(slot, hunks)) {
      const tied = tiesWithin(slot, hunks, sentence), { first, last } = sentence;
      if (ranges.some((range) => range.from === hunks[first]!.from && first < last)) {
        for (let k = first; k < last; k++) tied.push([k, k + 1]);
        const [from, to, posFrom, posTo] = [hunks[first]!.from, hunks[last]!.to, hunks[first]!.posFrom, hunks[last]!.posTo];
        rewritten.push({ provision: common.id, key, from, to, posFrom, posTo, removed: slice(slot, from, to), inserted: slice(slotOf(position, key), posFrom, posTo) });
      }
      for (const [a, b] of tied) ties.push([start + a, start + b]);
    }
    for (const [a, b] of [...rangesOf(slot, hunks), ...recounted(hunks)]) ties.push([start + a, start + b]);
  }
  return { parts, ties, rewritten };
}

/** Parts that a chain of ties connects, as one link. */
function gathered(parts: readonly LinkPart[], ties: readonly Tie[], rewritten: readonly Rewritten[]): readonly Link[] {
  const roots = parts.map((_, i) => i);
  const root = (i: number): number => { while (roots[i] !== i) i = roots[i] = roots[roots[i]!]!; return i; };
  for (const [a, b] of ties) { const [x, y] = [root(a), root(b)]; roots[Math.max(x, y)] = Math.min(x, y); }
  const links = new Map<number, { parts: LinkPart[]; rewritten: Rewritten[] }>();
  parts.forEach((part, i) => {
    const link = links.get(root(i));
    if (link) link.parts.push(part); else links.set(root(i), { parts: [part], rewritten: [] });
  });
  for (const stretch of rewritten) {
    const at = parts.findIndex((p) => p.on === 'words' && p.provision === stretch.provision && p.key === stretch.key && p.hunk.from === stretch.from);
    links.get(root(at))!.rewritten.push(stretch);
  }
  return [...links.values()];
}
