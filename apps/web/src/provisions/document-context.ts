import { type Action, decide, type DocumentAct, may, type Subject } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import type { PartyId } from '@parley/text';
import { createContext, type RefObject, useContext } from 'react';
import type { Names } from '../access/group.ts';
import type { ActWish } from '../sync/perform.ts';
import type { EditorHandle, Stacking, ViewName } from '../editor/index.ts';
import type { Snapshot } from '../sync/document.ts';
import type { Tray } from '../undelivered/undelivered.ts';
import { message, refusalSentence } from '../ui/messages.ts';

/** What every panel of the document page works on. */
export interface DocumentContext {
  readonly client: DocumentClient;
  readonly groupId: string;
  readonly now: Snapshot;
  readonly names: Names;
  /** The party the reader writes for; null for those who only read. */
  readonly party: PartyId | null;
  readonly online: boolean;
  /** Whether what is proposed has been found: until then the panels say that it is being counted. */
  readonly counted: boolean;
  /** The provision the caret is in, or that was chosen last. */
  readonly focus: string | null;
  readonly setFocus: (provision: string | null) => void;
  /** The way in which the text is read. */
  readonly view: ViewName;
  readonly setView: (view: ViewName) => void;
  /** Which provisions are read as alternatives below each other: the reader's choice. */
  readonly stacking: Stacking;
  readonly setStacking: (stacking: Stacking) => void;
  readonly editor: RefObject<EditorHandle | null>;
  /** Where words go that did not reach the text. */
  readonly tray: Tray;
}

const ReactDocumentContext = createContext<DocumentContext | null>(null);
export const DocumentContextProvider = ReactDocumentContext.Provider;

export function useDocumentContext(): DocumentContext {
  const context = useContext(ReactDocumentContext);
  if (!context) throw new Error('no document on this page');
  return context;
}

/**
 * Why the reader may not do this now, as a sentence; null when it is open. Checks rights and stages, as the server will. Acts wait for the connection;
 * writing does not: like every change of the own text it is kept on this device and merges on return.
 */
export function barred(context: DocumentContext, action: Action, on: Omit<Subject, 'group' | 'document'> = {}): string | null {
  const verdict = may(context.now.actor, action, { group: context.now.group, document: context.now.document, ...on });
  if (!verdict.ok) return refusalSentence(verdict.reason);
  return context.online || action === 'write' ? null : message('provisions.offline');
}

/** Why this very act would be refused now; null when it would be taken. The server decides by the same function. */
export function refusedNow(context: DocumentContext, wish: ActWish): string | null {
  const act = { ...wish, v: 1, id: 'asked', doc: context.now.document.id } as DocumentAct;
  const verdict = decide(act, context.now);
  if (!verdict.ok) return refusalSentence(verdict.reason);
  return context.online ? null : message('provisions.offline');
}
