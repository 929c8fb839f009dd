import { groupsOf, type KeptProposals, type OpenProposal, type ProposalGroup, proposalsOf, type SharedState } from '@parley/negotiation';
import { useEffect, useState } from 'react';

/** How long nobody types before the whole text is searched for what belongs together. */
const RESTS_MS = 600;

interface Grouped { readonly of: SharedState | null; readonly groups: readonly ProposalGroup[] }

const NOTHING: Grouped = { of: null, groups: [] };

/**
 * All open proposals, linked ones as one. At a change only the provisions themselves are searched for what belongs together, and what was found together before stays so;
 * beyond them when typing rests (J4).
 */
export function useGroups(shown: SharedState): readonly ProposalGroup[] {
  const [grouped, setGrouped] = useState(NOTHING);
  const now = grouped.of === shown ? grouped : { of: shown, groups: grouping(shown, grouped) };
  if (now !== grouped) setGrouped(now);
  useEffect(() => {
    const timer = setTimeout(() => setGrouped((before) => (before.of === shown ? { of: shown, groups: wholly(shown) } : before)), RESTS_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return now.groups;
}

const PROPOSALS: KeptProposals = new WeakMap();

const openIn = (shown: SharedState): OpenProposal[] => proposalsOf(shown, undefined, PROPOSALS);

type Kept = WeakMap<SharedState, readonly ProposalGroup[]>;

/** What was found for a document as it is shown: several parts of the page ask for it. */
const near: Kept = new WeakMap(), whole: Kept = new WeakMap();

function kept(found: Kept, shown: SharedState, find: () => readonly ProposalGroup[]): readonly ProposalGroup[] {
  let groups = found.get(shown);
  if (!groups) found.set(shown, (groups = find()));
  return groups;
}

const wholly = (shown: SharedState): readonly ProposalGroup[] => kept(whole, shown, () => groupsOf(shown, openIn(shown)));

/** What is shown first is searched whole. */
const grouping = (shown: SharedState, { of, groups }: Grouped): readonly ProposalGroup[] =>
  (of === null ? wholly(shown) : kept(near, shown, () => groupsOf(shown, openIn(shown), 'provision', groups)));

/** Finds what is proposed in some provisions, and what belongs together there, ahead of whoever asks for all of it. */
export function findIn(shown: SharedState, ids: readonly string[]): void {
  const rooms = Object.fromEntries(Object.entries(shown.rooms).map(([room, text]) => [room, text && { list: ids.filter((id) => text.by.has(id)), by: text.by }]));
  groupsOf({ ...shown, rooms }, proposalsOf(shown, ids, PROPOSALS), 'provision');
}
