import type { RoomEdits } from './changes.ts';
import type { DocumentEvent } from './document-event.ts';
import { grant, type Verdict } from './refusal.ts';

/** What an act does, atomically: events for the fold, edits for the rooms (in order, each against the text the former left). */
export interface Outcome { readonly events: readonly DocumentEvent[]; readonly edits: RoomEdits }

export const outcome = (events: readonly DocumentEvent[], edits: Outcome['edits'] = []): Verdict<Outcome> => grant({ events, edits });
