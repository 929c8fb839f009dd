import type { Proposal } from './proposal.ts';
import { makersOf } from './parts.ts';
import { positionRoom } from './party.ts';
import type { Scenery, Typed } from './scene.ts';

/** So long nobody of the parties that propose it has typed in, added, moved or removed a provision before something of it can be accepted (DESIGN 1, *Rested*). */
export const REST_MS = 10_000;

/**
 * From when on all parts have rested, in milliseconds since 1970: a while after the last entry in which a member of a party that proposes one wrote in that provision of its
 * position. 0 when nobody has written there. By the times of entries alone, so that everybody who has the record comes to the same answer.
 */
export function restedFrom(scenery: Scenery, parts: readonly Proposal[], typedAt: Typed): number {
  const times = parts.flatMap((part) => makersOf(scenery, part).map((party) => typedAt(positionRoom(party), part.provision)));
  return Math.max(0, ...times.map((at) => (at === undefined ? 0 : at + REST_MS)));
}

/** Whole seconds until all parts have rested; 0 when they have. */
export const secondsOfRest = (scenery: Scenery, parts: readonly Proposal[], typedAt: Typed, at: number): number =>
  Math.max(0, Math.ceil((restedFrom(scenery, parts, typedAt) - at) / 1_000));
