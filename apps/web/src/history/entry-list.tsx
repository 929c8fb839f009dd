import { Button } from '@mantine/core';
import { partyOfRoom, RULES_VERSION } from '@parley/negotiation';
import type { HistoryEntry } from '@parley/protocol';
import { useMemo, useState } from 'react';
import { useNames } from '../access/group.ts';
import { listed, message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { partyOfPerson, PersonMark } from '../ui/party.tsx';
import { numbered } from '../ui/words.ts';
import { type FindText, nameFound } from './act-words.ts';
import { ActSentence, authorOf } from './entry-words.tsx';
import { type HistoryRow, firstIndex, historyRows, lastIndex } from './history-rows.ts';
import type { GoTo } from './timeline.tsx';

interface ListProps {
  readonly entries: readonly HistoryEntry[];
  readonly at: number;
  readonly since: number | undefined;
  readonly find: FindText;
  readonly onGo: (to: GoTo) => void;
}

const FIRST = 200;

type Filter = 'all' | 'acts';

/** Acts and edits, newest first. */
export function EntryList({ entries, at, since, find, onGo }: ListProps) {
  const [filter, setFilter] = useState<Filter>('all');
  const [limit, setLimit] = useState(FIRST);
  const rows = useMemo(() => historyRows(entries).toReversed(), [entries]);
  const shown = filter === 'all' ? rows : rows.filter((r) => r.kind === 'act');
  return (
    <aside className="side right history-list" aria-label={message('history.entries.title')}>
      <div className="row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <h2 className="section-title" style={{ margin: 0 }}>{message('history.entries.title')}</h2>
        <div className="segments" role="group" aria-label={message('history.entries.which')}>
          <button type="button" aria-pressed={filter === 'all'} onClick={() => setFilter('all')}>{message('history.entries.all')}</button>
          <button type="button" aria-pressed={filter === 'acts'} onClick={() => setFilter('acts')}>{message('history.entries.actsOnly')}</button>
        </div>
      </div>
      <ol className="entries">
        {shown.slice(0, limit).map((row) => <Row key={firstIndex(row)} row={row} at={at} since={since} find={find} onGo={onGo} />)}
      </ol>
      {shown.length > limit ? <Button variant="default" fullWidth onClick={() => setLimit((n) => n + FIRST)}>{message('history.entries.earlier', { n: shown.length - limit })}</Button> : null}
    </aside>
  );
}

interface RowProps extends Omit<ListProps, 'entries'> { readonly row: HistoryRow }

function Row({ row, at, since, find, onGo }: RowProps) {
  const names = useNames(), { group, person } = names;
  const by = row.kind === 'act' ? row.entry.by : row.by;
  const last = lastIndex(row), first = firstIndex(row), rules = row.kind === 'act' ? row.entry.rules : RULES_VERSION;
  const current = at >= first && at <= last;
  return (
    <li className={current ? 'current' : ''} aria-current={current ? 'true' : undefined}>
      <PersonMark person={person(by)} group={group} named />
      <div>
        <button type="button" className="entry-go" onClick={() => onGo({ at: last })}>
          {row.kind === 'edits' ? message('history.entry.edit', { author: authorOf(names, by, partyOfRoom(row.room) ?? partyOfPerson(person(by))), places: listed(row.touched.map((id) => nameFound(find, id))), b: (inside) => <b>{inside}</b> })
            : <ActSentence entry={row.entry} find={find} />}
        </button>
        <small className="quiet">
          {message('history.entry.where', {
            at: <Moment at={row.kind === 'act' ? row.entry.at : row.entries.at(-1)!.at} said="short" />, span: first === last ? 'single' : 'several', first: numbered(first), last: numbered(last),
            formerRules: rules === RULES_VERSION ? 'no' : 'yes', rules,
          })}
        </small>
        {since !== undefined && first <= at ? <button type="button" className="plain-link from-here" onClick={() => onGo({ since: first })}>{message('history.entry.fromHere')}</button> : null}
        {row.kind === 'edits' && row.entries.length > 1 ? <Opened row={row} at={at} onGo={onGo} /> : null}
      </div>
    </li>
  );
}

function Opened({ row, at, onGo }: { readonly row: Extract<HistoryRow, { kind: 'edits' }>; readonly at: number; readonly onGo: (to: GoTo) => void }) {
  return (
    <details className="single-edits">
      <summary>{message('history.entry.edits', { n: row.entries.length })}</summary>
      <ol>{row.entries.map((e) => (
        <li key={e.index}><button type="button" className="entry-go" aria-current={e.index === at ? 'true' : undefined} onClick={() => onGo({ at: e.index })}>{message('history.entry.single', { entry: numbered(e.index), at: <Moment at={e.at} said="clock" /> })}</button></li>
      ))}</ol>
    </details>
  );
}
