import { codeOf, type GroupState, type OpenProposal, partyOrder, type Proposal, type WordsProposal } from '@parley/negotiation';
import { allWords, changesAsRead, type Exchange, hunkWords, itemNames, itemWords, lengthOf, nameIn, type Phrase, phrasesText, type Provision, type Slot, slotDigest, type SlotKey, SLOTS, slotOf, splice, type Text, textOf, type Warning, warningsOf } from '@parley/text';
import { message, wording } from '../ui/messages.ts';
import { partyName, slotName } from '../ui/naming.ts';

/** What a place is called where it is named alone: the provision with its article, and the field where its kind has several. */
export function placeName(text: Text | undefined, id: string, key?: SlotKey): string {
  const kind = text?.by.get(id)?.kind, provision = nameIn(text, id, wording);
  return key !== undefined && kind !== undefined && SLOTS[kind].length > 1 ? message('proposals.place', { provision, field: slotName(key) }) : provision;
}

/** Things that are said one after the other, each of several words. */
export const inRow = (things: readonly string[]): string => things.reduce((before, next) => (before === '' ? next : message('proposals.list.things', { before, next })), '');

/** The slot a proposal is in, where the kind has more than one. */
export function whichSlot(proposal: Proposal, provision: Provision | undefined): string | null {
  if (proposal.on !== 'words' || !provision || SLOTS[provision.kind].length < 2) return null;
  return slotName(proposal.key);
}

/** What stands between two things in a row. */
const between = (): string => message('proposals.list.things', { before: '', next: '' });

/** What a proposal wants, as a sentence in pieces. `common` names the provisions; `own` those that only the proposer has. */
export function describe(proposal: Proposal, common: Text | undefined, own?: Text): Phrase[] {
  if (proposal.on === 'words') return asRead(proposal, common).flatMap((hunk, i): Phrase[] => [...(i > 0 ? [{ as: 'said', text: between() } as const] : []), ...hunkWords(hunk, wording)]);
  return itemWords(proposal.item, itemNames(proposal.provision, common, wording, own), wording);
}

/** A rewritten sentence as one replacement, as in the text, before the act and after it; where the common text has changed since, hunk by hunk. */
function asRead({ provision, key, digest, hunks }: WordsProposal, common: Text | undefined): WordsProposal['hunks'] {
  if (hunks.length < 2) return hunks;
  const now = slotOf(common?.by.get(provision), key), meant = [now, takenBack(now, hunks)].find((slot) => slotDigest(slot) === digest);
  return meant ? changesAsRead(meant, hunks) : hunks;
}

/** What a slot read before `hunks` were entered in it. */
const takenBack = (slot: Slot, hunks: WordsProposal['hunks']): Slot => [...hunks].sort((a, b) => a.from - b.from)
  .reduce((text, { from, removed, inserted }) => splice(text, from, from + lengthOf(inserted), removed), slot);

/** What a proposal wants, as one line of plain text. */
export const memberName = (proposal: Proposal, common: Text | undefined, own?: Text): string => phrasesText(describe(proposal, common, own));

const exchangesOf = (proposal: Proposal): Exchange[] => {
  if (proposal.on === 'words') return proposal.hunks.map((h) => ({ removed: textOf(h.removed), inserted: textOf(h.inserted) }));
  const { item } = proposal;
  if (item.type === 'add') return [{ removed: '', inserted: [item.provision.label, allWords(item.provision)].join(' ') }];
  return item.type === 'field' && item.field === 'label' ? [{ removed: String(item.from), inserted: String(item.to) }] : [];
};

/** What a reader should be asked about before a proposal is accepted: what nobody sees in it, and what imitates something else. */
export const warningsOfProposal = (proposal: Proposal, group: GroupState): Warning[] =>
  warningsOf(exchangesOf(proposal), partyOrder(group).flatMap((party) => [codeOf(group, party), partyName(group, party)]), wording);

/** The same of several parts, each sentence once. */
export const warningsSaid = (parts: readonly Proposal[], group: GroupState): string[] => [...new Set(parts.flatMap((part) => warningsOfProposal(part, group).map(({ say }) => say)))];

/** "the other delegation inserts …" needs to know whether a proposal is one's own, shared, or somebody else's. */
export type Ownership = 'own' | 'shared' | 'other';

export function ownershipOf(open: OpenProposal, party: string | null): Ownership {
  if (party === null || !open.parties.includes(party)) return 'other';
  return open.parties.length > 1 ? 'shared' : 'own';
}
