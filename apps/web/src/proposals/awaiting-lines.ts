import type { MessageId } from '@parley/messages';
import { type Awaited, CHAIR } from '@parley/negotiation';
import type { Awaiting } from '@parley/protocol';
import { message } from '../ui/messages.ts';

/** What waits and stands in the text, in the order of its lines. */
export const AWAITED_IN_TEXT = ['proposals', 'toAgree', 'reopenings', 'toApprove'] as const;
type InText = (typeof AWAITED_IN_TEXT)[number];

/** Every kind of thing that waits in a document, in the order in which one is led through them; the first two concern all of it. */
export const AWAITED_KINDS = ['basis', 'closing', ...AWAITED_IN_TEXT] as const;
export type AwaitedKind = (typeof AWAITED_KINDS)[number];

const SAID = {
  proposals: 'proposals.awaiting.proposals', toAgree: 'proposals.awaiting.toAgree', reopenings: 'proposals.awaiting.reopenings', toApprove: 'proposals.awaiting.toApprove',
} as const satisfies Readonly<Record<InText, MessageId>>;

/** What waits in a document, a line for each kind of thing. */
export interface AwaitingLine { readonly kind: AwaitedKind; readonly words: string }

/** From counts, as lists of documents have them. */
export function awaitingLines(awaiting: Awaiting, party: string): AwaitingLine[] {
  const basis = (): string => message(party === CHAIR ? 'proposals.awaiting.basisOfHeads' : 'proposals.awaiting.basis');
  return [
    ...(awaiting.basis ? [{ kind: 'basis', words: basis() } as const] : []),
    ...(awaiting.closing ? [{ kind: 'closing', words: message('proposals.awaiting.closing') } as const] : []),
    ...AWAITED_IN_TEXT.flatMap((kind) => (awaiting[kind] > 0 ? [{ kind, words: message(SAID[kind], { n: awaiting[kind] }) }] : [])),
  ];
}

/** How many things wait, each of them counted once. */
export const awaitedIn = (awaiting: Awaiting): number => AWAITED_KINDS.reduce((sum, kind) => sum + Number(awaiting[kind]), 0);

/** One thing that waits: its provision, null for what concerns the whole document; and what tells it from the others of its kind. */
export interface AwaitedThing { readonly name: string; readonly provision: string | null }

/** The things of a kind that wait, in the order of the text. */
export function thingsAwaited(awaited: Awaited, kind: AwaitedKind): readonly AwaitedThing[] {
  if (kind === 'basis' || kind === 'closing') return awaited[kind] ? [{ name: kind, provision: null }] : [];
  return kind === 'proposals' ? awaited.proposals.map(({ name, provision }) => ({ name: `${provision} ${name}`, provision })) : awaited[kind].map((id) => ({ name: id, provision: id }));
}

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

/** The same over all kinds. */
export interface Visited extends Visit { readonly kind: AwaitedKind }

/** The thing after the one that was visited last, kind after kind: the first where none was, null behind the last. If that one has been answered, the one that came after it. */
export function nextAwaited(awaited: Awaited, last: Visited | null): Visited & AwaitedThing | null {
  const from = last ? AWAITED_KINDS.indexOf(last.kind) : 0;
  for (const kind of AWAITED_KINDS.slice(from)) {
    const things = thingsAwaited(awaited, kind), before = last?.kind === kind ? placeOfVisit(things, last) : -1;
    const at = last?.kind !== kind ? 0 : before < 0 ? last.at : before + 1, there = things[at];
    if (there) return { ...there, kind, at };
  }
  return null;
}
