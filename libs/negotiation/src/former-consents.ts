import type { Alongside, PartyId } from '@parley/text';
import { documentEvent } from './event.ts';
import type { GivenUp } from './proposal.ts';
import { without } from './without.ts';

/** What an acceptance of the chair's words gave under the first version of the rules. */
interface ProposalConsented { readonly e: 'proposalConsented'; readonly name: string; readonly party: PartyId; readonly givesUp: GivenUp; readonly own: Alongside }
export const proposalConsented = documentEvent<ProposalConsented>('proposalConsented', (state, { name, party, givesUp, own }, mark) =>
  ({ ...state, proposalConsents: { ...state.proposalConsents, [name]: { ...state.proposalConsents[name], [party]: { ...mark, givesUp, own } } } }));

interface ProposalConsentFell { readonly e: 'proposalConsentFell'; readonly name: string; readonly party: PartyId }
export const proposalConsentFell = documentEvent<ProposalConsentFell>('proposalConsentFell', (state, { name, party }) => {
  const rest = without(state.proposalConsents[name] ?? {}, party);
  return { ...state, proposalConsents: Object.keys(rest).length > 0 ? { ...state.proposalConsents, [name]: rest } : without(state.proposalConsents, name) };
});
