import type { GroupView, GroupSeat } from '@parley/protocol';
import { inGroup, request } from '../sync/request.ts';

/** The group that an address of before there were several is of: the only one, or the only one in which there is the document that it names; null when it cannot be told. */
export async function groupOf(rest: string, places: readonly GroupSeat[]): Promise<string | null> {
  if (places.length === 1) return places[0]!.group;
  const [, doc] = /^documents\/([^/]+)/.exec(rest) ?? [];
  if (doc === undefined) return null;
  const has = ({ group }: GroupSeat): Promise<boolean> => request<GroupView>('GET', inGroup(group)).then(({ documents }) => documents.some(({ id }) => id === doc), () => false);
  const found = await Promise.all(places.map(async (place) => (await has(place) ? [place.group] : [])));
  const [only, another] = found.flat();
  return another === undefined ? only ?? null : null;
}
