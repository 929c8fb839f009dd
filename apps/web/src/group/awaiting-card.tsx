import { Link } from '@tanstack/react-router';
import { CHAIR, partyOf } from '@parley/negotiation';
import type { DocumentRowView } from '@parley/protocol';
import { useGroup } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { awaitingLines } from '../proposals/awaiting-lines.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { toneOf } from '../ui/party.tsx';

/** What waits for the reader's own party, over all documents. */
export function AwaitingCard({ documents }: { readonly documents: readonly DocumentRowView[] }) {
  const { actor, groupId } = useMe();
  const { group } = useGroup();
  const party = partyOf(actor);
  if (party === null) return null;
  const waiting = documents.flatMap((d) => (d.awaiting ? [{ row: d, lines: awaitingLines(d.awaiting, party) }] : [])).filter((w) => w.lines.length > 0);
  return (
    <section className={`card awaiting ${toneOf(group, party)}`} aria-labelledby="awaiting-title">
      <h2 id="awaiting-title" className="section-title">{message('group.awaiting.title', { party: party === CHAIR ? 'chair' : 'delegation', name: partyName(group, party) })}</h2>
      {waiting.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{message('group.awaiting.nothing')}</p> : (
        <ul>{waiting.map(({ row, lines }) => (
          <li key={row.id}>
            <Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }}>{row.title}</Link>
            {lines.map(({ kind, words }) => <Link key={words} to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} {...(kind ? { hash: `awaiting-${kind}` } : {})} className="waiting-line">{words}</Link>)}
          </li>
        ))}</ul>
      )}
    </section>
  );
}
