import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { takesNotes } from '../notes.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';
import { without } from '../without.ts';

interface NoteRemoved { readonly e: 'noteRemoved'; readonly note: string }
export const noteRemoved = documentEvent<NoteRemoved>('noteRemoved', (state, { note }) => ({ ...state, notes: without(state.notes, note) }));

/** A member of a party takes a note of it away. Its words stay in the private log. */
export const removeNote = documentAct({
  t: 'removeNote', performedBy: 'people', since: 4, log: 'private',
  fields: ({ id }) => ({ note: id }),
  legible: { note: true },
  right: { roles: ['negotiator', 'head', 'moderator'] },
  events: [noteRemoved],
  decide({ note }, { document }) {
    const open = takesNotes(document);
    if (!open.ok) return open;
    return Object.hasOwn(document.notes, note) ? outcome([{ e: 'noteRemoved', note }]) : refuse('not-found');
  },
  says: () => message('removeNote', {}),
});
