import {
  acceptInRemoved, acceptItem, type Alongside, applyEdits, COMPARE_VERSION, compareLists, compareSlots, type Edit, itemInCommon, type PartyId, rebaseSlotAll, slotDigest, slotKeys, slotOf,
  withdrawItem, withdrawSlot,
} from '@parley/text';
import type { ActOf, ItemProposal, Proposal, WordsProposal } from './act.ts';
import type { Outcome } from './decide.ts';
import { type DocumentEvent, settlementOf } from './document.ts';
import { partyOrder } from './group.ts';
import { partyOf, positionRoom } from './party.ts';
import { isLocked } from './policy.ts';
import { asHunks, consentKey, givenUpBy, itemOf, makersOf, namesOf, sameGivenUp, sameHunk, standingConsents } from './proposals.ts';
import { grant, granted, refuse, type Verdict } from './refusal.ts';
import { positionsOf, type Scene } from './scene.ts';

/** Does the proposal still stand, word for word, against the common text its actor saw? If not: `text-moved`, never a guess. */
function stands(scene: Scene, proposal: Proposal): Verdict {
  const common = scene.rooms.common;
  if (!common || proposal.version !== COMPARE_VERSION) return refuse('text-moved');
  if (proposal.on === 'words') {
    const before = common.by.get(proposal.provision);
    if (!before) return refuse('text-moved');
    if (slotDigest(slotOf(before, proposal.key)) !== proposal.digest) return refuse('text-moved');
  }
  return makersOf(scene, proposal).includes(proposal.party) ? granted : refuse('text-moved');
}

const asksForWords = (proposal: Proposal): boolean =>
  proposal.on === 'words' || proposal.item.type === 'add' || proposal.item.type === 'remove' || (proposal.item.type === 'field' && proposal.item.field === 'kind');

/** Which delegations have to accept: every one that did not write it. When both wrote it, either does. */
function needed(scene: Scene, proposal: Proposal): { readonly by: readonly PartyId[]; readonly either: boolean } {
  const delegations = scene.group.delegations.map((d) => d.id);
  const sets = parts(proposal).map((part) => { const makers = makersOf(scene, part); return delegations.filter((d) => !makers.includes(d)); });
  const same = sets.every((s) => s.length === sets[0]!.length && s.every((d) => sets[0]!.includes(d)));
  return same ? { by: sets[0]!, either: sets[0]!.length === 0 } : { by: [], either: false };
}

const parts = (proposal: Proposal): Proposal[] => (proposal.on === 'words' ? proposal.hunks.map((h) => ({ ...proposal, hunks: [h] })) : [proposal]);

/** Accept (DESIGN 4): enters the common text when every delegation that did not write it has accepted; until then the consent is recorded. */
export function decideAccept(act: ActOf<'accept'>, scene: Scene): Verdict<Outcome> {
  const { proposal, own } = act;
  const standing = stands(scene, proposal);
  if (!standing.ok) return standing;
  if (isLocked(scene.document, proposal.provision) && asksForWords(proposal)) return refuse('provision-locked');
  const party = partyOf(scene.actor)!;
  const { by, either } = needed(scene, proposal);
  if (!either) {
    if (by.length === 0) return refuse('answer-one-by-one');
    if (!by.includes(party)) return refuse('own-proposal');
  }
  if (!sameGivenUp(act.givesUp, givenUpBy(scene, proposal, party, own))) return refuse('text-moved');
  const consents = standingConsents(scene, proposal);
  if (consents[party]) return refuse('already-consented');
  const missing = either ? [] : by.filter((d) => d !== party && !consents[d]);
  if (missing.length > 0) return consentOnly(act, scene, party);
  const accepting = new Map<PartyId, Alongside>([[party, own], ...(either ? [] : by.filter((d) => d !== party).map((d): [PartyId, Alongside] => [d, consents[d]!.own]))]);
  return enter(scene, proposal, accepting);
}

/** The first of two consents; one of the other side that no longer holds falls visibly. */
function consentOnly(act: ActOf<'accept'>, scene: Scene, party: PartyId): Verdict<Outcome> {
  const digest = act.proposal.on === 'words' ? act.proposal.digest : '';
  const name = consentKey(namesOf(scene, act.proposal)[0]!, act.proposal.party, digest);
  const kept = standingConsents(scene, act.proposal);
  const fallen = Object.keys(scene.document.proposalConsents[name] ?? {}).filter((d) => !kept[d]);
  return grant({
    events: [
      ...fallen.map((d): DocumentEvent => ({ e: 'proposalConsentFell', name, party: d })),
      { e: 'proposalConsented', name, party, givesUp: act.givesUp, own: act.own },
    ],
    edits: [],
  });
}

function enter(scene: Scene, proposal: Proposal, accepting: ReadonlyMap<PartyId, Alongside>): Verdict<Outcome> {
  const events: DocumentEvent[] = namesOf(scene, proposal).map((name) => ({ e: 'entered', name, provision: proposal.provision }));
  if (asksForWords(proposal) && Object.keys(settlementOf(scene.document, proposal.provision).consents).length > 0) events.push({ e: 'lapsed', provision: proposal.provision });
  const edits = proposal.on === 'words' ? wordsEntering(scene, proposal, accepting) : itemEntering(scene, proposal, accepting);
  return edits ? grant({ events, edits: edits.filter((e) => e.edits.length > 0) }) : refuse('text-moved');
}

function wordsEntering(scene: Scene, proposal: WordsProposal, accepting: ReadonlyMap<PartyId, Alongside>): Outcome['edits'] {
  const { provision: id, key } = proposal;
  const common = scene.rooms.common!;
  const before = slotOf(common.by.get(id), key);
  const inCommon: Edit[] = [...proposal.hunks].sort((a, b) => b.from - a.from).map((h) => ({ do: 'splice', id, key, from: h.from, to: h.to, insert: h.inserted }));
  const accepted = applyEdits(common, inCommon).by.get(id)!;
  const positions = positionsOf(scene).filter((p) => p.party !== proposal.party).map(({ party, text }) => {
    const theirs = text.by.get(id);
    const room = positionRoom(party);
    if (!theirs) return { room, edits: acceptInRemoved({ common, accepted, position: { party, text }, accepting: accepting.has(party) }).edits };
    if (!slotKeys(theirs.kind).includes(key)) return { room, edits: [] };
    const { splices } = rebaseSlotAll({
      common: before, hunks: asHunks(proposal.hunks), proposer: proposal.party, order: partyOrder(scene.group),
      position: { party, slot: slotOf(theirs, key) }, accepting: accepting.has(party), own: accepting.get(party) ?? 'alongside',
    });
    return { room, edits: splices.map((s): Edit => ({ do: 'splice', id, key, from: s.from, to: s.to, insert: s.insert })) };
  });
  return [{ room: 'common', edits: inCommon }, ...positions];
}

function itemEntering(scene: Scene, proposal: ItemProposal, accepting: ReadonlyMap<PartyId, Alongside>): Outcome['edits'] | null {
  const common = scene.rooms.common!;
  const item = itemOf(common, proposal);
  if (!item) return null;
  const positions = positionsOf(scene).filter((p) => p.party !== proposal.party).map(({ party, text }) => ({
    room: positionRoom(party),
    edits: acceptItem({ common, item, proposer: proposal.party, position: { party, text }, accepting: accepting.has(party) }).edits,
  }));
  return [{ room: 'common', edits: [itemInCommon(item)] }, ...positions];
}

/** Decline changes no text: it marks the bracket with who, when and why. */
export function decideDecline(act: ActOf<'decline'>, scene: Scene): Verdict<Outcome> {
  const standing = stands(scene, act.proposal);
  if (!standing.ok) return standing;
  const party = partyOf(scene.actor)!;
  if (makersOf(scene, act.proposal).includes(party)) return refuse('own-proposal');
  const events = namesOf(scene, act.proposal).map((name): DocumentEvent => ({ e: 'declined', name, party, reason: act.reason }));
  return grant({ events, edits: [] });
}

/** Withdraw restores the common text in the own position. */
export function decideWithdraw(act: ActOf<'withdraw'>, scene: Scene): Verdict<Outcome> {
  const { proposal } = act;
  const standing = stands(scene, proposal);
  if (!standing.ok) return standing;
  const room = positionRoom(proposal.party);
  const edits = proposal.on === 'words' ? wordsWithdrawn(scene, proposal) : itemWithdrawn(scene, proposal);
  if (!edits) return refuse('text-moved');
  const events = namesOf(scene, proposal).map((name): DocumentEvent => ({ e: 'withdrawn', name, provision: proposal.provision }));
  return grant({ events, edits: [{ room, edits }] });
}

function wordsWithdrawn(scene: Scene, proposal: WordsProposal): Edit[] {
  const { provision: id, key } = proposal;
  const common = slotOf(scene.rooms.common!.by.get(id), key);
  const own = slotOf(scene.rooms[positionRoom(proposal.party)]!.by.get(id), key);
  const hunks = compareSlots(common, own).filter((h) => proposal.hunks.some((named) => sameHunk(named, h)));
  return [...hunks].reverse().map((h) => ({ do: 'splice', id, key, ...withdrawSlot(h, common) }));
}

function itemWithdrawn(scene: Scene, proposal: ItemProposal): Edit[] | null {
  const common = scene.rooms.common!;
  const own = scene.rooms[positionRoom(proposal.party)]!;
  const item = itemOf(common, proposal);
  if (!item || !compareLists(common, own).some((i) => i.type === item.type)) return null;
  return [withdrawItem(item, common, own)];
}
