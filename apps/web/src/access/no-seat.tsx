import { Button } from '@mantine/core';
import type { Person, SeatView, SeatWait, SessionView } from '@parley/protocol';
import { lazy, Suspense, useEffect } from 'react';
import { inGroup, request } from '../sync/request.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { Dated, type DatedWords, Moment } from '../ui/moment.tsx';
import { listed } from '../ui/words.ts';
import { ROLE_NAME } from './roles.ts';
import { signOut } from './session.ts';

const KeptHere = lazy(async () => ({ default: (await import('../undelivered/kept-here.tsx')).KeptHere }));

/** Somebody signed in who cannot work: what is waited for, and whose answer it needs. `group`: in which; null where somebody has no place in any. */
export function NoSeat({ person, group, waiting }: { readonly person: Person; readonly group: string | null; readonly waiting: SeatWait | null }) {
  useSeatWhenThere(group);
  return (
    <NoticePage title={waiting?.for === 'confirmation' ? 'Your seat waits to be confirmed' : `Welcome, ${person.name}`}>
      {waiting === null ? <p>You have no seat in a working group. Seats are given by one-time links: ask your head of delegation for one, or the administrator.</p>
        : waiting.for === 'acceptance' ? <Acceptance wait={waiting} /> : <Confirmation wait={waiting} />}
      <Suspense><KeptHere user={person.user} group={group} /></Suspense>
      <div className="row"><Button onClick={() => window.location.reload()}>Look again</Button><Button variant="default" onClick={() => void signOut()}>Sign out</Button></div>
    </NoticePage>
  );
}

function Acceptance({ wait }: { readonly wait: Extract<SeatWait, { for: 'acceptance' }> }) {
  return <p>You are proposed as <b>{ROLE_NAME[wait.role]}</b>. Your seat begins when a head of each delegation has accepted you. {wait.accepted.length > 0 ? `${listed(wait.accepted)} has accepted; ` : ''}{listed(wait.missing)} has not answered yet.</p>;
}

function Confirmation({ wait }: { readonly wait: Extract<SeatWait, { for: 'confirmation' }> }) {
  const { delegation, wakesAt, since, by, role, confirmed } = wait;
  return (
    <>
      <p>Your account ({ROLE_NAME[role]}{delegation === null ? '' : `, ${delegation}`}) was reset by {by} on <Moment at={since} said="full" />. Until it is confirmed that it is you, the seat reads, writes and does nothing.</p>
      <p><Dated words={whoConfirms(delegation, wakesAt)} />{confirmed.length > 0 ? ` ${listed(confirmed)} has confirmed already.` : ''} If you have the recovery code that you were shown when your account began, sign out and use it: it needs nobody.</p>
    </>
  );
}

function whoConfirms(delegation: string | null, wakesAt: number | null): DatedWords {
  if (delegation === null) return ['A head of each delegation confirms it on the page People.'];
  if (wakesAt === null) return [`Another member of ${delegation} confirms it on the page People: tell one of them.`];
  return [`Nobody else sits in ${delegation}, so it begins again by itself on `, { at: wakesAt, said: 'full' }, '. Both delegations are told.'];
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
