import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReadUpTo, UnreadView } from '@parley/protocol';
import { groupChanged } from '../access/group.ts';
import { useMe } from '../access/session.ts';
import { inGroup, persistently, request } from '../sync/request.ts';
import { placesOf } from './act-words.ts';
import type { ActEntry } from './history-rows.ts';

const pathOf = (group: string, doc: string, rest: string): string => inGroup(group, `documents/${encodeURIComponent(doc)}/${rest}`);

/** A page on which something is to be read, or the last: what the reader did himself makes no pages. */
async function pageAfter(group: string, doc: string, after: number | null): Promise<UnreadView> {
  const page = await request<UnreadView>('GET', pathOf(group, doc, after === null ? 'unread' : `unread?after=${after}`));
  return page.more && page.entries.length === 0 ? pageAfter(group, doc, page.upTo) : page;
}

/** What the reader has not said to have read, as it was when `opened`: what happens while he reads is in no page until he asks for the next. */
export function useUnread(doc: string, opened: number) {
  const { groupId } = useMe();
  return useInfiniteQuery({
    queryKey: ['unread', groupId, doc, opened], gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false,
    initialPageParam: null as number | null, queryFn: ({ pageParam }) => pageAfter(groupId, doc, pageParam),
    getNextPageParam: ({ more, upTo }) => (more ? upTo : undefined),
  });
}

/** Says that everything up to an entry was read. Sent again it is the same. */
export function useMarkRead(doc: string) {
  const { groupId } = useMe(), queries = useQueryClient();
  return useMutation({
    mutationFn: (entry: number) => persistently(() => request<undefined>('POST', pathOf(groupId, doc, 'read'), { entry } satisfies ReadUpTo)),
    onSettled: () => groupChanged(queries, groupId),
  });
}

/** Acts that concern the same provisions. */
export interface UnreadGroup { readonly places: readonly string[]; readonly entries: readonly ActEntry[] }

/** By what they concern, the oldest first, among the groups as in each. An act on several provisions stands once, under all of them. */
export function byPlaces(entries: readonly ActEntry[]): UnreadGroup[] {
  const groups = new Map<string, { readonly places: readonly string[]; readonly entries: ActEntry[] }>();
  for (const entry of entries) {
    const places = placesOf(entry), key = JSON.stringify([...places].sort()), group = groups.get(key) ?? { places, entries: [] };
    groups.set(key, group);
    group.entries.push(entry);
  }
  return [...groups.values()];
}
