import { type Actor, type GroupState, may, partyOf } from '@parley/negotiation';
import type { Request, RequestHandler } from 'express';
import { sayRefusal } from './refused.ts';

/** What a request's sender is, before anything of its body is read. */
interface Known { actorOf(user: string): Actor | null; group(): GroupState }

const KIB = 1024;
/** What every route but one needs. */
const SMALL = 64 * KIB;
const ACT = /^\/api\/documents\/[^/]+\/acts\/?$/;

/** How many bytes the body of a request may have (Z15): a document is opened with its whole text by who may open one, an act of a party has words of some provisions; everything else is small. */
export function bodyLimit(request: Request, known: Known): number {
  const { user } = request.session ?? {};
  const actor = user === undefined || !ACT.test(request.originalUrl.replace(/\?.*$/, '')) ? null : known.actorOf(user);
  if (!actor) return SMALL;
  if (may(actor, 'openDocument', { group: known.group() }).ok) return 5 * KIB * KIB;
  return partyOf(actor) === null ? SMALL : KIB * KIB;
}

/** Refuses a large act by the role of its sender, before it is read: who performs none has nothing to send. */
export const largeActsOfParties = (known: Known): RequestHandler => (request, response, next) => {
  const { user } = request.session ?? {};
  if (Number(request.headers['content-length'] ?? 0) <= SMALL || !ACT.test(request.originalUrl)) return next();
  if (user === undefined) return sayRefusal(response, 'signed-out');
  if (bodyLimit(request, known) <= SMALL) return sayRefusal(response, 'role-forbids');
  next();
};

/** The limits that a body may have: one parser for each. */
export const BODY_LIMITS: readonly number[] = [SMALL, KIB * KIB, 5 * KIB * KIB];
