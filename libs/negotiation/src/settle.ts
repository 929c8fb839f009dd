import { digestOf, type PartyId, plainSlot, type Provision, slotDigest } from '@parley/text';
import { type DocumentState, type Settlement, settlementOf } from './document.ts';
import { own } from './group.ts';
import { SETTLEMENTS, type SettlementMove, settlementStateOf, step } from './lifecycle.ts';
import { type Outcome, outcome } from './outcome.ts';
import { partyOf } from './party.ts';
import { grant, granted, refuse, type Verdict } from './refusal.ts';
import type { Line } from './right.ts';
import type { ActContext } from './act-context.ts';
import { hasMoved } from './seen.ts';
import { without } from './without.ts';

/** The one way that what is settled about a provision moves: by the table of its life cycle, with this event. */
export function settling<E>({ document }: ActContext, provision: string, move: SettlementMove, event: E): Verdict<Outcome<E>> {
  const passage = step(SETTLEMENTS, settlementStateOf(document, provision), move);
  return passage.ok ? outcome([event]) : passage;
}

/** A provision of the common text, as what is settled is about one. */
export function inCommon({ rooms }: ActContext, provision: string): Verdict<Provision> {
  const common = rooms.common?.by.get(provision);
  return common ? grant(common) : refuse('not-found');
}

/** Whether a provision of the common text is the one that an act was shown with. */
export function asSeen(context: ActContext, provision: string, digest: string | undefined): Verdict {
  const common = inCommon(context, provision);
  if (!common.ok) return common;
  return hasMoved(digest, digestOf(common.value)) ? refuse('text-moved') : granted;
}

/** A change of what is settled about one provision. */
export const settled = (state: DocumentState, provision: string, change: Partial<Settlement>): DocumentState =>
  ({ ...state, settled: { ...state.settled, [provision]: { ...settlementOf(state, provision), ...change } } });

/** Nothing is settled about it any more. */
export const unsettled = (state: DocumentState, provision: string): DocumentState => ({ ...state, settled: without(state.settled, provision) });

/** A reopening that the actor's own side asked for, or another: grant and decline answer another's, only one's own can be taken back. */
export const reopeningAskedBy = (by: 'own' | 'another'): Line => (actor, on) => {
  if (!on.document || on.provision === undefined) return granted;
  const asking = Object.keys(settlementOf(on.document, on.provision).reopenings);
  const own = asking.filter((party) => party === partyOf(actor)).length;
  if ((by === 'own' ? own : asking.length - own) > 0) return granted;
  return refuse(asking.length === 0 ? 'nothing-pending' : by === 'own' ? 'other-delegation' : 'own-request');
};

/** Whose request a head of another side answers; that there is one, the right to it has seen to. */
export const askedByAnother = ({ document, actor }: ActContext, provision: string): PartyId =>
  Object.keys(settlementOf(document, provision).reopenings).find((party) => party !== partyOf(actor))!;

/** What tells one request to reopen from another: a digest of all that is read of it, who asks, when, of what, and why. Null where that party asks for nothing. */
export function requestDigest(document: DocumentState, provision: string, party: PartyId): string | null {
  const asked = own(settlementOf(document, provision).reopenings, party);
  return asked ? slotDigest(plainSlot(JSON.stringify([provision, party, asked.user, asked.at, asked.reason]))) : null;
}

/** An answer to a request to reopen, as its actor was shown both: the text by its digest, the request of `party` by `requestDigest`. */
export function asAsked(context: ActContext, answer: { readonly provision: string; readonly digest?: string | undefined; readonly request?: string | undefined }, party: PartyId): Verdict {
  const seen = asSeen(context, answer.provision, answer.digest);
  if (!seen.ok) return seen;
  return hasMoved(answer.request, requestDigest(context.document, answer.provision, party)) ? refuse('request-changed') : granted;
}
