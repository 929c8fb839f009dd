import type { DocumentState, Draft, MarkedPlace } from './document.ts';
import { grant, refuse, type Verdict } from './refusal.ts';

/** So many drafts a party has of one document, the working draft and those that were put away counted in. */
export const DRAFTS = 20;
/** A draft by its id, or undefined: `constructor` is an id like any other. */
export const draftIn = ({ drafts }: Pick<DocumentState, 'drafts'>, id: string): Draft | undefined => (Object.hasOwn(drafts, id) ? drafts[id] : undefined);

export const withDraft = (state: DocumentState, id: string, draft: Draft): DocumentState => ({ ...state, drafts: { ...state.drafts, [id]: draft } });

export const samePlace = (one: MarkedPlace, other: MarkedPlace): boolean => one.provision === other.provision && one.key === other.key;

/** A draft that there is; else `not-found`. */
export function foundDraft(state: DocumentState, id: string): Verdict<Draft> {
  const draft = draftIn(state, id);
  return draft ? grant(draft) : refuse('not-found');
}
