import { CHAIR, type GroupState, own, type Role } from '@parley/negotiation';
import type { Person } from '@parley/protocol';
import { type ReactNode, useMemo, useState } from 'react';
import { PersonMark, toneOf } from '../ui/party.tsx';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
import { seatPlace } from './awaited-seats.ts';
import { useGroupHistory, useGroupNames } from './group.ts';
import { roleName } from './roles.ts';
import { type SeatAction, SeatButtons, SeatActionStep } from './seat-actions.tsx';
import { type SeatLine, seatLines } from './seat-history.ts';
import { whatIsWaitedFor } from './seat-notices.tsx';
import { seatNews } from './seat-news.ts';
import { useOpener } from './seat-step.tsx';
import { useMe, useSession } from './session.ts';

interface RosterProps { readonly group: GroupState; readonly people: readonly Person[] }

const RANK: readonly Role[] = ['head', 'negotiator', 'moderator', 'auditor', 'observer', 'administrator'];
const byRank = (a: Person, b: Person): number => RANK.indexOf(a.role!) - RANK.indexOf(b.role!) || a.name.localeCompare(b.name);

/** Everybody with a seat, by delegation, and those who had one. */
export function Roster({ group, people }: RosterProps) {
  const { name } = useGroupNames();
  const entries = useGroupHistory();
  const { cast } = useSession();
  const lines = useMemo(() => seatLines(entries, group, name), [entries, group, name]);
  const begun = useMemo(() => new Set(cast === null ? seatNews(entries, group, name).filter(({ kind }) => kind === 'begun').map(({ user }) => user) : []), [cast, entries, group, name]);
  const seated = people.filter((p) => p.role !== undefined);
  const former = people.filter((p) => p.role === undefined && group.former.includes(p.user));
  const parts = [
    ...group.delegations.map((d) => ({ name: message('access.roster.delegation', { name: d.name, code: d.code }), tone: toneOf(group, d.id), people: seated.filter((p) => p.delegation === d.id) })),
    { name: partyName(group, CHAIR), tone: toneOf(group, CHAIR), people: seated.filter((p) => p.role === 'moderator') },
    { name: message('access.roster.neither'), tone: 'tone-none', people: seated.filter((p) => p.delegation === undefined && p.role !== 'moderator') },
    ...(former.length > 0 ? [{ name: message('access.roster.former'), tone: 'tone-none', people: former }] : []),
  ];
  return (
    <div className="stack">
      {parts.map((part) => (
        <section key={part.name} className={`card roster ${part.tone}`} aria-label={part.name}>
          <h2 className="section-title" style={{ color: 'var(--tone)' }}>{part.name}</h2>
          {part.people.length === 0 ? <p className="quiet">{message('access.roster.nobody')}</p> : (
            <table><tbody>{[...part.people].sort(byRank).map((p) => <RosterRow key={p.user} group={group} person={p} lines={lines.filter((line) => line.user === p.user)} begun={begun.has(p.user)} />)}</tbody></table>
          )}
        </section>
      ))}
    </div>
  );
}

const quiet = (inside: ReactNode) => <span className="quiet">{inside}</span>;

interface RowProps { readonly group: GroupState; readonly person: Person; readonly lines: readonly SeatLine[]; readonly begun: boolean }

function RosterRow({ group, person, lines, begun }: RowProps) {
  const [action, setAction] = useState<SeatAction | null>(null);
  const { opened, left } = useOpener();
  const { person: me } = useMe();
  const seat = own(group.seats, person.user), sleep = own(group.asleep, person.user), ending = own(group.endings, person.user);
  return (
    <>
      <tr id={seatPlace(person.user)} tabIndex={-1}>
        <td style={{ width: 34 }}><PersonMark person={person} group={group} named /></td>
        <td>
          {message('access.roster.name', { name: person.name, mine: person.user === me.user ? 'yes' : 'no', b: (inside) => <b>{inside}</b>, quiet })}<br /><span className="quiet">{person.role ? roleName(person.role) : message('access.roster.noSeat')}</span>
          {seat && sleep ? <p className="seat-state">{message('access.roster.reset', { at: <Moment at={sleep.since} said="short" />, waits: whatIsWaitedFor(seat, sleep, group) })}</p> : null}
          {begun ? <p className="seat-state">{message('access.roster.begun')}</p> : null}
          {ending ? <p className="seat-state">{message('access.roster.ending')}</p> : null}
          <details className="seat-history"><summary>{message('access.roster.history', { name: person.name, hidden: (inside) => <span className="hidden-words">{inside}</span> })}</summary>
            <ol>{lines.map((line) => <li key={`${line.index} ${line.words}`}>{message('access.roster.line', { at: <Moment at={line.at} said="short" />, words: line.words, quiet })}</li>)}</ol>
          </details>
        </td>
        <td><SeatButtons group={group} person={person} onAction={(next) => { opened(); setAction(next); }} /></td>
      </tr>
      {action ? <tr className="seat-step"><td colSpan={3}><SeatActionStep key={action.does} action={action} onClose={() => { setAction(null); left(); }} /></td></tr> : null}
    </>
  );
}
