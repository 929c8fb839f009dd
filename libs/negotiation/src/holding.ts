import type { PartyId } from '@parley/text';
import { Changes } from './changes.ts';
import type { PartConsent, PartConsents, Rooms } from './document.ts';
import { givingUp } from './given-up.ts';
import { allStand } from './parts.ts';
import type { RoomName } from './party.ts';
import type { Proposal, Result } from './proposal.ts';
import { resultOf } from './result.ts';
import { sameValue } from './same-value.ts';
import type { SharedState } from './act-context.ts';

type Holding = Readonly<Record<PartyId, PartConsent>>;

/** What the common text will read once `parts` have entered it. */
export function resultOfParts(shared: SharedState, parts: readonly Proposal[]): Result {
  const changes = new Changes(shared);
  changes.enter(parts, new Map());
  return resultOf(shared.rooms.common!, changes.rooms.common!, parts);
}

/** In which texts all of a set held when it was last looked at. */
const looked = new WeakMap<PartConsents, Rooms>();

/**
 * The consents of `kept` that still hold: its parts stand, the text would read the same, and each side would give up what it listed. While nothing but words has changed since all
 * of them held, or the set names no items, only the provisions are looked at that have changed: what one key changes must not cost what a consent of 200 parts does.
 */
export function holding(shared: SharedState, kept: PartConsents): Holding {
  const before = looked.get(kept);
  if (before && hasSameOrder(before, shared.rooms, kept) && changedIn(before, shared.rooms, kept).every((id) => holdsIn(shared, kept, id))) {
    looked.set(kept, shared.rooms);
    return kept.by;
  }
  const still = holdingNow(shared, kept);
  if (Object.keys(still).length === Object.keys(kept.by).length) looked.set(kept, shared.rooms);
  return still;
}

function holdingNow(shared: SharedState, { parts, result, by }: PartConsents): Holding {
  if (!shared.rooms.common || !allStand(shared, parts).ok || !sameValue(resultOfParts(shared, parts), result)) return {};
  return Object.fromEntries(Object.entries(by).filter(([party, { own, givesUp }]) => sameValue(givingUp(shared, { parts, party, own, besides: givesUp }).givesUp, givesUp)));
}

const namesOf = (...rooms: Rooms[]): RoomName[] => [...new Set(rooms.flatMap((all) => Object.keys(all)))] as RoomName[];

const sameList = (one: readonly string[] = [], other: readonly string[] = []): boolean => one === other || (one.length === other.length && one.every((id, at) => id === other[at]));

/** Labels and levels of the common text are in the digest of an order. What is about words alone rests on no order. */
const hasSameOrder = (before: Rooms, now: Rooms, kept: PartConsents): boolean => namesItemsIn(kept) === 0
  || ((kept.result.order === null || before.common === now.common) && namesOf(before, now).every((room) => sameList(before[room]?.list, now[room]?.list)));

/** Everything that a set names: its parts, and what is given up for them. */
const namedIn = ({ parts, by }: Pick<PartConsents, 'parts' | 'by'>): readonly Proposal[] => [...parts, ...Object.values(by).flatMap(({ givesUp }) => givesUp)];

/** How many items a set names. */
const namesItemsIn = (kept: Pick<PartConsents, 'parts' | 'by'>): number => namedIn(kept).filter(({ on }) => on === 'item').length;

/** The provisions that a set names, in its parts or given up for them, of which some room has another text. */
function changedIn(before: Rooms, now: Rooms, kept: PartConsents): string[] {
  const rooms = namesOf(before, now).filter((room) => before[room] !== now[room]), named = new Set(namedIn(kept).map(({ provision }) => provision));
  return [...named].filter((id) => rooms.some((room) => before[room]?.by.get(id) !== now[room]?.by.get(id)));
}

/** Whether all of a set holds as far as it is about one provision: while the order stands, nothing of it rests on the words of another. */
function holdsIn(shared: SharedState, { parts: all, result, by }: PartConsents, id: string): boolean {
  const here = ({ provision }: { readonly provision: string }): boolean => provision === id, parts = all.filter(here);
  if (parts.length > 0 && (!allStand(shared, parts).ok || !sameValue(resultOfParts(shared, parts).provisions, result.provisions.filter(here)))) return false;
  return Object.entries(by).every(([party, { own, givesUp }]) => {
    const given = givesUp.filter(here);
    return sameValue(givingUp(shared, { parts, party, own, besides: given }).givesUp, given);
  });
}
