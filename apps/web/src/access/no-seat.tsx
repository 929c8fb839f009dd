import { Button } from '@mantine/core';
import type { Person, SeatView, SeatWait, SessionView } from '@parley/protocol';
import { lazy, Suspense, useEffect } from 'react';
import { inGroup, request } from '../sync/request.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { listed, message } from '../ui/messages.ts';
import { Moment } from '../ui/moment.tsx';
import { roleName, seatCalled } from './roles.ts';
import { signOut } from './session.ts';

const KeptHere = lazy(async () => ({ default: (await import('../undelivered/kept-here.tsx')).KeptHere }));

/** Somebody signed in who cannot work: what is waited for, and whose answer it needs. `group`: in which; null where somebody has no place in any. */
export function NoSeat({ person, group, waiting }: { readonly person: Person; readonly group: string | null; readonly waiting: SeatWait | null }) {
  useSeatWhenThere(group);
  return (
    <NoticePage title={waiting?.for === 'confirmation' ? message('access.noSeat.reset.title') : message('access.noSeat.title', { name: person.name })}>
      {waiting === null ? <p>{message('access.noSeat.explanation')}</p>
        : waiting.for === 'acceptance' ? <Acceptance wait={waiting} /> : <Confirmation wait={waiting} />}
      <Suspense><KeptHere user={person.user} group={group} /></Suspense>
      <div className="row"><Button onClick={() => window.location.reload()}>{message('access.noSeat.lookAgain')}</Button><Button variant="default" onClick={() => void signOut()}>{message('ui.signOut')}</Button></div>
    </NoticePage>
  );
}

function Acceptance({ wait }: { readonly wait: Extract<SeatWait, { for: 'acceptance' }> }) {
  return <p>{message('access.noSeat.proposed', {
    role: roleName(wait.role), accepted: wait.accepted.length > 0 ? 'yes' : 'no', accepting: listed(wait.accepted), missing: listed(wait.missing), b: (inside) => <b>{inside}</b>,
  })}</p>;
}

function Confirmation({ wait }: { readonly wait: Extract<SeatWait, { for: 'confirmation' }> }) {
  const { delegation, wakesAt, since, by, role, confirmed } = wait;
  return (
    <>
      <p>{message('access.noSeat.reset', { seat: seatCalled(role, delegation), by, at: <Moment at={since} said="full" /> })}</p>
      <p>{message('access.noSeat.confirms', {
        confirms: delegation === null ? 'heads' : wakesAt === null ? 'member' : 'nobody', delegation, wakesAt: wakesAt === null ? null : <Moment at={wakesAt} said="full" />,
        confirmed: confirmed.length > 0 ? 'yes' : 'no', confirming: listed(confirmed),
      })}</p>
    </>
  );
}

const LOOK_AGAIN = 10_000;

/** The page is loaded anew as soon as the seat can work. */
function useSeatWhenThere(group: string | null): void {
  useEffect(() => {
    const look = async (): Promise<void> => {
      const there = group === null ? (await request<SessionView>('GET', '/api/session')).places.length > 0 : (await request<SeatView>('GET', inGroup(group, 'seat'))).actor !== null;
      if (there) window.location.reload();
    };
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [group]);
}
