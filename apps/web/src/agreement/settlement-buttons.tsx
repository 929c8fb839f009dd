import { may, settlementOf, standingOf } from '@parley/negotiation';
import { digestOf } from '@parley/text';
import { useState } from 'react';
import { refusedNow, useDesk } from '../documents/desk.ts';
import { ActButton } from '../ui/act-button.tsx';
import type { ActWish } from './perform.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

interface SettlementProps { readonly provision: string; readonly title: string }

/** Agree, approve, reopen: each for its role; a button that is there but closed says why. */
export function SettlementButtons({ provision, title }: SettlementProps) {
  const desk = useDesk();
  const { now, party } = desk;
  const common = now.rooms.common?.by.get(provision);
  if (!common) return null;
  const on = { group: now.group, document: now.document, provision };
  const standing = standingOf(now, provision);
  const settled = settlementOf(now.document, provision);
  const locked = standing === 'agreed' || standing === 'approved';
  const digest = digestOf(common);
  return (
    <>
      {may(now.actor, 'agree', on).ok && !locked ? <WishButton wish={{ t: 'agree', provision, digest }} about={title} color="agreed">Agree ad referendum</WishButton> : null}
      {may(now.actor, 'approve', on).ok && standing !== 'approved' ? <WishButton wish={{ t: 'approve', provision, digest }} about={title} color="agreed">Approve</WishButton> : null}
      {may(now.actor, 'askReopening', on).ok && locked
        ? (Object.keys(settled.reopenings).some((asking) => asking !== party) ? <AnswerReopening provision={provision} title={title} /> : <Reopen provision={provision} title={title} />) : null}
    </>
  );
}

interface WishProps { readonly wish: ActWish; readonly about: string; readonly color?: string; readonly children: React.ReactNode }

function WishButton({ wish, about, color, children }: WishProps) {
  const desk = useDesk();
  const act = useAct();
  return <ActButton {...(color ? { color } : { variant: 'default' })} loading={act.busy} refusal={refusedNow(desk, wish)} onClick={() => void act.perform(wish)} about={about}>{children}</ActButton>;
}

function Reopen({ provision, title }: SettlementProps) {
  const desk = useDesk();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  const say = async (reason: string): Promise<void> => { if (await act.perform({ t: 'askReopening', provision, reason })) setAsking(false); };
  return (
    <>
      <ActButton variant="default" loading={act.busy} refusal={refusedNow(desk, { t: 'askReopening', provision, reason: 'asked' })} onClick={() => setAsking(true)} about={title}>Ask to reopen</ActButton>
      <ReasonDialog
        opened={asking} onClose={() => setAsking(false)} onSay={(reason) => void say(reason)} busy={act.busy} title={`Reopen ${title}`} action="Ask to reopen"
        explanation="The other head grants or declines it. When it is granted, both consents and the moderator’s approval fall away and the provision can be written again."
      />
    </>
  );
}

function AnswerReopening({ provision, title }: SettlementProps) {
  return (
    <>
      <WishButton wish={{ t: 'grantReopening', provision }} about={title}>Grant reopening</WishButton>
      <WishButton wish={{ t: 'declineReopening', provision }} about={title}>Decline reopening</WishButton>
    </>
  );
}
