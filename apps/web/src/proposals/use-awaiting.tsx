import { type Awaited, awaitedBy, countsOf, type ProposalGroup } from '@parley/negotiation';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { standingIn } from '../ui/standings.ts';
import { type AwaitedKind, type AwaitingLine, awaitingLines, nextAwaited, nextOf, placeOfVisit, thingsAwaited, type Visited } from './awaiting-lines.ts';
import { useGroups } from './use-groups.ts';

type Visit = readonly [visited: Visited | null, setVisited: (visited: Visited | null) => void];
const VisitContext = createContext<Visit | null>(null);

/** Remembers for the panel and the bar of a document where its reader was led last. */
export function AwaitingVisit({ children }: { readonly children: ReactNode }) {
  const [visited, setVisited] = useState<Visited | null>(null);
  return <VisitContext value={useMemo(() => [visited, setVisited], [visited])}>{children}</VisitContext>;
}

/** The elements that the answers to what concerns the whole document stand in. */
export const PLACES = { basis: 'basis-bar', closing: 'closing-bar' } as const;

export interface Awaiting {
  readonly lines: readonly AwaitingLine[];
  /** Where the reader was led last, as long as it waits: its line, and which of how many. */
  readonly here: { readonly line: AwaitingLine; readonly place: string } | null;
  /** Whether the reader has been led anywhere. */
  readonly led: boolean;
  /** Whether there is a thing behind the one where he was led last. */
  readonly more: boolean;
  /** To the first thing of a kind; from one of it to the next, around. */
  readonly toKind: (kind: AwaitedKind) => void;
  /** To the next thing of any kind, and from the last to the first. */
  readonly toNext: () => void;
  readonly leave: () => void;
}

/** Several parts of the page ask for it: what was found stands beside the groups that it was found from. */
const known = new WeakMap<readonly ProposalGroup[], Awaited>();

/** What waits for the reader's party in this document, and the ways through it (N9, N18); null for those who answer nothing. Call it where all has been counted. */
export function useAwaiting(): Awaiting | null {
  const { now, party, setFocus, editor } = useDocumentContext(), groups = useGroups(now);
  const [visited, setVisited] = useContext(VisitContext)!;
  const awaited = useMemo(() => {
    if (party === null) return null;
    const found = known.get(groups) ?? awaitedBy(now, party, { groups, standing: standingIn(now) });
    known.set(groups, found);
    return found;
  }, [now, party, groups]);
  const go = useCallback((to: Visited & { readonly provision: string | null } | null): void => {
    if (!to) return;
    setVisited({ kind: to.kind, at: to.at, name: to.name });
    if (to.provision === null) return document.getElementById(PLACES[to.kind as keyof typeof PLACES])?.focus();
    setFocus(to.provision);
    editor.current?.scrollTo(to.provision);
  }, [editor, setFocus, setVisited]);
  return useMemo(() => {
    if (party === null || !awaited) return null;
    const lines = awaitingLines(countsOf(awaited), party), things = visited ? thingsAwaited(awaited, visited.kind) : [], at = visited ? placeOfVisit(things, visited) : -1;
    const line = at < 0 ? undefined : lines.find(({ kind }) => kind === visited?.kind), next = nextAwaited(awaited, visited);
    return {
      lines, led: visited !== null, more: next !== null, here: line ? { line, place: message('proposals.awaiting.place', { at: at + 1, of: things.length }) } : null,
      toKind: (kind) => {
        const of = thingsAwaited(awaited, kind), place = nextOf(of, visited?.kind === kind ? visited : null), there = of[place];
        go(there ? { ...there, kind, at: place } : null);
      },
      toNext: () => go(next ?? nextAwaited(awaited, null)), leave: () => setVisited(null),
    };
  }, [awaited, party, visited, go, setVisited]);
}
