import { type ActContext, type Actor, type DocumentState, type GroupState, positionRoom } from '@parley/negotiation';
import type { DocumentSession } from './document-session.ts';

/** A document as the readers of a log have it: what acts that all share have made of it, and, of a private log, the drafts and notes that are kept there. `part` is `shared` itself in the shared log. */
export const documentIn = (part: DocumentSession, shared: DocumentSession): DocumentState =>
  (part === shared ? shared.document : { ...shared.document, drafts: part.document.drafts, notes: part.document.notes });

/** What an act in a private log is decided in: the rooms that are kept there, and the position of its party. `shared`: with nothing in memory that is not durable. */
export function privateContext(part: DocumentSession, shared: DocumentSession, actor: Actor, { group, at }: { readonly group: GroupState; readonly at: number }): ActContext {
  const { party } = part.readers, own = positionRoom(party!), position = shared.room(own)?.text;
  return { ...part.context(actor, { group, at }), document: documentIn(part, shared), rooms: { ...(position && { [own]: position }), ...part.texts() } };
}
