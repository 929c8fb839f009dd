import { type OpenProposal, type Proposal, type ProposalGroup, proposalsOf, type SharedState } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

type Named = Pick<OpenProposal, 'name' | 'provision'>;

/** Parts of what one party proposes: what somebody has chosen to answer. */
export interface RequestedProposals { readonly of: PartyId; readonly members: readonly Named[] }

/** Whole groups of one party together. */
export const requestedTogether = (groups: readonly ProposalGroup[]): RequestedProposals => ({ of: groups[0]!.proposal.party, members: groups.flatMap(({ members }) => members) });

/** The parts as they stand now; null when one of them is gone. A name tells which of several that read alike is meant: where it is no longer there, none is taken for it. */
export function requestedParts(now: SharedState, { of, members }: RequestedProposals): Proposal[] | null {
  const open = new Map(proposalsOf(now, [...new Set(members.map(({ provision }) => provision))]).filter(({ parties }) => parties.includes(of)).map((one) => [one.name, one]));
  const found = members.flatMap(({ name }) => open.get(name) ?? []);
  return found.length === members.length ? found.map(({ proposal }) => ({ ...proposal, party: of })) : null;
}
