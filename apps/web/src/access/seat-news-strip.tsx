import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { useGroup, useGroupHistory, useGroupNames } from './group.ts';
import { type NewsKind, type SeatNews, seatNews } from './seat-news.ts';
import { useMe, useSession } from './session.ts';

const SHOWN = 3;
/** Whose notices: entries are counted in each group from its own beginning. */
interface Reader { readonly user: string; readonly group: string }

const shelf = ({ user, group }: Reader, kind: NewsKind): string => `parley-seat-news-${kind}-${user}-${group}`;

/** The last entry of a kind of which this person has said here that it was read; -1 for none. */
function readUpTo(reader: Reader, kind: NewsKind): number {
  try {
    return Number(localStorage.getItem(shelf(reader, kind)) ?? -1);
  } catch {
    return -1;
  }
}

function keepRead(reader: Reader, { kind, index }: SeatNews): void {
  try {
    localStorage.setItem(shelf(reader, kind), String(index));
  } catch {
    // Where nothing can be kept it is told again on the next page.
  }
}

/** What was done to seats, told to everybody on every page until they say that they have read it; how the heads began, on the pages around the documents, where it means something. */
export function SeatNewsStrip({ beginnings }: { readonly beginnings: boolean }) {
  const { person: { user }, groupId } = useMe();
  const { cast } = useSession();
  const { group } = useGroup();
  const { name } = useGroupNames();
  const entries = useGroupHistory();
  const reader = { user, group: groupId };
  const [read, setRead] = useState(() => ({ begun: readUpTo(reader, 'begun'), changed: readUpTo(reader, 'changed') }));
  // Everybody who opens a demonstration sits in it by one click.
  const told = (kind: NewsKind): boolean => kind === 'changed' || (beginnings && cast === null);
  const all = useMemo(() => seatNews(entries, group, name).reverse(), [entries, group, name]);
  const news = all.filter(({ index, kind }) => told(kind) && index > read[kind]);
  if (news.length === 0) return null;
  const reading = (): void => {
    const upTo = (kind: NewsKind): number => Math.max(read[kind], ...news.filter((one) => one.kind === kind).map(({ index }) => index));
    for (const one of [...news].reverse()) keepRead(reader, one);
    setRead({ begun: upTo('begun'), changed: upTo('changed') });
  };
  return (
    <div className="seat-notices" role="status">
      {news.slice(0, SHOWN).map(({ index, at, words }) => <p key={`${index} ${words}`}>{message('access.news.line', { words, at: <Moment at={at} said="short" /> })}</p>)}
      <p>{message('access.news.more', {
        more: Math.max(0, news.length - SHOWN),
        people: (inside) => <Link to="/g/$group/people" params={{ group: groupId }}>{inside}</Link>, read: (inside) => <button type="button" className="plain-link" onClick={reading}>{inside}</button>,
      })}</p>
    </div>
  );
}
