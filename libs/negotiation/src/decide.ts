import { areCleanLines, type Edit, isCleanText, isProvisionId, lengthOf, provisionsOf, SLOT_LIMIT, slotKeys, textDigest, type Provision } from '@parley/text';
import type { ActOf, DocumentAct, GroupAct } from './act.ts';
import { decideAccept, decideDecline, decideWithdraw } from './answer.ts';
import { decideClosing } from './closing.ts';
import type { DocumentEvent } from './document-event.ts';
import type { GroupEvent } from './group.ts';
import { partyOrder } from './group.ts';
import { stageOf, STAGES, step } from './lifecycle.ts';
import { type Outcome, outcome } from './outcome.ts';
import { partyOf, positionRoom, type RoomName } from './party.ts';
import { may, type Subject } from './policy.ts';
import { grant, granted, refuse, type Verdict } from './refusal.ts';
import type { Scene } from './scene.ts';
import { decideSeat, type GroupScene } from './seats.ts';
import { decideSettlement, hasMoved } from './settle.ts';
import { decideTakingBack } from './take-back.ts';

/**
 * The decision about an act on a document (DESIGN 5): may it, does the text still stand, what follows for the standings and for every room.
 * Pure; the server's host and the auditor's replay call this very function.
 */
export function decide(act: DocumentAct, scene: Scene): Verdict<Outcome> {
  const allowed = may(scene.actor, act.t, subjectOf(act, scene));
  if (!allowed.ok) return allowed;
  if ('reason' in act && !areCleanLines(act.reason)) return refuse('bad-text');
  switch (act.t) {
    case 'openDocument': return decideOpening(act, scene);
    case 'acceptAsBasis':
    case 'declineBasis':
    case 'takeBackBasis': return decideBasis(act, scene);
    case 'accept': return decideAccept(act, scene);
    case 'decline': return decideDecline(act, scene);
    case 'withdraw': return decideWithdraw(act, scene);
    case 'takeBackConsent': return decideTakingBack(act, scene);
    case 'closePaper':
    case 'proposeClosing':
    case 'assentToClosing':
    case 'declineClosing':
    case 'takeBackClosing': return decideClosing(act, scene);
    default: return decideSettlement(act, scene);
  }
}

function subjectOf(act: DocumentAct, { group, document }: Scene): Subject {
  const [part] = 'parts' in act ? act.parts : [];
  if (part) return { group, document, provision: part.provision, party: part.party };
  return 'provision' in act ? { group, document, provision: act.provision } : { group, document };
}

const inOrder = (provisions: readonly Provision[]): Edit[] =>
  provisions.map((provision, i) => ({ do: 'add', provision, after: provisions[i - 1]?.id ?? null }));

/** Text that Parley takes: an id that a room can hold, known slots only, well-formed clean words within the limits. */
export function takesText(provision: Provision): Verdict {
  if (!isProvisionId(provision.id)) return refuse('bad-text');
  const keys = slotKeys(provision.kind);
  for (const [key, slot] of Object.entries(provision.slots)) {
    if (!keys.includes(key) || !slot.every(({ t }) => isCleanText(t))) return refuse('bad-text');
    if (lengthOf(slot) > SLOT_LIMIT) return refuse('too-long');
  }
  return isCleanText(provision.label) ? granted : refuse('bad-text');
}

function decideOpening(act: ActOf<'openDocument'>, scene: Scene): Verdict<Outcome> {
  const moved = step(STAGES, stageOf(scene.document), 'open');
  if (!moved.ok) return moved;
  if (new Set(act.provisions.map((p) => p.id)).size < act.provisions.length || !isCleanText(act.title)) return refuse('bad-text');
  const bad = act.provisions.map(takesText).find((v) => !v.ok);
  if (bad && !bad.ok) return bad;
  return outcome([{ e: 'opened', title: act.title, template: act.template }], [{ room: 'working', edits: inOrder(act.provisions) }]);
}

function decideBasis(act: ActOf<'acceptAsBasis' | 'declineBasis' | 'takeBackBasis'>, scene: Scene): Verdict<Outcome> {
  const { document, rooms, group, actor } = scene;
  const party = partyOf(actor)!;
  const from = stageOf(document);
  if (act.t !== 'acceptAsBasis') {
    if (act.t === 'declineBasis' && document.basis && hasMoved(act.digest, document.basis.digest)) return refuse('text-moved');
    const moved = step(STAGES, from, 'release');
    return moved.ok ? outcome([{ e: 'basisReleased' }]) : moved;
  }
  const paper = rooms.working;
  if (!paper || textDigest(paper) !== act.digest || (document.basis && document.basis.digest !== act.digest)) return refuse('text-moved');
  const moved = step(STAGES, from, from === 'frozen' ? 'acceptSecond' : 'acceptFirst');
  if (!moved.ok) return moved;
  const accepted: DocumentEvent = { e: 'basisAccepted', party, digest: act.digest };
  if (moved.value === 'frozen') return outcome([accepted]);
  // Independent rooms that share nothing with the paper or with one another: a fork's update must never apply to the common text.
  const edits = inOrder(provisionsOf(paper));
  const written: RoomName[] = ['common', ...partyOrder(group).map(positionRoom)];
  return outcome([accepted, { e: 'negotiationBegan' }], written.map((room) => ({ room, edits })));
}

/** The decision about an act on the working group. Whoever establishes it becomes its first administrator. */
export function decideGroup(act: GroupAct, scene: GroupScene): Verdict<readonly GroupEvent[]> {
  const { actor, group } = scene;
  if (act.t !== 'establish' && group.delegations.length === 0) return refuse('group-missing');
  const { t, v: _v, id: _id, ...subject } = act;
  const allowed = may(actor, t, act.t === 'establish' ? { group } : { group, ...subject });
  if (!allowed.ok) return allowed;
  switch (act.t) {
    case 'establish': {
      if (new Set(act.delegations.flatMap((d) => [d.id, d.code])).size < 4 || ![act.name, ...act.delegations.map((d) => d.name)].every(isCleanText)) return refuse('bad-text');
      return grant([{ e: 'established', name: act.name, delegations: act.delegations }, { e: 'seated', seat: { user: actor.user, role: 'administrator' } }]);
    }
    case 'appoint': return refuse('role-forbids');
    default: return decideSeat(act, scene);
  }
}
