import type { ActOf } from './act.ts';
import type { Outcome } from './outcome.ts';
import type { DocumentEvent } from './document-event.ts';
import { stageOf, STAGES, step } from './lifecycle.ts';
import { partyOf } from './party.ts';
import { grant, refuse, type Verdict } from './refusal.ts';
import type { Scene } from './scene.ts';

export type ClosingAct = ActOf<'closePaper' | 'proposeClosing' | 'assentToClosing' | 'declineClosing' | 'takeBackClosing'>;

/** Closing a document that came to nothing: a working paper by the moderator alone, a negotiation when a head of each side has assented to the moderator's proposal. */
export function decideClosing(act: ClosingAct, scene: Scene): Verdict<Outcome> {
  const { document, actor } = scene;
  const passage = step(STAGES, stageOf(document), 'close');
  if (!passage.ok) return passage;
  if (act.t === 'closePaper') return done({ e: 'closed', reason: act.reason });
  if (act.t === 'proposeClosing') return document.closing ? refuse('closing-pending') : done({ e: 'closingProposed', id: act.id, reason: act.reason });
  const { closing } = document;
  if (!closing) return refuse('nothing-pending');
  if (closing.id !== act.closing) return refuse('text-moved');
  if (act.t !== 'assentToClosing') return done({ e: 'closingEnded' });
  const party = partyOf(actor)!;
  if (closing.assents[party]) return refuse('already-assented');
  const others = scene.group.delegations.filter((d) => d.id !== party);
  const assented: DocumentEvent = { e: 'closingAssented', party };
  return others.every((d) => closing.assents[d.id]) ? done(assented, { e: 'closed', reason: closing.reason }) : done(assented);
}

const done = (...events: DocumentEvent[]): Verdict<Outcome> => grant({ events, edits: [] });
