import { digestOf, type PartyId } from '@parley/text';
import type { DocumentAct } from './act.ts';
import type { Outcome } from './outcome.ts';
import { settlementOf } from './document.ts';
import type { DocumentEvent } from './document-event.ts';
import { SETTLEMENTS, type SettlementMove, settlementStateOf, step } from './lifecycle.ts';
import { partyOf } from './party.ts';
import { grant, refuse, type Reason, type Verdict } from './refusal.ts';
import type { Scene } from './scene.ts';
import { lapsing, standingOf } from './standing.ts';

type SettlingAct = Extract<DocumentAct, { t: 'agree' | 'lapse' | 'approve' | 'askReopening' | 'grantReopening' | 'declineReopening' | 'takeBackReopening' }>;

/** Agree, lapse, approve, ask for reopening and answer it: what binds, unbinds and certifies the exact text of one provision. */
export function decideSettlement(act: SettlingAct, scene: Scene): Verdict<Outcome> {
  const moved = moveOf(act, scene);
  if (!moved.ok) return moved;
  const { move, event } = moved.value;
  const passage = step(SETTLEMENTS, settlementStateOf(scene.document, act.provision), move);
  return passage.ok ? grant({ events: [event], edits: [] }) : passage;
}

interface Moved { readonly move: SettlementMove; readonly event: DocumentEvent }

function moveOf(act: SettlingAct, scene: Scene): Verdict<Moved> {
  const { provision } = act;
  const common = scene.rooms.common?.by.get(provision);
  if (!common) return refuse('not-found');
  switch (act.t) {
    case 'agree': return agreeing(act, scene, digestOf(common));
    case 'lapse': return lapsing(scene, [provision]).length > 0 ? grant({ move: 'lapse', event: { e: 'lapsed', provision } }) : refuse('nothing-pending');
    case 'approve': {
      const standing = standingOf(scene, provision);
      if (standing === 'approved') return refuse('already-approved');
      if (standing !== 'agreed') return refuse('not-agreed');
      if (Object.keys(settlementOf(scene.document, provision).reopenings).length > 0) return refuse('reopening-asked');
      return digestOf(common) === act.digest ? grant({ move: 'approve', event: { e: 'approved', provision, digest: act.digest } }) : refuse('text-moved');
    }
    case 'askReopening':
    case 'grantReopening':
    case 'declineReopening':
    case 'takeBackReopening': return hasMoved(act.digest, digestOf(common)) ? refuse('text-moved') : reopening(act, scene);
  }
}

/** True when what the act was shown with is not what stands now. Older acts do not say. */
export const hasMoved = (seen: string | undefined, now: string): boolean => seen !== undefined && seen !== now;

function reopening(act: Extract<SettlingAct, { t: `${string}Reopening` }>, scene: Scene): Verdict<Moved> {
  const { provision } = act;
  switch (act.t) {
    case 'askReopening': return asking(act, scene);
    case 'grantReopening': return grant({ move: 'grantReopening', event: { e: 'reopened', provision } });
    case 'declineReopening':
    case 'takeBackReopening': return grant({ move: 'endReopening', event: { e: 'reopeningDeclined', provision, party: whoseRequest(act, scene) } });
  }
}

const NOT_CLEAN: Readonly<Record<string, Reason>> = { bracketed: 'not-clean', open: 'provision-open', agreed: 'already-agreed', approved: 'already-approved' };

function agreeing(act: Extract<SettlingAct, { t: 'agree' }>, scene: Scene, digest: string): Verdict<Moved> {
  const { provision } = act;
  const party = partyOf(scene.actor)!;
  const { consents } = settlementOf(scene.document, provision);
  const standing = standingOf(scene, provision)!;
  const why = NOT_CLEAN[standing];
  if (why) return refuse(why);
  if (consents[party]) return refuse('already-agreed');
  if (digest !== act.digest) return refuse('text-moved');
  const first = Object.keys(consents).length === 0;
  return grant({ move: first ? 'consentFirst' : 'consentSecond', event: { e: 'consented', provision, party, digest } });
}

/** Two requests stay two: that each side has asked is no grant. */
function asking({ provision, reason }: Extract<SettlingAct, { t: 'askReopening' }>, scene: Scene): Verdict<Moved> {
  const party = partyOf(scene.actor)!;
  if (settlementOf(scene.document, provision).reopenings[party]) return refuse('reopening-pending');
  const standing = standingOf(scene, provision);
  if (standing !== 'agreed' && standing !== 'approved') return refuse('not-agreed');
  return grant({ move: 'askReopening', event: { e: 'reopeningAsked', provision, party, reason } });
}

/** Of whom it is that is declined or taken back; that there is one, the policy has seen to. */
function whoseRequest(act: Extract<SettlingAct, { t: 'declineReopening' | 'takeBackReopening' }>, scene: Scene): PartyId {
  const own = partyOf(scene.actor)!;
  return act.t === 'takeBackReopening' ? own : Object.keys(settlementOf(scene.document, act.provision).reopenings).find((party) => party !== own)!;
}
