import type { DocumentAct } from '@parley/negotiation';
import { type Performed, writeAct } from '@parley/protocol';
import { inGroup, persistently, request } from './request.ts';
import { newId, randomSalt } from '../ui/chance.ts';

/** An act without what the page adds by itself. */
export type ActWish = DocumentAct extends infer A ? (A extends DocumentAct ? Omit<A, 'v' | 'id' | 'doc'> : never) : never;

/** Performs an act on a document of a group. The id is made once, so that an answer lost on the way never makes it happen twice. */
export function performAct(group: string, doc: string, wish: ActWish): Promise<Performed> {
  const act = { ...wish, v: 1, id: newId(), doc } as DocumentAct;
  const sent = writeAct(act, randomSalt());
  return persistently(() => request<Performed>('POST', inGroup(group, `documents/${encodeURIComponent(doc)}/acts`), sent));
}
