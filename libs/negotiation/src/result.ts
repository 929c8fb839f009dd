import { digestOf, orderDigest, type Text } from '@parley/text';
import type { Proposal, Result } from './proposal.ts';

/** What the places that `parts` touch read in `after`, the common text with them: in its order, then those that have gone in that of `before`. */
export function resultOf(before: Text, after: Text, parts: readonly Proposal[]): Result {
  const touched = touchedBy(parts);
  const there = after.list.filter((id) => touched.has(id)), gone = before.list.filter((id) => touched.has(id) && !after.by.has(id));
  return {
    provisions: [...there, ...gone].map((provision) => ({ provision, digest: after.by.has(provision) ? digestOf(after.by.get(provision)!) : null })),
    order: parts.some((part) => part.on === 'item') ? orderDigest(after) : null,
  };
}

/** The provisions that parts are about. */
export const touchedBy = (parts: readonly Proposal[]): ReadonlySet<string> => new Set(parts.map(({ provision }) => provision));
