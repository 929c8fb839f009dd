import { Alert, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Text } from '@parley/text';
import { useMemo, useState } from 'react';
import { useNames } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { sentenceOfError } from '../sync/request.ts';
import { listed, message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { PersonMark } from '../ui/party.tsx';
import { numbered } from '../ui/words.ts';
import { type FindText, finder, nameFound } from './act-words.ts';
import { ActSentence } from './entry-words.tsx';
import type { ActEntry } from './history-rows.ts';
import { byPlaces, type UnreadGroup, useMarkRead, useUnread } from './unread.ts';
import './history.css';

interface ListProps {
  readonly doc: string;
  /** Which opening of the list this is: each reads anew. */
  readonly opened: number;
  /** The texts that provisions are named by. */
  readonly texts: readonly Text[];
  /** Everything that was shown has been marked as read. */
  readonly onRead: () => void;
}

/** What others did that the reader has not said to have read, each line leading to the instant. He marks it as read himself; to close the list marks nothing (X6). */
export function UnreadList({ doc, opened, texts, onRead }: ListProps) {
  const unread = useUnread(doc, opened), mark = useMarkRead(doc);
  const [find] = useState(() => finder(texts));
  const pages = unread.data?.pages, groups = useMemo(() => byPlaces(pages?.flatMap(({ entries }) => entries) ?? []), [pages]);
  if (unread.error && !pages) return <Alert role="alert" color="red">{sentenceOfError(unread.error)}</Alert>;
  if (!pages) return <p role="status" className="quiet">{message('history.unread.reading')}</p>;
  if (groups.length === 0) return <p>{message('history.unread.nothing')}</p>;
  const { upTo } = pages.at(-1)!;
  return (
    <div className="unread">
      <p className="quiet">{message('history.unread.explanation')}</p>
      {groups.map((group) => <Group key={group.entries[0]!.index} doc={doc} group={group} find={find} />)}
      {unread.hasNextPage ? <Button variant="default" fullWidth loading={unread.isFetchingNextPage} onClick={() => void unread.fetchNextPage()}>{message('history.unread.further')}</Button> : null}
      {unread.error ?? mark.error ? <Alert role="alert" color="red">{sentenceOfError(unread.error ?? mark.error)}</Alert> : null}
      <div className="unread-end"><Button fullWidth loading={mark.isPending} onClick={() => mark.mutate(upTo, { onSuccess: onRead })}>{message(unread.hasNextPage ? 'history.unread.markShown' : 'history.unread.mark')}</Button></div>
    </div>
  );
}

const NAMED = 3;

function Group({ doc, group: { places, entries }, find }: { readonly doc: string; readonly group: UnreadGroup; readonly find: FindText }) {
  const names = places.slice(0, NAMED).map((id) => nameFound(find, id)), others = places.length - names.length;
  return (
    <section>
      <h3 className="section-title">{places.length === 0 ? message('history.unread.whole') : message('history.unread.places', { places: listed(names), others })}</h3>
      <ol className="entries">{entries.map((entry) => <Line key={entry.index} doc={doc} entry={entry} find={find} />)}</ol>
    </section>
  );
}

function Line({ doc, entry, find }: { readonly doc: string; readonly entry: ActEntry; readonly find: FindText }) {
  const { group, person } = useNames(), { groupId } = useMe();
  return (
    <li>
      <PersonMark person={person(entry.by)} group={group} named />
      <div>
        <Link to="/g/$group/documents/$doc/history" params={{ group: groupId, doc }} search={{ at: entry.index }} className="entry-go"><ActSentence entry={entry} find={find} /></Link>
        <small className="quiet">{message('history.entry.single', { entry: numbered(entry.index), at: <Moment at={entry.at} said="short" /> })}</small>
      </div>
    </li>
  );
}
