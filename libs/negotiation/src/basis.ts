import { stageOf, STAGES, step } from './lifecycle.ts';
import { type Outcome, outcome } from './outcome.ts';
import { partyOf } from './party.ts';
import { granted, refuse, type Verdict } from './refusal.ts';
import type { Line } from './right.ts';
import type { ActContext } from './act-context.ts';

/** An acceptance of the working paper that the actor's own side gave, or another. */
export const basisPending = (by: 'own' | 'another'): Line => (actor, on) => {
  const basis = on.document?.basis;
  if (!basis) return refuse('nothing-pending');
  const own = basis.party === partyOf(actor);
  return own === (by === 'own') ? granted : refuse(own ? 'own-proposal' : 'other-delegation');
};

/** The paper can be written in again. */
export function releasing({ document }: ActContext): Verdict<Outcome<{ readonly e: 'basisReleased' }>> {
  const moved = step(STAGES, stageOf(document), 'release');
  return moved.ok ? outcome([{ e: 'basisReleased' }]) : moved;
}
