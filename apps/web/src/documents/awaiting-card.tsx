import { Link } from '@tanstack/react-router';
import { CHAIR, partyName, partyOf } from '@parley/negotiation';
import type { Awaiting, DocumentRowView } from '@parley/protocol';
import { useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { toneOf } from '../ui/party.tsx';
import { count } from '../ui/words.ts';

/** What waits in a document, a line each; empty when nothing does. */
export function awaitingLines(awaiting: Awaiting, party: string): string[] {
  return [
    ...(awaiting.basis ? [party === CHAIR ? 'the working paper waits for a head' : 'the working paper waits for your head’s answer as basis'] : []),
    ...(awaiting.proposals > 0 ? [`${count(awaiting.proposals, 'proposal')} to answer`] : []),
    ...(awaiting.toAgree > 0 ? [`${count(awaiting.toAgree, 'clean provision')} to agree`] : []),
    ...(awaiting.reopenings > 0 ? [`${count(awaiting.reopenings, 'request')} to reopen`] : []),
    ...(awaiting.toApprove > 0 ? [`${count(awaiting.toApprove, 'agreed provision')} to approve`] : []),
  ];
}

/** What waits for the reader's own party, over all documents. */
export function AwaitingCard({ documents }: { readonly documents: readonly DocumentRowView[] }) {
  const { actor } = useMe();
  const { group } = useGroup();
  const party = partyOf(actor);
  if (party === null) return null;
  const waiting = documents.flatMap((d) => (d.awaiting ? [{ row: d, lines: awaitingLines(d.awaiting, party) }] : [])).filter((w) => w.lines.length > 0);
  return (
    <section className={`card awaiting ${toneOf(group, party)}`} aria-labelledby="awaiting-title">
      <h2 id="awaiting-title" className="section-title">{party === CHAIR ? 'Awaiting the chair' : `Awaiting ${partyName(group, party)}`}</h2>
      {waiting.length === 0 ? <p className="quiet" style={{ margin: 0 }}>Nothing waits for an answer.</p> : (
        <ul>{waiting.map(({ row, lines }) => (
          <li key={row.id}>
            <Link to="/documents/$doc" params={{ doc: row.id }}>{row.title}</Link>
            {lines.map((line) => <span key={line} className="waiting-line">{line}</span>)}
          </li>
        ))}</ul>
      )}
    </section>
  );
}
