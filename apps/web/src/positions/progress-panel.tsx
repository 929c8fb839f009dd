import { awaitingOf, CHAIR, partyName, progressOf, STANDINGS } from '@parley/negotiation';
import { useDeferredValue, useMemo } from 'react';
import { awaitingLines } from '../documents/awaiting-card.tsx';
import { useDesk } from '../documents/desk.ts';
import { ProgressBar, STANDING_LETTER, STANDING_NAME } from '../ui/progress.tsx';

/** Progress in counts, and what waits for the reader's party. */
export function ProgressPanel() {
  const { now, party } = useDesk();
  const shown = useDeferredValue(now);
  const progress = useMemo(() => progressOf(shown), [shown]);
  const lines = useMemo(() => (party === null ? [] : awaitingLines(awaitingOf(shown, party), party)), [shown, party]);
  if (now.document.stage !== 'negotiation') return null;
  return (
    <>
      <section aria-labelledby="progress-title">
        <h2 id="progress-title" className="section-title">Progress</h2>
        <ProgressBar progress={progress} />
        <ul className="standing-words">
          {STANDINGS.map((s) => <li key={s}><span className={`dot ${s}`} aria-hidden="true" /><span>{progress[s]} {STANDING_NAME[s]} <span className="quiet" aria-hidden="true">({STANDING_LETTER[s]})</span></span></li>)}
        </ul>
      </section>
      {party !== null ? (
        <section aria-labelledby="awaits-title">
          <h2 id="awaits-title" className="section-title">{party === CHAIR ? 'Awaiting the chair' : `Awaiting ${partyName(now.group, party)}`}</h2>
          {lines.length === 0 ? <p className="quiet" style={{ margin: '0 8px' }}>Nothing waits for an answer.</p> : <ul className="awaits">{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
        </section>
      ) : null}
    </>
  );
}
