import { progressOf, STANDINGS } from '@parley/negotiation';
import { useMemo } from 'react';
import { AwaitingPanel } from '../proposals/awaiting-panel.tsx';
import { useDocumentContext } from '../provisions/document-context.ts';
import { Counting } from '../ui/counting.tsx';
import { message } from '../ui/messages.ts';
import { ProgressBar, standingLetter, standingName } from '../ui/progress.tsx';
import { standingIn } from '../ui/standings.ts';

/** Progress in counts, and what waits for the reader's party. */
export function ProgressPanel() {
  const { now, counted } = useDocumentContext();
  if (now.document.stage !== 'negotiation') return null;
  return (
    <>
      <section aria-labelledby="progress-title">
        <h2 id="progress-title" className="section-title">{message('document.progress.title')}</h2>
        {counted ? <Progress /> : <Counting />}
      </section>
      {counted ? <AwaitingPanel /> : null}
    </>
  );
}

function Progress() {
  const { now } = useDocumentContext();
  const progress = useMemo(() => progressOf(now, standingIn(now)), [now]);
  return (
    <>
      <ProgressBar progress={progress} />
      <ul className="standing-words">
        {STANDINGS.map((s) => <li key={s}><span className={`dot ${s}`} aria-hidden="true" /><span>{message('document.progress.line', { n: progress[s], standing: standingName(s), sign: standingLetter(s), letter: (inside) => <span className="quiet" aria-hidden="true">{inside}</span> })}</span></li>)}
      </ul>
    </>
  );
}
