import { EMPTY_TEXT, follow } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { DRAFTS, draftIn, foundDraft, withDraft } from '../drafts.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { baseRoom, draftRoom, partyOf, WORKING_DRAFT } from '../party.ts';
import { refuse } from '../refusal.ts';

/** `from`: the draft that it was made from; its marks are taken over where its words were. */
interface DraftMade { readonly e: 'draftMade'; readonly draft: string; readonly name: string; readonly from: string; readonly copied: 'draft' | 'position' }
export const draftMade = documentEvent<DraftMade>('draftMade', (state, { draft, name, from, copied }) => {
  const source = draftIn(state, from);
  return withDraft(state, draft, { name, followed: source?.followed ?? -1, marked: copied === 'draft' ? source?.marked ?? [] : [], away: false });
});

/** A member of a party makes another draft of it: a copy of a draft, or of the position as that draft has followed it. */
export const makeDraft = documentAct({
  t: 'makeDraft', performedBy: 'people', since: 4, log: 'private',
  fields: ({ id, name, z: { enum: oneOf } }) => ({ draft: id, name: name(60), from: id, copied: oneOf(['draft', 'position']) }),
  legible: { draft: true, from: true, copied: true },
  right: { roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation' },
  events: [draftMade],
  decide({ draft, name, from, copied }, { document, rooms, actor }) {
    const party = partyOf(actor)!, source = foundDraft(document, from), [base, text] = [rooms[baseRoom(party, from)], rooms[draftRoom(party, from)]];
    if (!source.ok || !base || !text) return refuse('not-found');
    if (draftIn(document, draft) || draft === WORKING_DRAFT) return refuse('draft-exists');
    if (Object.values(document.drafts).some((other) => other.name === name)) return refuse('draft-exists');
    if (Object.keys(document.drafts).length >= DRAFTS) return refuse('too-many-drafts');
    const copy = (of: typeof text) => follow(EMPTY_TEXT, of, EMPTY_TEXT).edits;
    return outcome([{ e: 'draftMade', draft, name, from, copied }], [{ room: baseRoom(party, draft), edits: copy(base) }, { room: draftRoom(party, draft), edits: copy(copied === 'draft' ? text : base) }]);
  },
  says: ({ name }) => message('makeDraft', { name }),
});
