import type { MessageId } from '@parley/messages';
import { type DocumentState, may, requestDigest, settlementOf, standingOf } from '@parley/negotiation';
import { digestOf } from '@parley/text';
import { useState } from 'react';
import { refusedNow, useDocumentContext } from '../provisions/document-context.ts';
import { actContextOf } from '../sync/document.ts';
import { ActButton } from '../ui/act-button.tsx';
import { message } from '../ui/messages.ts';
import { ActSteps } from './act-steps.tsx';
import { inRow } from './describe.ts';
import { openBesides } from './open-besides.ts';
import type { ActWish } from '../sync/perform.ts';
import { type Reads, wholeOf } from './preview.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { TextReads } from './text-reads.tsx';
import { useAct } from './use-act.ts';

interface SettlementProps { readonly provision: string; readonly title: string }

/** Agree, approve, reopen: each for its role; a button that is there but closed says why. */
export function SettlementButtons({ provision, title }: SettlementProps) {
  const context = useDocumentContext();
  const { now, party } = context;
  const common = now.rooms.common?.by.get(provision);
  if (!common) return null;
  const on = { group: now.group, document: now.document, provision };
  const standing = standingOf(now, provision);
  const settled = settlementOf(now.document, provision);
  const locked = standing === 'agreed' || standing === 'approved';
  return (
    <>
      {may(now.actor, 'agree', on).ok && !locked ? <Settling move="agree" provision={provision} title={title} /> : null}
      {may(now.actor, 'approve', on).ok && standing !== 'approved' ? <Settling move="approve" provision={provision} title={title} /> : null}
      {may(now.actor, 'askReopening', on).ok && locked
        ? <Reopenings provision={provision} title={title} asked={Object.keys(settled.reopenings)} party={party} /> : null}
      {party !== null && !locked && settled.consents[party] && may(now.actor, 'takeBackConsent', on).ok ? <Settling move="takeBackConsent" provision={provision} title={title} /> : null}
    </>
  );
}

type Move = 'agree' | 'approve' | 'takeBackConsent' | 'grantReopening' | 'declineReopening' | 'takeBackReopening';

const SAID: Readonly<Record<Move, { readonly label: MessageId; readonly title: MessageId; readonly note: MessageId; readonly plain?: boolean }>> = {
  agree: { label: 'proposals.settle.agree.button', title: 'proposals.settle.agree.title', note: 'proposals.settle.agree.note' },
  approve: { label: 'proposals.settle.approve.button', title: 'proposals.settle.approve.title', note: 'proposals.settle.approve.note' },
  takeBackConsent: { label: 'proposals.settle.takeBackConsent.button', title: 'proposals.settle.takeBackConsent.title', note: 'proposals.settle.takeBackConsent.note', plain: true },
  grantReopening: { label: 'proposals.settle.grantReopening.button', title: 'proposals.settle.grantReopening.title', note: 'proposals.settle.grantReopening.note', plain: true },
  declineReopening: { label: 'proposals.settle.declineReopening.button', title: 'proposals.settle.declineReopening.title', note: 'proposals.settle.declineReopening.note', plain: true },
  takeBackReopening: { label: 'proposals.settle.takeBackReopening.button', title: 'proposals.settle.takeBackReopening.title', note: 'proposals.settle.takeBackReopening.note', plain: true },
};

/** `asked`: why the text is to be reopened, where that is what is answered. */
interface Settled { readonly wish: ActWish; readonly reads: readonly Reads[]; readonly besides: readonly string[]; readonly asked: string | null }

/** The act, with the text and, where it answers one, the request of `by` as they stand; null where there is no such request. */
function wishOf(move: Move, provision: string, digest: string, document: DocumentState, by: string | undefined): ActWish | null {
  switch (move) {
    case 'agree': case 'approve': return { t: move, provision, digest };
    case 'takeBackConsent': return { t: move, consent: { on: 'provision', provision, digest } };
    case 'grantReopening': case 'declineReopening': case 'takeBackReopening': {
      const request = requestDigest(document, provision, by ?? '');
      return request === null ? null : { t: move, provision, digest, request };
    }
  }
}

/** One act on a provision as a whole, in two steps: the first shows the whole text it is about, and the request of `by` where it answers one. */
function Settling({ move, provision, title, by }: SettlementProps & { readonly move: Move; readonly by?: string }) {
  const said = SAID[move], label = message(said.label);
  return (
    <ActSteps
      label={label} about={title} plain={said.plain ?? false} title={message(said.title)} ways={({ wish }: Settled) => [{ label, wish }]}
      make={(client): Settled | null => {
        const context = actContextOf(client), { common } = context.rooms, here = common?.by.get(provision);
        const wish = here ? wishOf(move, provision, digestOf(here), context.document, by) : null;
        const asked = by === undefined ? null : settlementOf(context.document, provision).reopenings[by]?.reason ?? null;
        return common && wish ? { wish, reads: wholeOf(common, provision), besides: move === 'agree' ? openBesides(context, provision) : [], asked } : null;
      }}
    >
      {({ reads, besides, asked }) => (
        <>
          {asked ? <p>{message('proposals.settle.asked', { b: (inside) => <b>{inside}</b>, bdi: (inside) => <bdi>{inside}</bdi>, reason: asked })}</p> : null}
          <TextReads reads={reads} />
          {besides.length > 0 ? <p>{message('proposals.settle.besides', { b: (inside) => <b>{inside}</b>, things: inRow(besides) })}</p> : null}
          <p className="quiet">{message(said.note)}</p>
        </>
      )}
    </ActSteps>
  );
}

function Reopen({ provision, title }: SettlementProps) {
  const context = useDocumentContext();
  const act = useAct();
  const [asking, setAsking] = useState<string | null>(null);
  const common = context.now.rooms.common?.by.get(provision), digest = common ? digestOf(common) : '';
  const say = async (reason: string): Promise<void> => { if (asking !== null && await act.perform({ t: 'askReopening', provision, digest: asking, reason })) setAsking(null); };
  return (
    <>
      <ActButton variant="default" loading={act.busy} refusal={refusedNow(context, { t: 'askReopening', provision, digest, reason: 'asked' })} onClick={() => setAsking(digest)} about={title}>{message('proposals.reopen.button')}</ActButton>
      <ReasonDialog
        opened={asking !== null} onClose={() => setAsking(null)} onSay={(reason) => void say(reason)} busy={act.busy} refused={act.refused} title={message('proposals.reopen.title', { place: title })} action={message('proposals.reopen.button')}
        explanation={message('proposals.reopen.explanation')}
      />
    </>
  );
}

/** Asking and granting are two acts: each side asks and takes back for itself, and answers what the other asks. */
function Reopenings({ asked, party, ...about }: SettlementProps & { readonly asked: readonly string[]; readonly party: string | null }) {
  return (
    <>
      {[...asked].sort((a, b) => Number(a === party) - Number(b === party)).map((by) => <ReopeningAnswers key={by} by={by} {...about} />)}
      {asked.length === 0 ? <Reopen {...about} /> : null}
    </>
  );
}

/** What a head can do about one request: its own it takes back, the other side's it grants or declines. */
export function ReopeningAnswers({ by, ...about }: SettlementProps & { readonly by: string }) {
  const { now, party } = useDocumentContext();
  if (party === null || !may(now.actor, 'askReopening', { group: now.group, document: now.document, provision: about.provision }).ok) return null;
  return by === party ? <Settling move="takeBackReopening" by={by} {...about} /> : <><Settling move="grantReopening" by={by} {...about} /><Settling move="declineReopening" by={by} {...about} /></>;
}
