import { type Awaited, CHAIR } from '@parley/negotiation';
import type { Awaiting } from '@parley/protocol';
import { count } from '../ui/words.ts';

export const AWAITED_KINDS = ['proposals', 'toAgree', 'reopenings', 'toApprove'] as const;
export type AwaitedKind = (typeof AWAITED_KINDS)[number];

const SAID: Readonly<Record<AwaitedKind, (n: number) => string>> = {
  proposals: (n) => `${count(n, 'proposal')} to answer`,
  toAgree: (n) => `${count(n, 'clean provision')} to agree`,
  reopenings: (n) => `${count(n, 'request')} to reopen`,
  toApprove: (n) => `${count(n, 'agreed provision')} to approve`,
};

/** What waits in a document, a line for each kind of thing; `kind` is null for what is not in the text. */
export interface AwaitingLine { readonly kind: AwaitedKind | null; readonly words: string }

/** From counts, as lists of documents have them. */
export function awaitingLines(awaiting: Awaiting, party: string): AwaitingLine[] {
  const basis = party === CHAIR ? 'the working paper waits for a head' : 'the working paper waits for your head’s answer as basis';
  return [
    ...(awaiting.basis ? [{ kind: null, words: basis }] : []),
    ...(awaiting.closing ? [{ kind: null, words: 'a proposal to close the document' }] : []),
    ...AWAITED_KINDS.flatMap((kind) => (awaiting[kind] > 0 ? [{ kind, words: SAID[kind](awaiting[kind]) }] : [])),
  ];
}

/** The provisions in which things of a kind wait, one for each thing, in the order of the text. */
export const provisionsAwaited = (awaited: Awaited, kind: AwaitedKind): readonly string[] =>
  (kind === 'proposals' ? awaited.proposals.map((p) => p.provision) : awaited[kind]);

/** The thing after `at`, around: where one goes from the line. −1: none was visited yet. */
export const nextOf = (things: readonly string[], at: number): number => (things.length === 0 ? -1 : (at + 1) % things.length);
