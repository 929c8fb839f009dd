import { Button } from '@mantine/core';
import { partyName, partyOfRoom, RULES_VERSION } from '@parley/negotiation';
import type { HistoryEntry } from '@parley/protocol';
import { useMemo, useState } from 'react';
import { useNames } from '../access/group.ts';
import { Wanted } from '../proposals/wanted.tsx';
import { Moment } from '../ui/moment.tsx';
import { partyOfPerson, PersonMark, toneOf } from '../ui/party.tsx';
import { count, listed, numbered } from '../ui/words.ts';
import { actWords, type FindText, nameFound } from './act-words.ts';
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
    <aside className="side right history-list" aria-label="Acts and edits">
      <div className="row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <h2 className="section-title" style={{ margin: 0 }}>Acts and edits</h2>
        <div className="segments" role="group" aria-label="Which entries">
          <button type="button" aria-pressed={filter === 'all'} onClick={() => setFilter('all')}>All</button>
          <button type="button" aria-pressed={filter === 'acts'} onClick={() => setFilter('acts')}>Acts only</button>
        </div>
      </div>
      <ol className="entries">
        {shown.slice(0, limit).map((row) => <Row key={firstIndex(row)} row={row} at={at} since={since} find={find} onGo={onGo} />)}
      </ol>
      {shown.length > limit ? <Button variant="default" fullWidth onClick={() => setLimit((n) => n + FIRST)}>Earlier entries ({shown.length - limit})</Button> : null}
    </aside>
  );
}

interface RowProps extends Omit<ListProps, 'entries'> { readonly row: HistoryRow }

function Row({ row, at, since, find, onGo }: RowProps) {
  const { group, person, name } = useNames();
  const by = row.kind === 'act' ? row.entry.by : row.by;
  const party = row.kind === 'edits' ? (partyOfRoom(row.room) ?? partyOfPerson(person(by))) : partyOfPerson(person(by));
  const last = lastIndex(row), first = firstIndex(row);
  const current = at >= first && at <= last;
  return (
    <li className={current ? 'current' : ''} aria-current={current ? 'true' : undefined}>
      <PersonMark person={person(by)} group={group} named />
      <div>
        <button type="button" className="entry-go" onClick={() => onGo({ at: last })}>
          {by === 'server' ? null : <><b>{name(by)}</b>{party ? <span className={`party-name ${toneOf(group, party)}`}> {partyName(group, party)}</span> : null} </>}
          {row.kind === 'act' ? <Wanted phrases={actWords(row.entry, group, find)} /> : <>wrote in <b>{listed(row.touched.map((id) => nameFound(find, id)))}</b></>}
        </button>
        <small className="quiet">
          <Moment at={row.kind === 'act' ? row.entry.at : row.entries.at(-1)!.at} said="short" /> · {first === last ? `entry ${numbered(first)}` : `entries ${numbered(first)}–${numbered(last)}`}{row.kind === 'act' && row.entry.rules !== RULES_VERSION ? ` · decided by version ${row.entry.rules} of the rules` : ''}
        </small>
        {since !== undefined && first <= at ? <button type="button" className="plain-link from-here" onClick={() => onGo({ since: first })}>from here</button> : null}
        {row.kind === 'edits' && row.entries.length > 1 ? <Opened row={row} at={at} onGo={onGo} /> : null}
      </div>
    </li>
  );
}

function Opened({ row, at, onGo }: { readonly row: Extract<HistoryRow, { kind: 'edits' }>; readonly at: number; readonly onGo: (to: GoTo) => void }) {
  return (
    <details className="single-edits">
      <summary>{count(row.entries.length, 'edit')}</summary>
      <ol>{row.entries.map((e) => (
        <li key={e.index}><button type="button" className="entry-go" aria-current={e.index === at ? 'true' : undefined} onClick={() => onGo({ at: e.index })}>entry {numbered(e.index)} · <Moment at={e.at} said="clock" /></button></li>
      ))}</ol>
    </details>
  );
}
