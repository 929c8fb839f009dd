import { documentAct } from '../act-definition.ts';
import { draftIn, foundDraft, withDraft } from '../drafts.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';

interface DraftTakenUp { readonly e: 'draftTakenUp'; readonly draft: string }
export const draftTakenUp = documentEvent<DraftTakenUp>('draftTakenUp', (state, { draft }) => withDraft(state, draft, { ...draftIn(state, draft)!, away: false }));

/** A member of a party takes up a draft that was put away. The server then lets it follow the position. */
export const takeDraftUp = documentAct({
  t: 'takeDraftUp', performedBy: 'people', since: 4, log: 'private',
  fields: ({ id }) => ({ draft: id }),
  legible: { draft: true },
  right: { roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation' },
  events: [draftTakenUp],
  decide({ draft }, { document }) {
    const found = foundDraft(document, draft);
    if (!found.ok) return found;
    return found.value.away ? outcome([{ e: 'draftTakenUp', draft }]) : refuse('move-not-open');
  },
  says: ({ draft }) => message('takeDraftUp', { draft }),
});
