import { awaits, type ProposalGroup } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

/** What one other party alone proposes, beginning with words of one field, and what waits for the answer of `party`, which has not declined it; only fields with several. What is linked is one. */
export function fieldsToAnswer(proposals: readonly ProposalGroup[], party: PartyId | null): ProposalGroup[][] {
  const fields = new Map<string, ProposalGroup[]>();
  for (const open of proposals) {
    if (open.proposal.on !== 'words' || open.parties.length !== 1 || party === null || !awaits(open, party)) continue;
    const field = `${open.parties[0]!} ${open.provision} ${open.proposal.key}`;
    fields.set(field, [...(fields.get(field) ?? []), open]);
  }
  return [...fields.values()].filter((field) => field.length > 1);
}
