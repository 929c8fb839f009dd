import type { PartyId } from '@parley/text';
import { isLocked, settlementOf } from './document.ts';
import { CHAIR, isDelegation } from './party.ts';
import { groupsOf, type ProposalGroup } from './proposal-groups.ts';
import { awaits, proposalsOf } from './proposals.ts';
import type { SharedState } from './act-context.ts';
import { type Standing, standingOf } from './standing.ts';

/** What waits for a party in a document, thing by thing, in the order of the text. */
export interface Awaited {
  /** Proposals whose answer is missing: neither accepted nor declined. What is linked is one. */
  readonly proposals: readonly ProposalGroup[];
  /** Clean provisions that the party has not agreed. */
  readonly toAgree: readonly string[];
  /** Agreed provisions that the other side asks to reopen. */
  readonly reopenings: readonly string[];
  /** For the chair: agreed provisions that can be approved. */
  readonly toApprove: readonly string[];
  /** The working paper, for the head who has not answered. */
  readonly basis: boolean;
  /** A proposal to close the document that the party has not assented to. */
  readonly closing: boolean;
}

/** What of a document is known already, by whoever counts at every key press; everything else is worked out. */
export interface CountedProposals { readonly standing?: (provision: string) => Standing | null; readonly groups?: readonly ProposalGroup[] }

/** What waits besides proposals. */
export type AwaitedBesides = Omit<Awaited, 'proposals'>;

const NOTHING: AwaitedBesides = { toAgree: [], reopenings: [], toApprove: [], basis: false, closing: false };

/** What waits for `party` besides answers to proposals. */
export function awaitedBesides(shared: SharedState, party: PartyId, standing = (id: string) => standingOf(shared, id)): AwaitedBesides {
  const { document, rooms } = shared;
  const basis = document.stage === 'drafting' && document.basis !== null && document.basis.party !== party && isDelegation(party);
  if (document.stage !== 'negotiation' || !rooms.common) return { ...NOTHING, basis };
  const list = rooms.common.list, settled = (id: string) => settlementOf(document, id);
  if (party === CHAIR) return { ...NOTHING, toApprove: list.filter((id) => isLocked(document, id) && !settled(id).approved && Object.keys(settled(id).reopenings).length === 0) };
  return {
    toAgree: list.filter((id) => !settled(id).consents[party] && standing(id) === 'clean'),
    reopenings: list.filter((id) => Object.keys(settled(id).reopenings).some((asking) => asking !== party)),
    toApprove: [], basis, closing: document.closing !== null && !document.closing.assents[party],
  };
}

/** What waits for `party`. Lists, buttons and counts ask this one function. */
export function awaitedBy(shared: SharedState, party: PartyId, known: CountedProposals = {}): Awaited {
  const besides = awaitedBesides(shared, party, known.standing);
  if (shared.document.stage !== 'negotiation' || !isDelegation(party)) return { ...besides, proposals: [] };
  const groups = known.groups ?? groupsOf(shared, proposalsOf(shared));
  return { ...besides, proposals: groups.filter((group) => awaits(group, party)) };
}

/** How much waits for a party. */
export interface Waiting { readonly proposals: number; readonly toAgree: number; readonly reopenings: number; readonly basis: boolean; readonly toApprove: number; readonly closing: boolean }

/** What waits, counted. */
export const countsOf = ({ proposals, toAgree, reopenings, toApprove, basis, closing }: Awaited): Waiting =>
  ({ proposals: proposals.length, toAgree: toAgree.length, reopenings: reopenings.length, toApprove: toApprove.length, basis, closing });

/** What waits for `party`, counted. */
export const awaitingOf = (shared: SharedState, party: PartyId, known?: CountedProposals): Waiting => countsOf(awaitedBy(shared, party, known));
