import { Link } from '@tanstack/react-router';
import type { DocumentRowView } from '@parley/protocol';
import { useGroupNames } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { Moment } from '../ui/moment.tsx';
import { STAGE_NAME, TEMPLATE_NAME } from '../ui/naming.ts';
import { ProgressBar, progressWords } from '../ui/progress.tsx';
import { count, listed } from '../ui/words.ts';

/** One document of the working group, with its progress in counts. */
export function DocumentRow({ row }: { readonly row: DocumentRowView }) {
  const names = useGroupNames();
  const { person, groupId } = useMe();
  const here = row.here.filter((user) => user !== person.user).map((user) => names.name(user));
  const negotiating = row.stage === 'negotiation';
  return (
    <article className="document-row" aria-label={row.title}>
      <div>
        <h3><Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }}><bdi>{row.title}</bdi></Link></h3>
        <p className="quiet">
          {TEMPLATE_NAME[row.template]} · {count(row.provisions, 'provision')} · {STAGE_NAME[row.stage]} · <Moment at={row.lastAt} />
          {here.length > 0 ? <><br /><span className="here-words">{listed(here)} {here.length === 1 ? 'is' : 'are'} in it now</span></> : null}
        </p>
      </div>
      <div>
        {negotiating ? <><ProgressBar progress={row.progress} /><span className="quiet">{progressWords(row.progress)}</span></> : <span className="quiet">{row.stage === 'closed' ? 'Closed: it can be read, and nothing in it changes any more' : 'Working paper: nothing is agreed, everybody writes'}</span>}
      </div>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Link to="/g/$group/documents/$doc/history" params={{ group: groupId, doc: row.id }} className="plain-link" aria-label={`History of ${row.title}`}>History</Link>
        <Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} className="header-link" aria-label={`Open ${row.title}`}>Open</Link>
      </div>
    </article>
  );
}
