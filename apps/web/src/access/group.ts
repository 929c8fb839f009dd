import { type QueryClient, useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { GroupAct, GroupState } from '@parley/negotiation';
import { type GroupHistoryView, type GroupView, type Performed, type Person, writeAct } from '@parley/protocol';
import { createContext, useContext, useMemo } from 'react';
import { inGroup, persistently, request } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { newId, randomSalt } from '../ui/chance.ts';
import { useMe } from './session.ts';

export const groupKey = (group: string) => ['group', group] as const;
const historyKey = (group: string) => ['group-history', group] as const;

const groupQuery = (group: string) => ({ queryKey: groupKey(group), queryFn: () => request<GroupView>('GET', inGroup(group)) });

/** The working group as this seat may see it; asked again whenever the socket says that it changed. */
export const useGroup = (): GroupView => useSuspenseQuery({ ...groupQuery(useMe().groupId), staleTime: 20_000 }).data;

/** Every act on the working group, oldest first. */
export function useGroupHistory(): GroupHistoryView['entries'] {
  const { groupId } = useMe();
  return useQuery({ queryKey: historyKey(groupId), staleTime: 20_000, queryFn: () => request<GroupHistoryView>('GET', inGroup(groupId, 'history')) }).data?.entries ?? [];
}

const PEOPLE_MOVE = 10_000;

/** Who is in which document changes without an act: a page that shows it asks when it is opened, and now and then. */
export const useWhereabouts = (): void => void useQuery({ ...groupQuery(useMe().groupId), staleTime: 0, refetchInterval: PEOPLE_MOVE });

export const groupChanged = (queries: QueryClient, group: string): void => {
  void queries.invalidateQueries({ queryKey: groupKey(group) });
  void queries.invalidateQueries({ queryKey: historyKey(group) });
};

/** Names of people by their pseudonym. */
export interface Names { readonly group: GroupState; readonly person: (user: string) => Person; readonly name: (user: string) => string }

export function namesOf(group: GroupState, people: readonly Person[]): Names {
  const by = new Map(people.map((p) => [p.user, p]));
  const person = (user: string): Person => by.get(user) ?? { user, name: message(user === 'server' ? 'ui.parley' : 'access.names.former') };
  return { group, person, name: (user) => person(user).name };
}

const NamesContext = createContext<Names | null>(null);
export const NamesProvider = NamesContext.Provider;

/** Everybody's names, where a page has provided them. */
export function useNames(): Names {
  const names = useContext(NamesContext);
  if (!names) throw new Error('no names on this page');
  return names;
}

export function useGroupNames(): Names {
  const { group, people } = useGroup();
  return useMemo(() => namesOf(group, people), [group, people]);
}

export type GroupWish = GroupAct extends infer A ? (A extends GroupAct ? Omit<A, 'v' | 'id'> : never) : never;

/** Performs an act on the working group. */
export function useGroupAct() {
  const queries = useQueryClient(), { groupId } = useMe();
  return useMutation({
    mutationFn: (wish: GroupWish) => {
      const sent = writeAct({ ...wish, v: 1, id: newId() } as GroupAct, randomSalt());
      return persistently(() => request<Performed>('POST', inGroup(groupId, 'acts'), sent));
    },
    onSettled: () => groupChanged(queries, groupId),
  });
}
