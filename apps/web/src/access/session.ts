import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Actor } from '@parley/negotiation';
import type { Person, SeatView, SessionView } from '@parley/protocol';
import { createContext, useContext, useEffect } from 'react';
import { inGroup, loadedFor, request } from '../sync/request.ts';

/** Who this page was loaded for. Asked once: another seat in the cookie ends the page instead of changing it while the reader uses it. */
export const useSession = () => useSuspenseQuery({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => {
    const session = await request<SessionView>('GET', '/api/session');
    if (session.person) loadedFor(session.person.user);
    return session;
  },
}).data;

/** The own place in a group. Who has none is answered as if there were no such group. */
export const useSeat = (group: string) => useQuery({ queryKey: ['seat', group], staleTime: Number.POSITIVE_INFINITY, retry: false, queryFn: () => request<SeatView>('GET', inGroup(group, 'seat')) });

/** A signed-in person with a seat in the group of the page. */
export interface Me { readonly person: Person; readonly actor: Actor; readonly groupId: string }

export const MeContext = createContext<Me | null>(null);

/** Only below `RequireSeat`, which lets nobody in without a seat. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('no seat on this page');
  return me;
}

/** A fresh page for whoever is signed in now: nothing of the former seat stays in memory. */
export const startAfresh = (): void => window.location.assign('/');

export async function signOut(): Promise<void> {
  await request('DELETE', '/api/session').catch(() => undefined);
  startAfresh();
}

const SAID_EVERY = 5 * 60_000;

/** While the page can be seen, somebody is there: the session does not run out under a reader. A page in the background says nothing. */
export function useAttendance(): void {
  useEffect(() => {
    const say = (): void => {
      if (document.visibilityState === 'visible') void request('POST', '/api/session/here').catch(() => undefined);
    };
    const timer = setInterval(say, SAID_EVERY);
    document.addEventListener('visibilitychange', say);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', say); };
  }, []);
}
