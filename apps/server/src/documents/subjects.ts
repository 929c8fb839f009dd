import type { Audience } from '@parley/negotiation';
import type { PartyId } from '@parley/text';

/**
 * The name of what one entry belongs to, and what is decided, appended or fails as one: a document's part in one log. The part that all share has the document's own id; no id
 * holds the sign between the two.
 */
export const subjectIn = (doc: string, { party }: Pick<Audience, 'party'>): string => (party === null ? doc : `${doc}@${party}`);

export function documentOf(subject: string): string {
  const at = subject.indexOf('@');
  return at < 0 ? subject : subject.slice(0, at);
}

/** The party whose log it is in; null for the shared one, in which the group's own subject is too. */
export function partyOfSubject(subject: string): PartyId | null {
  const at = subject.indexOf('@');
  return at < 0 ? null : subject.slice(at + 1) || null;
}
