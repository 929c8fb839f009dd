import type { Alongside, PartyId } from '@parley/text';
import type { Proposal } from './proposal.ts';
import { type Against, Changes } from './changes.ts';
import { named, sameHunk } from './proposal-names.ts';
import { gathered, itemsOf, sortOfItem, wordsOf } from './parts.ts';
import { isDelegation, positionRoom } from './party.ts';
import { sameValue } from './same-value.ts';
import type { SharedState } from './act-context.ts';

/** What a side is about to accept. `own`: of its insertions at a point where a part inserts too. `besides`: proposals of its own that it gives up freely. */
export interface Taking { readonly parts: readonly Proposal[]; readonly party: PartyId; readonly own: Alongside; readonly besides?: readonly Proposal[] }

/**
 * What a side gives up by an acceptance, and what of it nothing contests: that is withdrawn first, the rest where the parts enter. `changes`: the parts entered with this side
 * alone accepting.
 */
export interface GivingUp { readonly givesUp: readonly Proposal[]; readonly freely: readonly Proposal[]; readonly changes: Changes }

/** A text that is cut anew so often without an end would be a fault of compare, not of the people. */
const ROUNDS = 8;

/**
 * What `party` gives up by accepting `parts`: all of its own that contests them, whole hunks and items, and what it adds of its own in `besides`; as proposals,
 * words in reading order, then items. Shown before it signs and listed in the act: what comes back, given again as `besides`, comes back the same. What of `besides` the party
 * does not propose is not in it.
 */
export function givingUp(shared: SharedState, taking: Taking): GivingUp {
  let found = oneGivingUp(shared, taking);
  for (let round = 0; round < ROUNDS && (taking.besides ?? []).length > 0; round++) {
    const again = oneGivingUp(shared, { ...taking, besides: found.givesUp });
    if (again.givesUp.length === found.givesUp.length && sameValue(again.givesUp, found.givesUp)) return again;
    found = again;
  }
  return found;
}

function oneGivingUp(shared: SharedState, { parts, party, own, besides = [] }: Taking): GivingUp {
  // Whoever gives up the very words that it accepts gives up nothing; and the position of the party whose parts they are is not written.
  const mine = proposedBy(shared, party, [...parts, ...besides]).filter((one) => parts.every((part) => part.party !== party && !holds({ ...part, party }, one)));
  let changes = new Changes(shared);
  const contesting = (freely: ReadonlySet<Proposal>): Set<Proposal> => {
    changes = new Changes(shared);
    const left = mine.filter((proposal) => !freely.has(proposal));
    changes.enter(parts, new Map([[party, { own, freely: [...freely] }]]));
    return new Set(changes.againstOf(party).flatMap((against) => behind(against, left)));
  };
  const first = contesting(new Set());
  const given = new Set([...first, ...mine.filter((proposal) => besides.some((other) => holds(other, proposal)))]);
  let freely = new Set([...given].filter((proposal) => !first.has(proposal)));
  for (let round = 0; round < ROUNDS && freely.size > 0; round++) {
    const still = contesting(freely), before = given.size + freely.size;
    still.forEach((proposal) => given.add(proposal));
    freely = new Set([...given].filter((proposal) => freely.has(proposal) || !still.has(proposal)));
    if (given.size + freely.size === before) break;
  }
  return { givesUp: gathered(mine.filter((proposal) => given.has(proposal))), freely: gathered(mine.filter((proposal) => freely.has(proposal))), changes };
}

/** Every single proposal of a party in the provisions that `about` names. */
function proposedBy(shared: SharedState, party: PartyId, about: readonly Proposal[]): Proposal[] {
  const common = shared.rooms.common, text = shared.rooms[positionRoom(party)];
  if (!common || !text) return [];
  const ids = new Set(about.map(({ provision }) => provision));
  const words = common.list.filter((id) => ids.has(id)).flatMap((id) => wordsOf(common, party, text, id));
  const items = itemsOf(common, party, text).filter(({ proposal }) => ids.has(proposal.provision));
  return [...words, ...items].map(({ proposal }) => proposal);
}

/** True when the single proposal `one` is in `listed`, word for word. */
function holds(listed: Proposal, one: Proposal): boolean {
  if (listed.party !== one.party || listed.provision !== one.provision || listed.version !== one.version) return false;
  if (listed.on === 'item' || one.on === 'item') return listed.on === 'item' && one.on === 'item' && sortOfItem('', listed.item) === sortOfItem('', one.item);
  return listed.key === one.key && listed.digest === one.digest && listed.hunks.some((h) => sameHunk(h, one.hunks[0]!));
}

/** The own proposals behind what stood against the parts: found by their words; where giving up others has cut those anew, by their place. */
function behind(against: Against, left: readonly Proposal[]): Proposal[] {
  if (against.on === 'item') {
    const { item } = against;
    const here = left.filter((proposal) => proposal.provision === item.id);
    const same = here.filter((proposal) => proposal.on === 'item' && sortOfItem(item.id, proposal.item) === sortOfItem(item.id, item));
    return same.length > 0 ? same : here.filter((proposal) => proposal.on === 'words' && item.type === 'add');
  }
  const { provision, key, hunk } = against;
  const slot = left.filter((proposal) => proposal.on === 'words' && proposal.provision === provision && proposal.key === key);
  const those = (test: (h: Parameters<typeof sameHunk>[0]) => boolean) => slot.filter((proposal) => proposal.on === 'words' && proposal.hunks.some(test));
  const same = those((h) => sameHunk(h, named(hunk)));
  const touching = same.length > 0 ? same : those((h) => h.from <= hunk.to && hunk.from <= h.to);
  return touching.length > 0 ? touching : slot;
}

/** True when the accepting side may keep words of its own beside the accepted ones: both insert at one point. */
export function mayStandAlongside(shared: SharedState, taking: Omit<Taking, 'own'>): boolean {
  if (!isDelegation(taking.party)) return false;
  const count = (own: Alongside): number => givingUp(shared, { ...taking, own }).givesUp.reduce((n, p) => n + (p.on === 'words' ? p.hunks.length : 1), 0);
  return count('alongside') < count('withdrawn');
}
