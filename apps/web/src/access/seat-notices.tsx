import { Link } from '@tanstack/react-router';
import type { GroupState, Seat, Sleep } from '@parley/negotiation';
import type { ReactNode } from 'react';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { Moment } from '../ui/moment.tsx';
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
          {message('access.asleep.notice', {
            name: name(seat.user), seat: seatName(seat, group), by: name(sleep.by), at: <Moment at={sleep.since} said="short" />, waits: whatIsWaitedFor(seat, sleep, group),
            b: (inside) => <b>{inside}</b>, people: (inside) => <Link to="/g/$group/people" params={{ group: groupId }}>{inside}</Link>,
          })}
        </p>
      ))}
    </div>
  );
}

/** What a sleeping seat waits for, in sentences. */
export function whatIsWaitedFor({ delegation }: Seat, { renewed, wakesAt }: Sleep, group: GroupState): ReactNode {
  const time = (at: number | null): ReactNode => (at === null ? null : <Moment at={at} said="short" />);
  return message('access.asleep.waits', {
    opened: renewed === null ? 'no' : 'yes', openedAt: time(renewed), confirms: delegation === undefined ? 'heads' : wakesAt === null ? 'member' : 'nobody',
    delegation: delegation === undefined ? null : partyName(group, delegation), wakesAt: time(wakesAt),
  });
}
