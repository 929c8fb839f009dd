import { CHAIR, isDelegation, may, partyName, positionRoom, type Proposal, type ProposalGroup } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { actContextOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { listed } from '../ui/words.ts';
import { AcceptPart } from './accept-part.tsx';
import { AcceptSteps } from './accept-steps.tsx';
import { ActSteps } from './act-steps.tsx';
import { requestedParts } from './requested-proposals.ts';
import { CounterPropose } from './counter-propose.tsx';
import { ownershipOf, placeName } from './describe.ts';
import { useInterrupted } from './interrupted.ts';
import type { ActWish } from '../sync/perform.ts';
import { readsAfter, type Reads } from './preview.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { TakeBackAcceptance } from './take-back-acceptance.tsx';
import { TextReads } from './text-reads.tsx';
import { useAct } from './use-act.ts';

interface ButtonsProps { readonly open: ProposalGroup; readonly title: string; readonly onAnswered?: (said: string) => void }

/** What the reader can answer. Those who never answer see no buttons. */
export function ProposalButtons({ open, title, onAnswered }: ButtonsProps) {
  const { party } = useDocumentContext();
  if (party === null) return <Waiting open={open} />;
  const ownership = ownershipOf(open, party);
  const answers = isDelegation(party) && (ownership === 'other' || open.either);
  return (
    <div className="row acts">
      {answers ? <Answers open={open} title={title} {...(onAnswered ? { onAnswered } : {})} /> : null}
      {ownership === 'other' ? <Counters open={open} /> : <Withdraw open={open} title={title} {...(onAnswered ? { onAnswered } : {})} />}
      {answers ? <TakeBackAcceptance open={open} title={title} /> : null}
      {answers && !open.consents[party] ? null : <Waiting open={open} />}
    </div>
  );
}

/** A counter-proposal for each place in which words are proposed, named where there are several. */
function Counters({ open }: { readonly open: ProposalGroup }) {
  const { now } = useDocumentContext();
  const { common } = now.rooms, words = open.parts.filter((part) => part.on === 'words');
  return words.map((part) => <CounterPropose key={`${part.provision} ${part.key}`} proposal={part} where={words.length > 1 ? placeName(common, part.provision, part.key) : null} />);
}

function Waiting({ open }: { readonly open: ProposalGroup }) {
  const { now, party } = useDocumentContext();
  const missing = open.outstanding.filter((p) => p !== party).map((p) => partyName(now.group, p));
  if (missing.length === 0) return null;
  return <span className="quiet">Waiting for {open.either ? missing.join(' or ') : listed(missing)}</span>;
}

function Answers({ open, title, onAnswered }: ButtonsProps) {
  const context = useDocumentContext();
  const { party, now } = context;
  const act = useAct();
  /** What the dialog was opened for: that and nothing else is declined. */
  const [declining, setDeclining] = useState<readonly Proposal[] | null>(null);
  useInterrupted(declining !== null && !act.busy);
  const declined = open.declines.some((d) => d.party === party);
  const chairs = open.parties[0] === CHAIR && open.outstanding.length + Object.keys(open.consents).length > 1;
  const decline = async (reason: string): Promise<void> => {
    if (declining !== null && await act.perform({ t: 'decline', parts: declining, reason })) setDeclining(null);
  };
  return (
    <>
      {party !== null && open.consents[party] ? null : <AcceptSteps open={[open]} label={chairs && party ? `Accept for ${partyName(now.group, party)}` : 'Accept'} about={title} onDone={() => onAnswered?.('You accepted it.')} />}
      {open.members.length > 1 ? <AcceptPart group={open} about={title} common={now.rooms.common} own={now.rooms[positionRoom(open.proposal.party)]} onDone={() => onAnswered?.('You accepted a part of it.')} /> : null}
      {declined || open.either || !open.outstanding.includes(party ?? '') ? null : <ActButton variant="default" onClick={() => setDeclining(open.parts)} loading={act.busy} refusal={barred(context, 'decline', { party: open.parties[0]!, provision: open.provision })} about={title}>Decline</ActButton>}
      <ReasonDialog
        opened={declining !== null} onClose={() => setDeclining(null)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title="Decline the proposal"
        explanation="The text does not change. The bracket is marked with who declined it, when and why; everybody in the group reads it." action="Decline" optional
      />
    </>
  );
}

interface Withdrawn { readonly wish: ActWish; readonly reads: readonly Reads[] }

function Withdraw({ open, title, onAnswered }: ButtonsProps) {
  const context = useDocumentContext();
  const { party, now } = context;
  if (party === null || !may(now.actor, 'withdraw', { group: now.group, document: now.document, party }).ok) return null;
  const make = (client: DocumentClient): Withdrawn | null => {
    const context = actContextOf(client), parts = requestedParts(context, { of: party, members: open.members });
    if (!parts) return null;
    const wish: ActWish = { t: 'withdraw', parts };
    return { wish, reads: readsAfter(context, wish, positionRoom(party)) };
  };
  return (
    <ActSteps
      label="Withdraw" plain about={title} title="If you withdraw it, our text reads" make={make} ways={({ wish }) => [{ label: 'Withdraw', wish }]}
      refusal={barred(context, 'withdraw', { party, provision: open.provision })} onDone={() => onAnswered?.('You withdrew it.')}
    >
      {({ reads }) => (reads.length > 0 ? <TextReads reads={reads} /> : <p>Our text follows the common text here again.</p>)}
    </ActSteps>
  );
}
