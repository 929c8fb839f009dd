import type { Audience } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

/**
 * The name of what one entry belongs to, and what is judged, appended or fails as one: a document's part in one log. The part that all share has the document's own id; no id
 * holds the sign between the two.
 */
export const subjectIn = (doc: string, { party }: Pick<Audience, 'party'>): string => (party === null ? doc : `${doc}@${party}`);

export const documentOf = (subject: string): string => subject.split('@', 1)[0]!;

/** The party whose log it is in; null for the shared one, in which the group's own subject is too. */
export const partyOfSubject = (subject: string): PartyId | null => subject.split('@')[1] || null;
