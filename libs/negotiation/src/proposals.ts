import {
  acceptItem, type Alongside, COMPARE_VERSION, compareLists, compareProvisions, compareSlots, contested, digestOf, equalSlots, type Hunk, hunkName, type Item,
  type PartyId, plainSlot, type Provision, rebaseSlotAll, slotDigest, type SlotKey, slotKeys, slotOf, type Text,
} from '@parley/text';
import { type GivenUp, type ItemProposal, type NamedHunk, NOTHING_GIVEN_UP, type Proposal, type WordsProposal } from './act.ts';
import type { Decline, ProposalConsent } from './document.ts';
import { partyOrder } from './group.ts';
import { positionRoom } from './party.ts';
import { isDelegation } from './policy.ts';
import { positionsOf, type Scenery } from './scene.ts';

/** One proposal as the list beside the text shows it and as an act names it. */
export interface OpenProposal {
  /** Stable on screen while the words stand: React key, focus, declines. Holds no words. */
  readonly name: string;
  /** Ready to be put into an act. Of a convergent proposal: as its first party makes it. */
  readonly proposal: Proposal;
  readonly provision: string;
  /** Every party that proposes exactly this; more than one when convergent. */
  readonly parties: readonly PartyId[];
  /** The delegations whose acceptance is still missing. With `either` both delegations wrote it and the acceptance of one of them suffices. */
  readonly outstanding: readonly PartyId[];
  readonly either: boolean;
  readonly contested: boolean;
  /** Consents already given to it that still stand (only the chair's proposals need two). */
  readonly consents: Readonly<Record<PartyId, ProposalConsent>>;
  readonly declines: readonly Decline[];
}

/** True while `party` still has to answer: its acceptance is missing and it has not declined. */
export const awaits = (proposal: OpenProposal, party: PartyId): boolean =>
  proposal.outstanding.includes(party) && !proposal.declines.some((d) => d.party === party);

const short = (words: string): string => slotDigest(plainSlot(words)).slice(0, 24);

const named = (h: Hunk): NamedHunk => ({ from: h.from, to: h.to, removed: h.removed, inserted: h.inserted });

export const sameHunk = (a: NamedHunk, b: NamedHunk): boolean =>
  a.from === b.from && a.to === b.to && equalSlots(a.removed, b.removed) && equalSlots(a.inserted, b.inserted);

const wordNames = new WeakMap<Hunk, string>();

/** The screen's name of one hunk (COMPARE 3, "Names"), hashed. */
function nameOfHunk(provision: string, key: SlotKey, common: Provision | undefined, hunk: Hunk): string {
  let hash = wordNames.get(hunk);
  if (hash === undefined) wordNames.set(hunk, (hash = short(hunkName(slotOf(common, key), hunk))));
  return `${provision}/${key}/${hash}`;
}

/** What tells two items on one provision apart: everything but who makes them. */
function itemBody(item: Item): ItemProposal['item'] {
  switch (item.type) {
    case 'add': return { type: 'add', after: item.after, provision: item.provision };
    case 'remove': return { type: 'remove', digest: digestOf(item.provision) };
    case 'move': return { type: 'move', after: item.after };
    case 'field': return { type: 'field', field: item.field, from: item.from, to: item.to };
  }
}

function nameOfItem(item: ItemProposal['item'], provision: string): string {
  switch (item.type) {
    case 'add': return `${provision}/add/${short(`${item.after ?? ''} ${digestOf(item.provision)} ${item.provision.label} ${item.provision.level}`)}`;
    case 'remove': return `${provision}/remove/${short(item.digest)}`;
    case 'move': return `${provision}/move/${short(item.after ?? '')}`;
    case 'field': return `${provision}/${item.field}/${short(`${item.from} ${item.to}`)}`;
  }
}

/** The name under which declines and consents of a proposal hang; for words, of its first hunk. */
export function proposalName(scenery: Scenery, proposal: Proposal): string {
  return proposal.on === 'item' ? nameOfItem(proposal.item, proposal.provision) : namesOf(scenery, proposal)[0]!;
}

/** One name for each hunk of a words proposal, one for an item. */
export function namesOf(scenery: Scenery, proposal: Proposal): string[] {
  if (proposal.on === 'item') return [nameOfItem(proposal.item, proposal.provision)];
  const common = scenery.rooms.common?.by.get(proposal.provision);
  return proposal.hunks.map((h) => `${proposal.provision}/${proposal.key}/${short(hunkName(slotOf(common, proposal.key), { ...h, posFrom: 0, posTo: 0 }))}`);
}

/** Under what a consent is kept: the words, whose proposal it is, and the common text it was given on. */
export const consentKey = (name: string, party: PartyId, digest: string): string => `${name}|${party}|${digest}`;

const digestSeen = (proposal: Proposal): string => (proposal.on === 'words' ? proposal.digest : '');

interface Made { readonly party: PartyId; readonly name: string; readonly proposal: Proposal; readonly hunk?: Hunk }

function wordsOf(common: Text, party: PartyId, text: Text, provision: string): Made[] {
  const before = common.by.get(provision), after = text.by.get(provision);
  if (!before || !after) return [];
  return [...compareProvisions(before, after)].flatMap(([key, hunks]) => hunks.map((hunk): Made => ({
    party, name: nameOfHunk(provision, key, before, hunk), hunk,
    proposal: { on: 'words', party, provision, key, digest: slotDigest(slotOf(before, key)), version: COMPARE_VERSION, hunks: [named(hunk)] },
  })));
}

function itemsOf(common: Text, party: PartyId, text: Text): Made[] {
  return compareLists(common, text).map((found): Made => {
    const provision = found.type === 'add' ? found.provision.id : found.id;
    const item = itemBody(found);
    return { party, name: nameOfItem(item, provision), proposal: { on: 'item', party, provision, version: COMPARE_VERSION, item } };
  });
}

/** Which provisions to show, in reading order: the common text's, each with the added ones that follow it. */
function readingOrder(common: Text, made: readonly Made[]): string[] {
  const added = new Map<string | null, string[]>();
  for (const { proposal } of made) {
    if (proposal.on !== 'item' || proposal.item.type !== 'add') continue;
    const after = added.get(proposal.item.after) ?? [];
    if (!after.includes(proposal.provision)) added.set(proposal.item.after, [...after, proposal.provision]);
  }
  return [...(added.get(null) ?? []), ...common.list.flatMap((id) => [id, ...(added.get(id) ?? [])])];
}

/** Every open proposal, in reading order; of one provision or of several, in their order, when they are given. */
export function proposalsOf(scenery: Scenery, among?: string | readonly string[]): OpenProposal[] {
  const common = scenery.rooms.common;
  if (!common) return [];
  const positions = positionsOf(scenery), wanted = typeof among === 'string' ? [among] : among;
  const items = positions.flatMap(({ party, text }) => itemsOf(common, party, text)).filter((m) => wanted === undefined || wanted.includes(m.proposal.provision));
  const order = wanted ?? readingOrder(common, items);
  return order.flatMap((id) => {
    const words = positions.flatMap(({ party, text }) => wordsOf(common, party, text, id)).sort((a, b) => place(a, common) - place(b, common));
    return grouped(scenery, [...items.filter((m) => m.proposal.provision === id), ...words]);
  });
}

function place(made: Made, common: Text): number {
  const { proposal } = made;
  if (proposal.on === 'item') return -1;
  return slotKeys(common.by.get(proposal.provision)!.kind).indexOf(proposal.key) * 1_000_000 + proposal.hunks[0]!.from;
}

function grouped(scenery: Scenery, made: readonly Made[]): OpenProposal[] {
  const names = [...new Set(made.map((m) => `${m.name} ${m.hunk?.from ?? ''}`))];
  return names.map((at) => {
    const same = made.filter((m) => `${m.name} ${m.hunk?.from ?? ''}` === at);
    const first = same[0]!;
    const parties = same.map((m) => m.party);
    const consents = consentsTo(scenery, first.proposal, first.name);
    return {
      name: first.name, proposal: first.proposal, provision: first.proposal.provision, parties, consents,
      ...outstandingOf(scenery, parties, consents),
      contested: made.some((other) => !parties.includes(other.party) && collide(scenery, first, other)),
      declines: scenery.document.declines[first.name] ?? [],
    };
  });
}

function collide(scenery: Scenery, a: Made, b: Made): boolean {
  if (a.name === b.name) return false;
  if (a.proposal.on === 'words' && b.proposal.on === 'words') {
    return a.proposal.key === b.proposal.key && contested(a.hunk!, b.hunk!, slotOf(scenery.rooms.common?.by.get(a.proposal.provision), a.proposal.key));
  }
  const removes = (m: Made) => m.proposal.on === 'item' && m.proposal.item.type === 'remove';
  if (removes(a) || removes(b)) return true;
  return a.proposal.on === 'item' && b.proposal.on === 'item' && itemKind(a.proposal) === itemKind(b.proposal);
}

const itemKind = ({ item }: ItemProposal): GivenUp['items'][number] => (item.type === 'field' ? item.field : item.type);

/** Who still has to accept what `parties` wrote: every delegation that did not write it (DESIGN 4). */
function outstandingOf(scenery: Scenery, parties: readonly PartyId[], consents: OpenProposal['consents']): Pick<OpenProposal, 'outstanding' | 'either'> {
  const delegations = scenery.group.delegations.map((d) => d.id);
  const others = delegations.filter((d) => !parties.includes(d));
  if (others.length === 0) return { outstanding: delegations, either: true };
  return { outstanding: others.filter((d) => !consents[d]), either: false };
}

/** The parties that make exactly this proposal now; empty when it no longer stands. */
export function makersOf(scenery: Scenery, proposal: Proposal): PartyId[] {
  const common = scenery.rooms.common;
  if (!common) return [];
  return positionsOf(scenery).filter(({ party, text }) => {
    if (proposal.on === 'item') return itemsOf(common, party, text).some((m) => m.proposal.provision === proposal.provision && m.name === nameOfItem(proposal.item, proposal.provision));
    const theirs = text.by.get(proposal.provision);
    if (!theirs || !slotKeys(theirs.kind).includes(proposal.key)) return false;
    const hunks = compareSlots(slotOf(common.by.get(proposal.provision), proposal.key), slotOf(theirs, proposal.key));
    return proposal.hunks.every((h) => hunks.some((k) => sameHunk(h, k)));
  }).map((p) => p.party);
}

/** The consents to a proposal that still hold: what the consenting side would drop is what it listed when it consented. */
export const standingConsents = (scenery: Scenery, proposal: Proposal): Readonly<Record<PartyId, ProposalConsent>> =>
  consentsTo(scenery, proposal, proposalName(scenery, proposal));

function consentsTo(scenery: Scenery, proposal: Proposal, name: string): Readonly<Record<PartyId, ProposalConsent>> {
  const kept = scenery.document.proposalConsents[consentKey(name, proposal.party, digestSeen(proposal))];
  if (!kept) return {};
  return Object.fromEntries(Object.entries(kept).filter(([party, c]) => sameGivenUp(c.givesUp, givenUpBy(scenery, proposal, party, c.own))));
}

export const sameGivenUp = (a: GivenUp, b: GivenUp): boolean =>
  a.hunks.length === b.hunks.length && a.hunks.every((h, i) => h.key === b.hunks[i]!.key && sameHunk(h, b.hunks[i]!))
  && a.items.length === b.items.length && a.items.every((type, i) => type === b.items[i]);

/** What `party` would drop by accepting `proposal` now: shown before it signs and listed in the act. */
export function givenUpBy(scenery: Scenery, proposal: Proposal, party: PartyId, own: Alongside): GivenUp {
  const common = scenery.rooms.common;
  const text = scenery.rooms[positionRoom(party)];
  if (!common || !text) return NOTHING_GIVEN_UP;
  return proposal.on === 'words' ? wordsGivenUp(scenery, proposal, party, text, own) : itemsGivenUp(common, proposal, party, text);
}

function wordsGivenUp(scenery: Scenery, proposal: WordsProposal, party: PartyId, text: Text, own: Alongside): GivenUp {
  const { provision, key } = proposal;
  const theirs = text.by.get(provision);
  if (!theirs) return { hunks: [], items: ['remove'] };
  if (!slotKeys(theirs.kind).includes(key)) return NOTHING_GIVEN_UP;
  const { givesUp } = rebaseSlotAll({
    common: slotOf(scenery.rooms.common!.by.get(provision), key), hunks: asHunks(proposal.hunks), proposer: proposal.party, order: partyOrder(scenery.group),
    position: { party, slot: slotOf(theirs, key) }, accepting: true, own,
  });
  return { hunks: givesUp.map((h) => ({ ...named(h), key })), items: [] };
}

function itemsGivenUp(common: Text, proposal: ItemProposal, party: PartyId, text: Text): GivenUp {
  const item = itemOf(common, proposal);
  if (!item) return NOTHING_GIVEN_UP;
  const { givesUp } = acceptItem({ common, item, proposer: proposal.party, position: { party, text }, accepting: true });
  const hunks = item.type === 'remove' ? wordsOf(common, party, text, item.id).map((m) => ({ ...named(m.hunk!), key: (m.proposal as WordsProposal).key })) : [];
  return { hunks, items: givesUp.map((g) => (g.type === 'field' ? g.field : g.type)) };
}

/** Named hunks as compare gives them; where they stand in the position is not needed for a rebase. */
export const asHunks = (hunks: readonly NamedHunk[]): Hunk[] => hunks.map((h) => ({ ...h, posFrom: 0, posTo: 0 }));

/** The item behind an item proposal; null when the common text has no such provision to remove. */
export function itemOf(common: Text, proposal: ItemProposal): Item | null {
  const { item, provision: id } = proposal;
  switch (item.type) {
    case 'add': return { type: 'add', id, after: item.after, provision: item.provision };
    case 'remove': { const provision = common.by.get(id); return provision ? { type: 'remove', id, provision } : null; }
    case 'move': return { type: 'move', id, after: item.after };
    case 'field': return { type: 'field', id, field: item.field, from: item.from, to: item.to };
  }
}

/** True when `party` inserts other words at the very point of the proposal, so that keeping its own beside them is a choice (COMPARE 3). */
export function mayStandAlongside(scenery: Scenery, proposal: Proposal, party: PartyId): boolean {
  if (proposal.on === 'item' || !isDelegation(party)) return false;
  const hunks = givenUpBy(scenery, proposal, party, 'withdrawn').hunks;
  return hunks.length > 0 && hunks.every((h) => h.from === h.to && proposal.hunks.some((p) => p.from === p.to && p.from === h.from));
}
