import { groupsOf, type ProposalGroup, proposalsOf, type Scenery } from '@parley/negotiation';
import { useEffect, useState } from 'react';

/** How long nobody types before the whole text is searched for what belongs together. */
const RESTS_MS = 600;

interface Grouped { readonly of: Scenery | null; readonly groups: readonly ProposalGroup[] }

const NOTHING: Grouped = { of: null, groups: [] };

/**
 * All open proposals, linked ones as one. At a change only the provisions themselves are searched for what belongs together, and what was found together before stays so;
 * beyond them when typing rests (J4).
 */
export function useGroups(shown: Scenery): readonly ProposalGroup[] {
  const [grouped, setGrouped] = useState(NOTHING);
  const now = grouped.of === shown ? grouped : { of: shown, groups: grouping(shown, grouped) };
  if (now !== grouped) setGrouped(now);
  useEffect(() => {
    const timer = setTimeout(() => setGrouped((before) => (before.of === shown ? { of: shown, groups: groupsOf(shown, proposalsOf(shown)) } : before)), RESTS_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return now.groups;
}

/** What is shown first is searched whole. */
const grouping = (shown: Scenery, { of, groups }: Grouped): ProposalGroup[] => groupsOf(shown, proposalsOf(shown), of === null ? 'everywhere' : 'provision', groups);
