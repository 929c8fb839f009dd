import { Link } from '@tanstack/react-router';
import type { DocumentRowView } from '@parley/protocol';
import { useGroupNames } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { listed, message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { stageName, templateName } from '../ui/naming.ts';
import { ProgressBar, progressWords } from '../ui/progress.tsx';
import { numbered } from '../ui/words.ts';

/** One document of the working group, with its progress in counts. */
export function DocumentRow({ row }: { readonly row: DocumentRowView }) {
  const names = useGroupNames();
  const { person, groupId } = useMe();
  const here = row.here.filter((user) => user !== person.user).map((user) => names.name(user));
  const { unread } = row;
  const negotiating = row.stage === 'negotiation';
  return (
    <article className="document-row" aria-label={row.title}>
      <div>
        <h3><Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }}><bdi>{row.title}</bdi></Link></h3>
        <p className="quiet">
          {message('group.row.facts', { template: templateName(row.template), n: row.provisions, stage: stageName(row.stage), at: <Moment at={row.lastAt} /> })}
          {unread.acts > 0 || unread.more ? <><br /><Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} hash="since-you-left" className="unread-link">{message('group.row.unread', { n: unread.acts, shown: numbered(unread.acts), more: unread.more ? 'yes' : 'no', title: row.title, hidden: (inside) => <span className="hidden-words">{inside}</span> })}</Link></> : null}
          {here.length > 0 ? <><br /><span className="here-words">{message('group.row.here', { n: here.length, names: listed(here) })}</span></> : null}
        </p>
      </div>
      <div>
        {negotiating ? <><ProgressBar progress={row.progress} /><span className="quiet">{progressWords(row.progress)}</span></> : <span className="quiet">{message(row.stage === 'closed' ? 'group.row.closed' : 'group.row.workingPaper')}</span>}
      </div>
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Link to="/g/$group/documents/$doc/history" params={{ group: groupId, doc: row.id }} className="plain-link" aria-label={message('group.row.history.name', { title: row.title })}>{message('group.row.history')}</Link>
        <Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} className="header-link" aria-label={message('group.row.open.name', { title: row.title })}>{message('group.row.open')}</Link>
      </div>
    </article>
  );
}
