import { CHAIR, isDelegation, may, type OpenProposal, partyName, positionRoom } from '@parley/negotiation';
import { sentenceOf } from '@parley/protocol';
import { useState } from 'react';
import { barred, useDesk } from '../documents/desk.ts';
import { ActButton } from '../ui/act-button.tsx';
import { listed } from '../ui/words.ts';
import { AcceptDialog } from './accept-dialog.tsx';
import { ownershipOf } from './describe.ts';
import { useInterrupted } from './interrupted.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { acceptRefusal, useAccept } from './use-accept.ts';
import { useAct } from './use-act.ts';

interface ButtonsProps { readonly open: OpenProposal; readonly title: string }

/** What the reader can answer. Those who never answer see no buttons. */
export function ProposalButtons({ open, title }: ButtonsProps) {
  const { party } = useDesk();
  if (party === null) return <Waiting open={open} />;
  const ownership = ownershipOf(open, party);
  const answers = isDelegation(party) && (ownership === 'other' || open.either);
  return (
    <div className="row">
      {answers ? <Answers open={open} title={title} /> : null}
      {ownership === 'other' ? <CounterPropose open={open} /> : <Withdraw open={open} />}
      {answers && !open.consents[party] ? null : <Waiting open={open} />}
    </div>
  );
}

function Waiting({ open }: { readonly open: OpenProposal }) {
  const { now, party } = useDesk();
  const missing = open.outstanding.filter((p) => p !== party).map((p) => partyName(now.group, p));
  if (missing.length === 0) return null;
  return <span className="quiet">Waiting for {open.either ? missing.join(' or ') : listed(missing)}</span>;
}

function Answers({ open, title }: ButtonsProps) {
  const desk = useDesk();
  const { party, now } = desk;
  const accept = useAccept();
  const act = useAct();
  const [declining, setDeclining] = useState(false);
  useInterrupted((accept.asked !== null && !accept.busy) || (declining && !act.busy));
  const declined = open.declines.some((d) => d.party === party);
  const chairs = open.parties[0] === CHAIR && open.outstanding.length + Object.keys(open.consents).length > 1;
  const decline = async (reason: string): Promise<void> => {
    if (await act.perform({ t: 'decline', parts: [open.proposal], reason })) setDeclining(false);
  };
  return (
    <>
      <ActButton color="agreed" onClick={() => accept.begin(open)} loading={accept.busy} refusal={acceptRefusal(desk, open)} about={title}>{chairs && party ? `Accept for ${partyName(now.group, party)}` : 'Accept'}</ActButton>
      {declined || open.either || !open.outstanding.includes(party ?? '') ? null : <ActButton variant="default" onClick={() => setDeclining(true)} loading={act.busy} refusal={barred(desk, 'decline', { party: open.parties[0]!, provision: open.provision })} about={title}>Decline</ActButton>}
      <AcceptDialog accepting={accept} />
      <ReasonDialog
        opened={declining} onClose={() => setDeclining(false)} onSay={(reason) => void decline(reason)} busy={act.busy} title="Decline the proposal"
        explanation="The text does not change. The bracket is marked with who declined it, when and why; everybody in the group reads it." action="Decline" optional
      />
    </>
  );
}

function CounterPropose({ open }: { readonly open: OpenProposal }) {
  const desk = useDesk();
  const { party, now, editor, setFocus } = desk;
  if (party === null || open.proposal.on !== 'words') return null;
  const refusal = barred(desk, 'write', { room: positionRoom(party), provision: open.provision });
  const lost = now.rooms[positionRoom(party)]?.by.has(open.provision) ? null : sentenceOf('not-found');
  const counter = (): void => {
    setFocus(open.provision);
    editor.current?.counterPropose(open.proposal);
  };
  return <ActButton variant="default" onClick={counter} refusal={refusal ?? lost}>Counter-propose</ActButton>;
}

function Withdraw({ open }: { readonly open: OpenProposal }) {
  const desk = useDesk();
  const { party, now } = desk;
  const act = useAct();
  if (party === null || !may(now.actor, 'withdraw', { group: now.group, document: now.document, party }).ok) return null;
  const withdraw = (): void => void act.perform({ t: 'withdraw', parts: [{ ...open.proposal, party }] });
  return <ActButton variant="subtle" onClick={withdraw} loading={act.busy} refusal={barred(desk, 'withdraw', { party, provision: open.provision })}>Withdraw</ActButton>;
}
