import { awaitedBy, CHAIR, countsOf, partyName } from '@parley/negotiation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDesk } from '../documents/desk.ts';
import { standingIn } from '../ui/standings.ts';
import { AWAITED_KINDS, type AwaitedKind, awaitingLines, nextOf, provisionsAwaited } from './awaiting-lines.ts';
import { useGroups } from './use-groups.ts';

interface Visited { readonly kind: AwaitedKind; readonly at: number; readonly of: number }

/** What waits for the reader's party: each line leads to the first such thing, and pressed again to the next (N9). */
export function AwaitingPanel() {
  const { now, party, setFocus, editor } = useDesk();
  const groups = useGroups(now);
  const awaited = useMemo(() => (party === null ? null : awaitedBy(now, party, { groups, standing: standingIn(now) })), [now, party, groups]);
  const [visited, setVisited] = useState<Visited | null>(null);
  const go = useCallback((kind: AwaitedKind, from: number): void => {
    const things = awaited ? provisionsAwaited(awaited, kind) : [], at = nextOf(things, from), there = things[at];
    if (there === undefined) return;
    setVisited({ kind, at, of: things.length });
    setFocus(there);
    editor.current?.scrollTo(there);
  }, [awaited, editor, setFocus]);
  useLedTo(go);
  if (party === null || !awaited) return null;
  const lines = awaitingLines(countsOf(awaited), party);
  return (
    <section aria-labelledby="awaits-title">
      <h2 id="awaits-title" className="section-title">{party === CHAIR ? 'Awaiting the chair' : `Awaiting ${partyName(now.group, party)}`}</h2>
      {lines.length === 0 ? <p className="quiet" style={{ margin: '0 8px' }}>Nothing waits for an answer.</p> : (
        <ul className="awaits">
          {lines.map(({ kind, words }) => (
            <li key={words}>
              {kind === null ? words : <button type="button" className="way-in" onClick={() => go(kind, visited?.kind === kind ? visited.at : -1)}>{words}{visited?.kind === kind ? <span className="quiet"> · {visited.at + 1} of {visited.of}</span> : null}</button>}
            </li>
          ))}
        </ul>
      )}
      <p className="hidden-words" role="status">{visited ? `${visited.at + 1} of ${visited.of}` : ''}</p>
    </section>
  );
}

/** Who comes by a line of the list of documents is led on to the first such thing. */
function useLedTo(go: (kind: AwaitedKind, from: number) => void): void {
  const kind = useRef(AWAITED_KINDS.find((one) => window.location.hash === `#awaiting-${one}`));
  useEffect(() => {
    // The text is drawn first: there is nothing to be scrolled to before.
    const frame = requestAnimationFrame(() => {
      if (!kind.current) return;
      go(kind.current, -1);
      kind.current = undefined;
    });
    return () => cancelAnimationFrame(frame);
  }, [go]);
}
