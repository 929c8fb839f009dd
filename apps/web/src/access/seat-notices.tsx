import { Link } from '@tanstack/react-router';
import { type GroupState, partyName, type Seat, type Sleep } from '@parley/negotiation';
import { Dated, type DatedWords, Moment } from '../ui/moment.tsx';
import { useGroup, useGroupNames } from './group.ts';
import { seatName } from './roles.ts';
import { useMe } from './session.ts';

/** Seats whose accounts were reset: told to everybody, on every page, as long as they sleep. */
export function SeatNotices() {
  const { group } = useGroup();
  const { name } = useGroupNames();
  const { groupId } = useMe();
  const asleep = Object.entries(group.asleep).flatMap(([user, sleep]) => (group.seats[user] ? [{ seat: group.seats[user], sleep }] : []));
  if (asleep.length === 0) return null;
  return (
    <div className="seat-notices" role="status">
      {asleep.map(({ seat, sleep }) => (
        <p key={seat.user}>
          <b>{name(seat.user)}</b> ({seatName(seat, group)}): the account was reset by {name(sleep.by)}, <Moment at={sleep.since} said="short" />. <Dated words={whatIsWaitedFor(seat, sleep, group)} /> <Link to="/g/$group/people" params={{ group: groupId }}>People</Link>
        </p>
      ))}
    </div>
  );
}

/** What a sleeping seat waits for, in a sentence. */
export function whatIsWaitedFor({ delegation }: Seat, { renewed, wakesAt }: Sleep, group: GroupState): DatedWords {
  const opened: DatedWords = renewed === null ? ['The link has not been opened yet.'] : ['The link was opened, ', { at: renewed, said: 'short' }, '.'];
  if (delegation === undefined) return [...opened, ' The seat does nothing until a head of each delegation has confirmed it.'];
  if (wakesAt === null) return [...opened, ` The seat does nothing until another member of ${partyName(group, delegation)} has confirmed it.`];
  return [...opened, ` Nobody else sits in ${partyName(group, delegation)}: the seat begins again by itself, `, { at: wakesAt, said: 'short' }, '.'];
}
