import type { Proposal } from './proposal.ts';
import { makersOf } from './parts.ts';
import { positionRoom, type RoomName } from './party.ts';
import type { SharedState, Typed } from './act-context.ts';

/** So long nobody of the parties that propose it has typed in, added, moved or removed a provision before something of it can be accepted. */
export const REST_MS = 10_000;

/**
 * From when on all parts have rested, in milliseconds since 1970: a while after the last entry in which a member of a party that proposes one wrote in that provision of its
 * position. 0 when nobody has written there. By the times of entries alone, so that everybody who has the record comes to the same answer.
 */
export function restedFrom(shared: SharedState, parts: readonly Proposal[], typedAt: Typed): number {
  const times = parts.flatMap((part) => makersOf(shared, part).map((party) => lastIn(shared, part, positionRoom(party), typedAt)));
  return Math.max(0, ...times.map((at) => (at === undefined ? 0 : at + REST_MS)));
}

/**
 * When the provision of a part was last written in. Whoever moves one provision past another may be found to have moved that other: so a move past a single one, or of one that nobody
 * has touched, rests on those that it passes, too.
 */
function lastIn({ rooms }: SharedState, part: Proposal, room: RoomName, typedAt: Typed): number | undefined {
  const own = typedAt(room, part.provision);
  if (part.on === 'words' || part.item.type !== 'move') return own;
  const passed = passedBy(part.provision, rooms.common?.list ?? [], rooms[room]?.list ?? []);
  const times = [own, ...(own === undefined || passed.length === 1 ? passed.map((id) => typedAt(room, id)) : [])].filter((at) => at !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Those before which `id` stands in one list and behind which in the other. */
export function passedBy(id: string, before: readonly string[], after: readonly string[]): string[] {
  const ahead = new Set(before.slice(0, before.indexOf(id))), behind = new Set(before.slice(before.indexOf(id) + 1)), at = after.indexOf(id);
  return after.filter((other, place) => (place < at ? behind.has(other) : ahead.has(other)));
}

/** Whole seconds until all parts have rested; 0 when they have. */
export const secondsOfRest = (shared: SharedState, parts: readonly Proposal[], typedAt: Typed, at: number): number =>
  Math.max(0, Math.ceil((restedFrom(shared, parts, typedAt) - at) / 1_000));
