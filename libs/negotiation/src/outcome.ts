import type { RoomEdits } from './changes.ts';
import { grant, type Verdict } from './refusal.ts';

/** What an act does, atomically: events for the fold, edits for the rooms (in order, each against the text the former left). */
export interface Outcome<E> { readonly events: readonly E[]; readonly edits: RoomEdits }

export const outcome = <const E>(events: readonly E[], edits: RoomEdits = []): Verdict<Outcome<E>> => grant({ events, edits });
