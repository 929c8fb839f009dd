import { isAsleep, may, partyOf } from '@parley/negotiation';
import { SEAT_HEADER } from '@parley/protocol';
import type { Request, RequestHandler } from 'express';
import type { Rooms } from '../groups/rooms.ts';
import type { WorkingGroups } from '../groups/working-groups.ts';
import { groupInPath } from './group-in-path.ts';
import { sayRefusal } from './request-refused.ts';

/** Where a request's sender sits is known before anything of its body is read. */
type Known = Pick<WorkingGroups, 'here'>;

const KIB = 1024;
/** What every route but one needs. */
export const SMALL_BODY = 64 * KIB;
/** What acts on documents may have, by who sends them. */
export const LARGE_BODIES: readonly number[] = [KIB * KIB, 5 * KIB * KIB];
/** To read an act of so many bytes takes some milliseconds of the loop that serves everybody. */
const READ_AT_ONCE = 32 * KIB;

// As the router reads a path: in either case.
const ACT = /^\/api\/groups\/[^/?]+\/documents\/[^/?]+\/acts\/?(\?.*)?$/i;

/** The group that an act is sent to; null for every other request. */
const groupOfAct = ({ originalUrl }: Request): string | null => (ACT.test(originalUrl) ? groupInPath(originalUrl)?.id ?? null : null);
const roomsOf = (request: Request, known: Known): Rooms | undefined => known.here(groupOfAct(request) ?? '')?.rooms;

/** How many bytes the body of a request may have (Z15): a document is opened with its whole text by who may open one, an act of a party has words of some provisions; everything else is small. */
export function bodyLimit(request: Request, known: Known): number {
  const { user } = request.session ?? {}, [ofParty, ofOpener] = LARGE_BODIES, rooms = roomsOf(request, known), group = rooms?.group();
  const actor = user === undefined || !rooms || isAsleep(group!, user) ? null : rooms.actorOf(user);
  if (!actor) return SMALL_BODY;
  if (may(actor, 'openDocument', { group: group! }).ok) return ofOpener!;
  return partyOf(actor) === null ? SMALL_BODY : ofParty!;
}

/** Whether the body of a request is left as it came, to be read off the loop (HG55): an act that is large, or does not say how large it is. */
export const isReadElsewhere = (request: Request, known: Known): boolean =>
  Number(request.headers['content-length'] ?? Infinity) > READ_AT_ONCE && bodyLimit(request, known) > SMALL_BODY;

/** Refuses acts before they are read: of a seat that sleeps all, large ones by the role of their sender. Who performs none has nothing to send. */
export const actsOfWhoMay = (known: Known): RequestHandler => (request, response, next) => {
  if (groupOfAct(request) === null) return next();
  const { user } = request.session ?? {}, rooms = roomsOf(request, known);
  // Of another seat than the page was loaded for nothing is said but whose it is.
  if (user !== undefined && request.get(SEAT_HEADER) === user && rooms && isAsleep(rooms.group(), user)) return sayRefusal(response, 'seat-sleeps');
  if (Number(request.headers['content-length'] ?? 0) <= SMALL_BODY) return next();
  if (user === undefined) return sayRefusal(response, 'signed-out');
  if (bodyLimit(request, known) <= SMALL_BODY) return sayRefusal(response, 'role-forbids');
  next();
};
