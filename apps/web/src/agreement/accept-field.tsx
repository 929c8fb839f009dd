import { may, type OpenProposal, partyName } from '@parley/negotiation';
import { useDesk } from '../documents/desk.ts';
import { ActButton } from '../ui/act-button.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { whichSlot } from './describe.ts';
import { fieldsToAnswer } from './field.ts';
import { useInterrupted } from './interrupted.ts';
import { acceptRefusal, useAccept } from './use-accept.ts';

/** For a head: everything that one party proposes in one field of the provision in hand, by one act. */
export function AcceptField({ proposals }: { readonly proposals: readonly OpenProposal[] }) {
  const desk = useDesk();
  const { now, party } = desk;
  const accept = useAccept();
  useInterrupted(accept.asked !== null && !accept.busy);
  if (!may(now.actor, 'accept', { group: now.group, document: now.document }).ok) return null;
  return (
    <>
      {fieldsToAnswer(proposals, party).map((field) => {
        const [first] = field, maker = first!.parties[0]!;
        const slot = whichSlot(first!.proposal, now.rooms.common?.by.get(first!.provision));
        return (
          <div key={`${maker} ${first!.provision} ${slot ?? ''}`} style={{ marginBottom: 8 }}>
            <ActButton variant="default" fullWidth loading={accept.busy} refusal={acceptRefusal(desk, first!)} onClick={() => accept.beginAll(field)}>
              Accept all in this field ({field.length}){slot ? ` · ${slot}` : ''}<span className="hidden-words"> of {partyName(now.group, maker)}</span>
            </ActButton>
          </div>
        );
      })}
      <AcceptDialog accepting={accept} />
    </>
  );
}
