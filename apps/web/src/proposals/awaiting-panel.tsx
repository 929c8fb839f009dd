import { CHAIR } from '@parley/negotiation';
import { useDocumentContext } from '../provisions/document-context.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { useAwaiting } from './use-awaiting.tsx';

/** What waits for the reader's party: each line leads to the first such thing, and pressed again to the next (N9). */
export function AwaitingPanel() {
  const { now, party } = useDocumentContext(), awaiting = useAwaiting();
  if (party === null || !awaiting) return null;
  const { lines, here, toKind } = awaiting;
  return (
    <section aria-labelledby="awaits-title">
      <h2 id="awaits-title" className="section-title">{party === CHAIR ? message('proposals.awaiting.ofChair') : message('proposals.awaiting.title', { party: partyName(now.group, party) })}</h2>
      {lines.length === 0 ? <p className="quiet" style={{ margin: '0 8px' }}>{message('proposals.awaiting.nothing')}</p> : (
        <ul className="awaits">
          {lines.map((line) => (
            <li key={line.kind}>
              <button type="button" className="way-in" onClick={() => toKind(line.kind)}>{here?.line === line ? message('proposals.awaiting.lineAt', { line: line.words, quiet: (inside) => <span className="quiet">{inside}</span>, here: here.place }) : line.words}</button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
