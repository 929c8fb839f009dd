import type { MessageId } from '@parley/messages';
import { type Awaited, CHAIR } from '@parley/negotiation';
import type { Awaiting } from '@parley/protocol';
import { message } from '../ui/messages.ts';

export const AWAITED_KINDS = ['proposals', 'toAgree', 'reopenings', 'toApprove'] as const;
export type AwaitedKind = (typeof AWAITED_KINDS)[number];

const SAID = {
  proposals: 'proposals.awaiting.proposals', toAgree: 'proposals.awaiting.toAgree', reopenings: 'proposals.awaiting.reopenings', toApprove: 'proposals.awaiting.toApprove',
} as const satisfies Readonly<Record<AwaitedKind, MessageId>>;

/** What waits in a document, a line for each kind of thing; `kind` is null for what is not in the text. */
export interface AwaitingLine { readonly kind: AwaitedKind | null; readonly words: string }

/** From counts, as lists of documents have them. */
export function awaitingLines(awaiting: Awaiting, party: string): AwaitingLine[] {
  const basis = (): string => message(party === CHAIR ? 'proposals.awaiting.basisOfHeads' : 'proposals.awaiting.basis');
  return [
    ...(awaiting.basis ? [{ kind: null, words: basis() }] : []),
    ...(awaiting.closing ? [{ kind: null, words: message('proposals.awaiting.closing') }] : []),
    ...AWAITED_KINDS.flatMap((kind) => (awaiting[kind] > 0 ? [{ kind, words: message(SAID[kind], { n: awaiting[kind] }) }] : [])),
  ];
}

/** One thing that waits: its provision, and what tells it from the others. */
export interface AwaitedThing { readonly name: string; readonly provision: string }

/** The things of a kind that wait, in the order of the text. */
export const thingsAwaited = (awaited: Awaited, kind: AwaitedKind): readonly AwaitedThing[] =>
  (kind === 'proposals' ? awaited.proposals.map(({ name, provision }) => ({ name: `${provision} ${name}`, provision })) : awaited[kind].map((id) => ({ name: id, provision: id })));

/** The thing that was visited last, and its place among the others then. */
export interface Visit { readonly name: string; readonly at: number }

/** Where among the things the one is that was visited; −1 where it does not wait any more. */
export const placeOfVisit = (things: readonly AwaitedThing[], { name, at }: Visit): number => (things[at]?.name === name ? at : things.findIndex((thing) => thing.name === name));

/** The thing after the one that was visited last, around, where one goes from the line; if that has been answered, the one that came after it. −1: nothing waits. */
export function nextOf(things: readonly AwaitedThing[], last: Visit | null): number {
  if (things.length === 0) return -1;
  if (last === null) return 0;
  const found = placeOfVisit(things, last);
  return (found < 0 ? last.at : found + 1) % things.length;
}
