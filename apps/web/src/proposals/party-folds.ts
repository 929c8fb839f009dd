import type { OpenProposal } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

/** A list that is not longer is not offered to be folded away. */
export const LONG = 12;

/** Who has a long list of proposals, and how long; in the order in which they are met. A proposal of several parties is the first one's. */
export function longLists(all: readonly Pick<OpenProposal, 'parties'>[]): { readonly party: PartyId; readonly count: number }[] {
  const counts = new Map<PartyId, number>();
  for (const { parties } of all) counts.set(parties[0]!, (counts.get(parties[0]!) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > LONG).map(([party, count]) => ({ party, count }));
}

/** What is left when the long lists of some parties are folded away. */
export function unfolded<P extends Pick<OpenProposal, 'parties'>>(all: readonly P[], folded: ReadonlySet<PartyId>): readonly P[] {
  const away = new Set(longLists(all).map(({ party }) => party).filter((party) => folded.has(party)));
  return away.size === 0 ? all : all.filter(({ parties }) => !away.has(parties[0]!));
}

/** By document, whose lists are folded away: remembered while the page is open. */
const FOLDED = new Map<string, ReadonlySet<PartyId>>();
const NONE: ReadonlySet<PartyId> = new Set();

export const foldedIn = (doc: string): ReadonlySet<PartyId> => FOLDED.get(doc) ?? NONE;

/** Folds the list of a party away, or shows it again; gives what is folded now. */
export function toggleFold(doc: string, party: PartyId): ReadonlySet<PartyId> {
  const folded = new Set(foldedIn(doc));
  if (!folded.delete(party)) folded.add(party);
  FOLDED.set(doc, folded);
  return folded;
}
