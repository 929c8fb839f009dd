import { areCleanLines } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { type Note, NOTE_LEVELS } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { NOTE_LENGTH, NOTES, takesNotes } from '../notes.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';

interface NoteWritten { readonly e: 'noteWritten'; readonly note: string; readonly provision: string | null; readonly level: Note['level']; readonly text: string }
export const noteWritten = documentEvent<NoteWritten>('noteWritten', (state, { note, provision, level, text }, { user, at }) => ({ ...state, notes: { ...state.notes, [note]: { provision, level, text, user, at } } }));

/**
 * A member of a party notes a red line, or what its capital instructs, or writes such a note anew. `before`: what the note read when he began, null for a new one; where it reads otherwise by now it is
 * refused, so that nobody writes over what he has not read.
 */
export const writeNote = documentAct({
  t: 'writeNote', performedBy: 'people', since: 4, log: 'private',
  fields: ({ id, line, z: { enum: oneOf, string } }) => ({ note: id, provision: id.nullable(), level: oneOf(NOTE_LEVELS), text: line(NOTE_LENGTH), before: string().max(NOTE_LENGTH).nullable() }),
  legible: { note: true, provision: true, level: true },
  right: { roles: ['negotiator', 'head', 'moderator'] },
  events: [noteWritten],
  decide({ note, provision, level, text, before }, { document }) {
    const open = takesNotes(document);
    if (!open.ok) return open;
    const known = Object.hasOwn(document.notes, note) ? document.notes[note]! : null;
    if ((known?.text ?? null) !== before) return refuse('text-moved');
    if (!areCleanLines(text)) return refuse('bad-text');
    if (!known && Object.keys(document.notes).length >= NOTES) return refuse('too-many-notes');
    return outcome([{ e: 'noteWritten', note, provision, level, text }]);
  },
  says: ({ provision }) => message('writeNote', { provisions: provision === null ? [] : [provision] }),
});
