import { asksForWords, isLocked, type ProposalGroup } from '@parley/negotiation';
import { nameIn } from '@parley/text';
import { barred, type DocumentContext } from '../provisions/document-context.ts';
import { message, refusalSentence, wording } from '../ui/messages.ts';

/** Why the reader cannot accept it now, or null. A part in an agreed provision keeps all of it from being accepted. */
export function acceptRefusal(context: DocumentContext, open: ProposalGroup): string | null {
  const refusal = barred(context, 'accept', { party: open.parties[0]!, provision: open.provision });
  if (refusal !== null) return refusal;
  const { document, rooms } = context.now, locked = open.parts.find((part) => asksForWords(part) && isLocked(document, part.provision));
  if (locked) return open.provisions.length > 1 ? message('proposals.accept.partLocked', { place: nameIn(rooms.common, locked.provision, wording), why: refusalSentence('provision-locked') }) : refusalSentence('provision-locked');
  return context.party !== null && open.outstanding.includes(context.party) ? null : refusalSentence(open.consents[context.party ?? ''] ? 'already-consented' : 'own-proposal');
}
