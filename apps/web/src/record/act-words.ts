import { type GroupState, partyName, type Proposal } from '@parley/negotiation';
import { type Provision, textFrom } from '@parley/text';
import { describe, nameOf, type Phrase } from '../agreement/describe.ts';
import type { ActEntry } from './history-rows.ts';

/** How the history finds a provision's name: labels may have changed and provisions may be gone. */
export type FindProvision = (id: string) => Provision | undefined;

const said = (text: string): Phrase => ({ as: 'said', text });

/** What an act did, as a sentence after its author's name. */
export function actWords(entry: ActEntry, group: GroupState, find: FindProvision): Phrase[] {
  const { act, events } = entry;
  const happened = (e: ActEntry['events'][number]['e']): boolean => events.some((event) => event.e === e);
  switch (act.t) {
    case 'openDocument': return [said('opened the document as a working paper')];
    case 'acceptAsBasis': return [said(happened('negotiationBegan') ? 'accepted the working paper as basis; negotiation began' : 'accepted the working paper as basis; it is frozen until the other head answers')];
    case 'declineBasis': return [said(`declined the working paper as basis${because(act.reason)}`)];
    case 'takeBackBasis': return [said('took the acceptance of the working paper back')];
    case 'accept': return [said(`accepted ${of(act.proposal, group)} in ${nameOf(find(act.proposal.provision))}: `), ...wanted(act.proposal, find), said(happened('entered') ? ' — entered the common text' : ' — waits for the other delegation')];
    case 'decline': return [said(`declined ${of(act.proposal, group)} in ${nameOf(find(act.proposal.provision))}: `), ...wanted(act.proposal, find), said(because(act.reason))];
    case 'withdraw': return [said(`withdrew a proposal in ${nameOf(find(act.proposal.provision))}: `), ...wanted(act.proposal, find)];
    case 'agree': return [said(`agreed ${nameOf(find(act.provision))} ad referendum`)];
    case 'lapse': return [said(`The single consent to ${nameOf(find(act.provision))} lapsed: the text changed or got a bracket`)];
    case 'approve': return [said(`approved ${nameOf(find(act.provision))}`)];
    case 'reopen': return [said(happened('reopened') ? `granted the reopening of ${nameOf(find(act.provision))}; consents and approval fell away` : `asked to reopen ${nameOf(find(act.provision))}${because(act.reason)}`)];
    case 'declineReopening': return [said(`declined to reopen ${nameOf(find(act.provision))}`)];
  }
}

const because = (reason: string): string => (reason ? ` — “${reason}”` : '');
const of = (proposal: Proposal, group: GroupState): string => `${partyName(group, proposal.party)}’s proposal`;

function wanted(proposal: Proposal, find: FindProvision): Phrase[] {
  const ids = [proposal.provision, ...(proposal.on === 'item' && 'after' in proposal.item && proposal.item.after !== null ? [proposal.item.after] : [])];
  return describe(proposal, textFrom(ids.flatMap((id) => find(id) ?? [])));
}
