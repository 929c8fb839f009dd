import { may, type ProposalGroup } from '@parley/negotiation';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { AcceptSteps } from './accept-steps.tsx';
import { whichSlot } from './describe.ts';
import { fieldsToAnswer } from './fields-to-answer.ts';

/** For a head: everything that one party proposes in one field of the provision in hand and that the head has not declined, by one act. */
export function AcceptField({ proposals }: { readonly proposals: readonly ProposalGroup[] }) {
  const { now, party } = useDocumentContext();
  if (!may(now.actor, 'accept', { group: now.group, document: now.document }).ok) return null;
  return fieldsToAnswer(proposals, party).map((field) => {
    const [first] = field, maker = first!.parties[0]!;
    const slot = whichSlot(first!.proposal, now.rooms.common?.by.get(first!.provision));
    return (
      <div key={`${maker} ${first!.provision} ${slot ?? ''}`} style={{ marginBottom: 8 }}>
        <AcceptSteps open={field} fullWidth label={message(slot ? 'proposals.acceptField.inSlot' : 'proposals.acceptField.here', { n: field.length, party: partyName(now.group, maker), slot: slot ?? '' })} />
      </div>
    );
  });
}
