import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HistoryEntry, HistoryView, InstantView } from '@parley/protocol';
import { useMe } from '../access/session.ts';
import { inGroup, request } from '../sync/request.ts';

const PAGE = 500;
const LOOK_AGAIN = 15_000;

/** Every entry of a document, oldest first. Entries never change, so only what is new is asked for. */
export function useHistory(doc: string) {
  const { groupId } = useMe();
  const queries = useQueryClient();
  const key = ['history', groupId, doc] as const;
  return useQuery({
    queryKey: key, refetchInterval: LOOK_AGAIN,
    queryFn: async () => {
      const entries: HistoryEntry[] = [...(queries.getQueryData<readonly HistoryEntry[]>(key) ?? [])];
      for (let more = true; more;) {
        const after = entries.at(-1)?.index;
        const page = await request<HistoryView>('GET', inGroup(groupId, `documents/${encodeURIComponent(doc)}/history?limit=${PAGE}${after === undefined ? '' : `&after=${after}`}`));
        entries.push(...page.entries);
        more = page.more && page.entries.length > 0;
      }
      return entries as readonly HistoryEntry[];
    },
  });
}

/** Every room as it was right after an entry. An instant never changes. */
export function useInstant(doc: string, index: number | undefined) {
  const { groupId } = useMe();
  return useQuery({
    queryKey: ['instant', groupId, doc, index], enabled: index !== undefined, staleTime: Number.POSITIVE_INFINITY, gcTime: 5 * 60_000, placeholderData: keepPreviousData,
    queryFn: () => request<InstantView>('GET', inGroup(groupId, `documents/${encodeURIComponent(doc)}/at/${index}`)),
  });
}
