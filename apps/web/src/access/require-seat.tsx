import { Button } from '@mantine/core';
import type { Actor } from '@parley/negotiation';
import { type Person } from '@parley/protocol';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { onSeatLost, HttpRefused, seatedNow, type SeatLoss, seatLost } from '../sync/request.ts';
import { ErrorPage, NotFoundPage } from './error-page.tsx';
import { NoticePage, WaitingPage } from '../ui/notice-page.tsx';
import { NoSeat } from './no-seat.tsx';
import { type Me, MeContext, startAfresh, useAttendance, useSeat, useSession } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';
import { message, refusalSentence } from '../ui/messages.ts';

const KeptHere = lazy(async () => ({ default: (await import('../undelivered/kept-here.tsx')).KeptHere }));
const SetUpPage = lazy(async () => ({ default: (await import('./set-up-page.tsx')).SetUpPage }));

/** Nobody passes without being signed in, and nothing of a seat stays on the screen once the cookie names another. */
export function RequireSession({ children }: { readonly children: ReactNode }) {
  const [loss, setLoss] = useState<SeatLoss | null>(null);
  useEffect(() => onSeatLost((next) => setLoss((before) => (before === null || before.refusal === 'access-changed' ? next : before))), []);
  if (loss?.refusal === 'access-changed') {
    if (!saysItself()) return <AccessChanged />;
  } else if (loss) return <SeatGone loss={loss} />;
  return <Suspense fallback={<WaitingPage what={message('ui.opening')} />}><Seated>{children}</Seated></Suspense>;
}

/** An open document says by itself that it closed, beside the words that did not get through. */
const saysItself = (): boolean => /^\/g\/[^/]+\/documents\/[^/]+$/.test(window.location.pathname);

function Seated({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  useSeatOfOtherPages(session.person?.user ?? null);
  if (session.setUpNeeded) return <SetUpPage />;
  if (!session.person) return <SignInPage cast={session.cast} />;
  return <><Attending />{children}</>;
}

/** Nobody passes into a group without a seat in it. */
export function RequireSeat({ group, children }: { readonly group: string; readonly children: ReactNode }) {
  const { person } = useSession();
  const seat = useSeat(group);
  const me = useMemo(() => (person && seat.data?.actor ? meOf(person, seat.data.actor, group) : null), [person, seat.data, group]);
  if (seat.error instanceof HttpRefused && seat.error.refusal === 'not-found') return <NotFoundPage>{person ? <Suspense><KeptHere user={person.user} group={group} /></Suspense> : null}</NotFoundPage>;
  if (seat.error) return <ErrorPage error={seat.error} />;
  if (!person || !seat.data) return <WaitingPage what={message('ui.opening')} />;
  if (!me) return <NoSeat person={person} group={group} waiting={seat.data.waiting} />;
  return <MeContext.Provider value={me}>{children}</MeContext.Provider>;
}

function meOf({ user, name }: Person, actor: Actor, groupId: string): Me {
  const { role, delegation } = actor;
  return { person: { user, name, ...(role !== 'server' && { role }), ...(delegation !== undefined && { delegation }) }, actor, groupId };
}

function Attending(): null {
  useAttendance();
  return null;
}

/** Pages of one browser share one cookie: a page that opens for another seat tells the older ones. */
function useSeatOfOtherPages(user: string | null): void {
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return undefined;
    const channel = new BroadcastChannel('parley-seat');
    channel.onmessage = ({ data }: MessageEvent<{ user: string | null }>) => {
      if (user !== null && data.user !== user) seatLost(data.user === null ? { refusal: 'signed-out' } : { refusal: 'seat-changed', who: undefined });
    };
    channel.postMessage({ user });
    return () => channel.close();
  }, [user]);
}

const ASK_AGAIN = 1_500;

/** A connection that ends and a page that opens only say that the seat is gone; who sits there now, the server says, as soon as the cookie is set. */
function SeatGone({ loss }: { readonly loss: SeatLoss }) {
  const [who, setWho] = useState(loss.refusal === 'seat-changed' ? loss.who : undefined);
  useEffect(() => {
    const ask = (): void => void seatedNow().then((name) => { if (name !== null) setWho(name); });
    const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('parley-seat');
    if (channel) channel.onmessage = ask;
    const later = setTimeout(ask, ASK_AGAIN);
    window.addEventListener('focus', ask);
    ask();
    return () => { channel?.close(); clearTimeout(later); window.removeEventListener('focus', ask); };
  }, []);
  return loss.refusal === 'seat-changed' || who !== undefined ? <SeatChanged who={who} /> : <SignedOut />;
}

function SeatChanged({ who }: { readonly who: string | undefined }) {
  return (
    <NoticePage title={message('access.seatChanged.title', { known: who ? 'yes' : 'no', who: who ?? '' })}>
      <p>{message('access.seatChanged.explanation')}</p>
      <Button onClick={startAfresh}>{message('ui.reload')}</Button>
    </NoticePage>
  );
}

function SignedOut() {
  return (
    <NoticePage title={message('access.signedOut.title')}>
      <p>{message('access.signedOut.explanation')}</p>
      <Button onClick={() => window.location.reload()}>{message('access.signIn.button')}</Button>
    </NoticePage>
  );
}

function AccessChanged() {
  return (
    <NoticePage title={message('access.accessChanged.title')}>
      <p>{refusalSentence('access-changed')}</p>
      <Button onClick={() => window.location.reload()}>{message('ui.reload')}</Button>
    </NoticePage>
  );
}
