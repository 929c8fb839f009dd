import { documentAct } from '../act-definition.ts';
import { draftIn, foundDraft, withDraft } from '../drafts.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { WORKING_DRAFT } from '../party.ts';
import { refuse } from '../refusal.ts';

interface DraftPutAway { readonly e: 'draftPutAway'; readonly draft: string }
export const draftPutAway = documentEvent<DraftPutAway>('draftPutAway', (state, { draft }) => withDraft(state, draft, { ...draftIn(state, draft)!, away: true }));

/** A member of a party puts one of its drafts away, never the working draft. It can be read and taken up again. */
export const putDraftAway = documentAct({
  t: 'putDraftAway', performedBy: 'people', since: 4, log: 'private',
  fields: ({ id }) => ({ draft: id }),
  legible: { draft: true },
  right: { roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation' },
  events: [draftPutAway],
  decide({ draft }, { document }) {
    const found = foundDraft(document, draft);
    if (!found.ok) return found;
    return draft === WORKING_DRAFT || found.value.away ? refuse('move-not-open') : outcome([{ e: 'draftPutAway', draft }]);
  },
  says: ({ draft }) => message('putDraftAway', { draft }),
});
