import {
  COMPARE_VERSION, compareLists, compareProvisions, compareSlots, type Hunk, type Item, type PartyId, slotDigest, slotKeys, slotOf, type Text,
} from '@parley/text';
import type { ItemProposal, Proposal, WordsProposal } from './proposal.ts';
import { itemBody, named, nameOfItem, nameOfHunk, sameHunk } from './proposal-names.ts';
import { granted, refuse, type Verdict } from './refusal.ts';
import { positionsOf, type SharedState } from './act-context.ts';

/** One hunk or one item that a party proposes now. `hunk`: of words, as compare gives it. */
export interface Made { readonly party: PartyId; readonly name: string; readonly proposal: Proposal; readonly hunk?: Hunk }

/** What the text of `party` proposes of the words of one provision: a proposal for each hunk. */
export function wordsOf(common: Text, party: PartyId, text: Text, provision: string): Made[] {
  const before = common.by.get(provision), after = text.by.get(provision);
  if (!before || !after) return [];
  return [...compareProvisions(before, after)].flatMap(([key, hunks]) => hunks.map((hunk): Made => ({
    party, name: nameOfHunk(provision, key, before, hunk), hunk,
    proposal: { on: 'words', party, provision, key, digest: slotDigest(slotOf(before, key)), version: COMPARE_VERSION, hunks: [named(hunk)] },
  })));
}

const itemProposal = (party: PartyId, item: Item): ItemProposal =>
  ({ on: 'item', party, provision: item.type === 'add' ? item.provision.id : item.id, version: COMPARE_VERSION, item: itemBody(item) });

const madeOf = new WeakMap<readonly Item[], Map<PartyId, readonly Made[]>>();

/** What the text of `party` proposes of whole provisions; kept as long as it is the same. */
export function itemsOf(common: Text, party: PartyId, text: Text): readonly Made[] {
  const items = compareLists(common, text);
  let by = madeOf.get(items);
  if (!by) madeOf.set(items, (by = new Map()));
  let made = by.get(party);
  if (!made) {
    by.set(party, (made = items.map((item): Made => {
      const proposal = itemProposal(party, item);
      return { party, name: nameOfItem(proposal.item, proposal.provision), proposal };
    })));
  }
  return made;
}

/** The same parts with the hunks of one slot in one of them, in their order, nothing twice: neither in two parts nor in one. */
export function gathered(parts: readonly Proposal[]): Proposal[] {
  const out: Proposal[] = [];
  for (const part of parts) {
    const at = out.findIndex((other) => samePlace(part, other)), found = out[at];
    if (!found) out.push(part.on === 'words' ? withHunks(part, part.hunks) : part);
    else if (found.on === 'words' && part.on === 'words') out[at] = withHunks(found, [...found.hunks, ...part.hunks]);
  }
  return out;
}

function samePlace(a: Proposal, b: Proposal): boolean {
  if (a.provision !== b.provision || a.party !== b.party || a.version !== b.version) return false;
  if (a.on === 'words' && b.on === 'words') return a.key === b.key && a.digest === b.digest;
  return a.on === 'item' && b.on === 'item' && nameOfItem(a.item, a.provision) === nameOfItem(b.item, b.provision);
}

function withHunks(part: WordsProposal, all: WordsProposal['hunks']): WordsProposal {
  const hunks = [...all].sort((x, y) => x.from - y.from || x.to - y.to);
  return { ...part, hunks: hunks.filter((hunk, i) => i === 0 || !sameHunk(hunk, hunks[i - 1]!)) };
}

/** The party that all parts are of; null when they are of several. */
export function partyOfParts(parts: readonly Proposal[]): PartyId | null {
  const [first] = parts;
  return first && parts.every(({ party }) => party === first.party) ? first.party : null;
}

/** True when accepting it changes what a consent to the provision is about. */
export const asksForWords = (proposal: Proposal): boolean =>
  proposal.on === 'words' || proposal.item.type === 'add' || proposal.item.type === 'remove' || (proposal.item.type === 'field' && proposal.item.field === 'kind');

/** The parties that make exactly this proposal now, every hunk of it; empty when it no longer stands. */
export function makersOf(shared: SharedState, proposal: Proposal): PartyId[] {
  const common = shared.rooms.common;
  if (!common) return [];
  return positionsOf(shared).filter(({ party, text }) => {
    if (proposal.on === 'item') return itemsOf(common, party, text).some((m) => m.name === nameOfItem(proposal.item, proposal.provision) && isOf(m.proposal, proposal));
    const theirs = text.by.get(proposal.provision);
    if (!theirs || !slotKeys(theirs.kind).includes(proposal.key)) return false;
    const hunks = compareSlots(slotOf(common.by.get(proposal.provision), proposal.key), slotOf(theirs, proposal.key));
    return proposal.hunks.every((h) => hunks.some((k) => sameHunk(h, k)));
  }).map((p) => p.party);
}

/** What the name of an item leaves open: its provision, and where in what a field changes from and to the one ends. */
function isOf(made: Proposal, named: ItemProposal): boolean {
  if (made.on !== 'item' || made.provision !== named.provision) return false;
  const [ours, theirs] = [made.item, named.item];
  return ours.type !== 'field' || theirs.type !== 'field' || (ours.from === theirs.from && ours.to === theirs.to);
}

/** Does the proposal still stand, word for word, against the common text its actor saw? If not: `text-moved`, never a guess. */
export function stands(shared: SharedState, proposal: Proposal): Verdict {
  const common = shared.rooms.common;
  if (!common || proposal.version !== COMPARE_VERSION) return refuse('text-moved');
  if (proposal.on === 'words') {
    const before = common.by.get(proposal.provision);
    if (!before || slotDigest(slotOf(before, proposal.key)) !== proposal.digest) return refuse('text-moved');
  }
  return makersOf(shared, proposal).includes(proposal.party) ? granted : refuse('text-moved');
}

/** The first refusal of a part that no longer stands; granted when all do. */
export const allStand = (shared: SharedState, parts: readonly Proposal[]): Verdict =>
  parts.map((part) => stands(shared, part)).find((verdict) => !verdict.ok) ?? granted;

/** What tells an item from others of one text on one provision, wherever it is anchored. */
export function sortOfItem(id: string, item: Pick<Item, 'type'> & { readonly field?: string }): string {
  return `${id}/${item.type === 'field' ? item.field : item.type}`;
}
