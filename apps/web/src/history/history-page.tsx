import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { HistoryEntry } from '@parley/protocol';
import { textFrom } from '@parley/text';
import { useEffect, useMemo } from 'react';
import { NamesProvider, useGroup, useGroupNames } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { sentenceOfError } from '../sync/request.ts';
import { Header } from '../access/header.tsx';
import { message } from '../ui/messages.ts';
import { NoticePage, WaitingPage } from '../ui/notice-page.tsx';
import { finder } from './act-words.ts';
import { ChangesPaper } from './changes-paper.tsx';
import { EntryList } from './entry-list.tsx';
import { useHistory, useInstant } from './history-data.ts';
import { InstantPaper } from './instant-paper.tsx';
import { Timeline } from './timeline.tsx';
import './history.css';

/** The record of one document: what was done by whom, and the text at any instant. */
export function HistoryPage() {
  const { doc } = useParams({ from: '/g/$group/documents/$doc/history' });
  const history = useHistory(doc);
  if (history.error) return <NoticePage title={message('history.page.cannotBeShown')}><p>{sentenceOfError(history.error)}</p><Link to="/">{message('history.page.home')}</Link></NoticePage>;
  if (!history.data) return <WaitingPage what={message('history.page.reading')} />;
  return history.data.length > 0 ? <Record doc={doc} entries={history.data} /> : <NoticePage title={message('history.page.nothing')} />;
}

function Record({ doc, entries }: { readonly doc: string; readonly entries: readonly HistoryEntry[] }) {
  const search = useSearch({ from: '/g/$group/documents/$doc/history' });
  const navigate = useNavigate({ from: '/g/$group/documents/$doc/history' });
  const names = useGroupNames();
  const { groupId } = useMe();
  const row = useGroup().documents.find((d) => d.id === doc);
  const at = nearest(entries, search.at ?? entries.at(-1)!.index);
  const since = search.since === undefined ? undefined : Math.min(at, nearest(entries, search.since));
  const now = useInstant(doc, at), then = useInstant(doc, since);
  const title = now.data?.document.title ?? row?.title ?? message('history.page.document');
  const find = useMemo(() => finder([now.data, then.data].flatMap((i) => (i ? Object.values(i.rooms).map((list) => textFrom(list ?? [])) : []))), [now.data, then.data]);
  const go = (to: { at?: number; since?: number }): void => void navigate({ search: (before) => ({ ...before, ...to }), replace: true });
  const compare = (on: boolean): void => void navigate({ search: on ? { at, since: entries[0]!.index } : { at }, replace: true });
  useEffect(() => { document.title = message('history.page.windowTitle', { title }); return () => { document.title = message('ui.parley'); }; }, [title]);
  return (
    <NamesProvider value={names}>
      <div className="app">
        <Header crumbs={<><li><Link to="/g/$group/documents/$doc" params={{ group: groupId, doc }}><bdi>{title}</bdi></Link></li><li><span aria-current="page">{message('history.page.crumb')}</span></li></>}>
          <span className="grow" />
          <div className="segments" role="group" aria-label={message('history.page.whatToRead')}>
            <button type="button" aria-pressed={since === undefined} onClick={() => compare(false)}>{message('history.page.textAtThisMoment')}</button>
            <button type="button" aria-pressed={since !== undefined} onClick={() => compare(true)}>{message('history.page.changesSince')}</button>
          </div>
        </Header>
        <div className="history-main">
          <main className="document-area history-area">
            <Timeline entries={entries} at={at} since={since} onGo={go} />
            {now.error ? <p role="alert">{sentenceOfError(now.error)}</p> : null}
            {now.data && since === undefined ? <InstantPaper instant={now.data} /> : null}
            {now.data && then.data && since !== undefined ? <ChangesPaper earlier={then.data} later={now.data} /> : null}
          </main>
          <EntryList entries={entries} at={at} since={since} find={find} onGo={go} />
        </div>
      </div>
    </NamesProvider>
  );
}

/** The entry at or right before `index`. */
const nearest = (entries: readonly HistoryEntry[], index: number): number => (entries.findLast((e) => e.index <= index) ?? entries[0]!).index;
