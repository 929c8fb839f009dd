import type { OpenProposal } from '@parley/negotiation';
import { sentenceOf } from '@parley/protocol';
import { barred, type Desk } from '../documents/desk.ts';

/** Why the reader cannot accept it now, or null. */
export function acceptRefusal(desk: Desk, open: OpenProposal): string | null {
  const refusal = barred(desk, 'accept', { party: open.parties[0]!, provision: open.provision });
  if (refusal !== null) return refusal;
  return desk.party !== null && open.outstanding.includes(desk.party) ? null : sentenceOf(open.consents[desk.party ?? ''] ? 'already-consented' : 'own-proposal');
}
