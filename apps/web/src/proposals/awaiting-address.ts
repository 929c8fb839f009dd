import { AWAITED_KINDS, type AwaitedKind } from './awaiting-lines.ts';

/** The part of an address that leads to what waits in a document: to all of it, or to things of a kind. */
export const awaitingHash = (kind?: AwaitedKind): string => (kind === undefined ? 'awaiting' : `awaiting-${kind}`);

/** Where an address leads: to a kind, to everything, or nowhere. */
export const ledBy = (hash: string): AwaitedKind | 'all' | null => (hash === `#${awaitingHash()}` ? 'all' : AWAITED_KINDS.find((kind) => hash === `#${awaitingHash(kind)}`) ?? null);
