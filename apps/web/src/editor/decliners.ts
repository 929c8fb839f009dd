import { declinesOf, namesOf, type Proposal } from '@parley/negotiation';
import { COMPARE_VERSION, digestOf, type Hunk, type Item, type PartyId, type BracketPlace, slotDigest, type SlotKey, slotOf } from '@parley/text';
import { orderOf, type Reading } from './reading.ts';

/** Who has declined a proposal, in party order, as everybody reads it beside the words; nobody where declines do not show. */
function declinedProposal(reading: Reading, proposals: readonly Proposal[]): PartyId[] {
  const { document, group, common } = reading;
  if (!document || !common) return [];
  const shared = { document, group, rooms: { common } };
  const parties = new Set(proposals.flatMap((p) => namesOf(shared, p)).flatMap((name) => declinesOf(document, name)).map((d) => d.party));
  return orderOf(reading).filter((party) => parties.has(party));
}

const declinesIn = (reading: Reading, begin: string): boolean => reading.document !== null && Object.keys(reading.document.declines).some((name) => name.startsWith(begin));

/** Who has declined words: all of what some party proposes there. Names are made only where anything was declined in the slot. */
export function declinedWords(reading: Reading, provision: string, key: SlotKey, hunks: BracketPlace['hunks']): PartyId[] {
  if (hunks.length === 0 || !declinesIn(reading, `${provision}/${key}/`)) return [];
  const digest = slotDigest(slotOf(reading.common?.by.get(provision), key));
  const of = (hunk: Hunk, party: PartyId): PartyId[] => declinedProposal(reading, [{ on: 'words', party, provision, key, digest, version: COMPARE_VERSION, hunks: [hunk] }]);
  const whole = (maker: PartyId): PartyId[] => {
    const all = hunks.filter(({ party }) => party === maker).map(({ hunk }) => of(hunk, maker));
    return (all[0] ?? []).filter((party) => all.every((some) => some.includes(party)));
  };
  const parties = new Set([...new Set(hunks.map(({ party }) => party))].flatMap(whole));
  return orderOf(reading).filter((party) => parties.has(party));
}

/** Who has declined what is proposed about a whole provision. */
export function declinedItem(reading: Reading, item: Item): PartyId[] {
  if (!declinesIn(reading, `${item.id}/`)) return [];
  const body = item.type === 'remove' ? { type: 'remove' as const, digest: digestOf(item.provision) } : item;
  return declinedProposal(reading, [{ on: 'item', party: '', provision: item.id, version: COMPARE_VERSION, item: body }]);
}
