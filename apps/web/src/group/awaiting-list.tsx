import { Link } from '@tanstack/react-router';
import { partyOf } from '@parley/negotiation';
import type { DocumentRowView } from '@parley/protocol';
import { awaitedSeats, seatPlace } from '../access/awaited-seats.ts';
import { useGroup, useGroupNames } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { type AwaitingLine, awaitedIn, awaitingLines } from '../proposals/awaiting-lines.ts';
import { awaitingHash } from '../proposals/awaiting-address.ts';
import { message } from '../ui/messages.ts';

interface AwaitedDocument { readonly row: DocumentRowView; readonly lines: readonly AwaitingLine[] }

/** What waits for the reader's party over all documents, and for the reader himself among the seats; null for those who answer nothing. */
export function useAwaitedInGroup() {
  const { actor } = useMe(), { group, documents } = useGroup(), party = partyOf(actor);
  if (party === null) return null;
  const waiting = documents.flatMap((row): AwaitedDocument[] => (row.awaiting && awaitedIn(row.awaiting) > 0 ? [{ row, lines: awaitingLines(row.awaiting, party) }] : []));
  const seats = awaitedSeats(actor, group), count = seats.length + waiting.reduce((sum, { row }) => sum + awaitedIn(row.awaiting!), 0);
  return { party, waiting, seats, count };
}

/** Each line leads to the first thing of its kind, and from there to the next. `most`: so many documents at most. */
export function AwaitingList({ waiting, seats, most = Infinity }: Pick<NonNullable<ReturnType<typeof useAwaitedInGroup>>, 'waiting' | 'seats'> & { readonly most?: number }) {
  const { groupId } = useMe(), { name } = useGroupNames();
  if (waiting.length + seats.length === 0) return <p className="quiet" style={{ margin: 0 }}>{message('group.awaiting.nothing')}</p>;
  return (
    <ul>
      {seats.length > 0 ? (
        <li>
          <Link to="/g/$group/people" params={{ group: groupId }}>{message('access.people.title')}</Link>
          {seats.map(({ user, waits }) => <Link key={`${waits} ${user}`} to="/g/$group/people" params={{ group: groupId }} hash={seatPlace(user)} className="waiting-line">{message(`group.awaiting.${waits}`, { name: name(user) })}</Link>)}
        </li>
      ) : null}
      {waiting.slice(0, most).map(({ row, lines }) => (
        <li key={row.id}>
          <Link to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} hash={awaitingHash()}><bdi>{row.title}</bdi></Link>
          {lines.map(({ kind, words }) => <Link key={kind} to="/g/$group/documents/$doc" params={{ group: groupId, doc: row.id }} hash={awaitingHash(kind)} className="waiting-line">{words}</Link>)}
        </li>
      ))}
    </ul>
  );
}
