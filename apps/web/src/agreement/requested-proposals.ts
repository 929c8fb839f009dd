import { type OpenProposal, type Proposal, type ProposalGroup, proposalKey, proposalsOf, type SharedState } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

type Named = Pick<OpenProposal, 'name' | 'proposal' | 'provision'>;

/** Parts of what one party proposes: what somebody has chosen to answer. */
export interface RequestedProposals { readonly of: PartyId; readonly members: readonly Named[] }

/** Whole groups of one party together. */
export const requestedTogether = (groups: readonly ProposalGroup[]): RequestedProposals => ({ of: groups[0]!.proposal.party, members: groups.flatMap(({ members }) => members) });

/** The parts as they stand now; null when one of them is gone. Where a name stands twice, the one at the same place is meant. */
export function requestedParts(now: SharedState, { of, members }: RequestedProposals): Proposal[] | null {
  const open = proposalsOf(now, [...new Set(members.map(({ provision }) => provision))]).filter(({ parties }) => parties.includes(of));
  const found = members.flatMap((member) => {
    const named = open.filter(({ name }) => name === member.name);
    return named.find((one) => proposalKey(one) === proposalKey(member)) ?? named[0] ?? [];
  });
  return new Set(found).size === members.length ? found.map(({ proposal }) => ({ ...proposal, party: of })) : null;
}
