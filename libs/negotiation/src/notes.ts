import type { DocumentState } from './document.ts';
import { granted, refuse, type Verdict } from './refusal.ts';

/** So many notes a party has of one document, of so many characters each. */
export const NOTES = 500;
export const NOTE_LENGTH = 2_000;

/** Notes are written as long as anybody works on the document. */
export function takesNotes({ stage }: DocumentState): Verdict {
  if (stage === 'drafting' || stage === 'negotiation') return granted;
  return refuse(stage === 'closed' ? 'document-closed' : 'stage-forbids');
}
