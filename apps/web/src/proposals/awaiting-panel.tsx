import { awaitedBy, CHAIR, countsOf } from '@parley/negotiation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { standingIn } from '../ui/standings.ts';
import { AWAITED_KINDS, type AwaitedKind, awaitingLines, nextOf, placeOfVisit, thingsAwaited, type Visit } from './awaiting-lines.ts';
import { useGroups } from './use-groups.ts';

interface Visited extends Visit { readonly kind: AwaitedKind }

/** What waits for the reader's party: each line leads to the first such thing, and pressed again to the next (N9). */
export function AwaitingPanel() {
  const { now, party, setFocus, editor } = useDocumentContext();
  const groups = useGroups(now);
  const awaited = useMemo(() => (party === null ? null : awaitedBy(now, party, { groups, standing: standingIn(now) })), [now, party, groups]);
  const [visited, setVisited] = useState<Visited | null>(null);
  const go = useCallback((kind: AwaitedKind, last: Visit | null): void => {
    const things = awaited ? thingsAwaited(awaited, kind) : [], at = nextOf(things, last), there = things[at];
    if (there === undefined) return;
    setVisited({ kind, at, name: there.name });
    setFocus(there.provision);
    editor.current?.scrollTo(there.provision);
  }, [awaited, editor, setFocus]);
  useLedTo(go);
  if (party === null || !awaited) return null;
  const lines = awaitingLines(countsOf(awaited), party), things = visited ? thingsAwaited(awaited, visited.kind) : [], at = visited ? placeOfVisit(things, visited) : -1;
  const here = at < 0 ? '' : message('proposals.awaiting.place', { at: at + 1, of: things.length });
  return (
    <section aria-labelledby="awaits-title">
      <h2 id="awaits-title" className="section-title">{party === CHAIR ? message('proposals.awaiting.ofChair') : message('proposals.awaiting.title', { party: partyName(now.group, party) })}</h2>
      {lines.length === 0 ? <p className="quiet" style={{ margin: '0 8px' }}>{message('proposals.awaiting.nothing')}</p> : (
        <ul className="awaits">
          {lines.map(({ kind, words }) => (
            <li key={words}>
              {kind === null ? words : <button type="button" className="way-in" onClick={() => go(kind, visited?.kind === kind ? visited : null)}>{visited?.kind === kind && here ? message('proposals.awaiting.lineAt', { line: words, quiet: (inside) => <span className="quiet">{inside}</span>, here }) : words}</button>}
            </li>
          ))}
        </ul>
      )}
      <p className="hidden-words" role="status">{here}</p>
    </section>
  );
}

/** Who comes by a line of the list of documents is led on to the first such thing. */
function useLedTo(go: (kind: AwaitedKind, last: null) => void): void {
  const kind = useRef(AWAITED_KINDS.find((one) => window.location.hash === `#awaiting-${one}`));
  useEffect(() => {
    // The text is drawn first: there is nothing to be scrolled to before.
    const frame = requestAnimationFrame(() => {
      if (!kind.current) return;
      go(kind.current, null);
      kind.current = undefined;
    });
    return () => cancelAnimationFrame(frame);
  }, [go]);
}
