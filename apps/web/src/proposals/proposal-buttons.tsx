import { CHAIR, isDelegation, may, positionRoom, type Proposal, type ProposalGroup } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { actContextOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { listed, message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
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
  const [first, second] = missing;
  return <span className="quiet">{open.either && first && second ? message('proposals.waiting.either', { first, second }) : message('proposals.waiting', { parties: listed(missing) })}</span>;
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
      {party !== null && open.consents[party] ? null : <AcceptSteps open={[open]} label={chairs && party ? message('proposals.accept.forParty', { party: partyName(now.group, party) }) : message('proposals.accept.button')} about={title} onDone={() => onAnswered?.(message('proposals.accept.done'))} />}
      {open.members.length > 1 ? <AcceptPart group={open} about={title} common={now.rooms.common} own={now.rooms[positionRoom(open.proposal.party)]} onDone={() => onAnswered?.(message('proposals.acceptPart.done'))} /> : null}
      {declined || open.either || !open.outstanding.includes(party ?? '') ? null : <ActButton variant="default" onClick={() => setDeclining(open.parts)} loading={act.busy} refusal={barred(context, 'decline', { party: open.parties[0]!, provision: open.provision })} about={title}>{message('proposals.decline.button')}</ActButton>}
      <ReasonDialog
        opened={declining !== null} onClose={() => setDeclining(null)} onSay={(reason) => void decline(reason)} busy={act.busy} refused={act.refused} title={message('proposals.decline.title')}
        explanation={message('proposals.decline.explanation')} action={message('proposals.decline.button')} optional
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
      label={message('proposals.withdraw.button')} plain about={title} title={message('proposals.withdraw.title')} make={make} ways={({ wish }) => [{ label: message('proposals.withdraw.button'), wish }]}
      refusal={barred(context, 'withdraw', { party, provision: open.provision })} onDone={() => onAnswered?.(message('proposals.withdraw.done'))}
    >
      {({ reads }) => (reads.length > 0 ? <TextReads reads={reads} /> : <p>{message('proposals.withdraw.common')}</p>)}
    </ActSteps>
  );
}
