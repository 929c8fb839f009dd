import type { RequestHandler } from 'express';
import { TokenBuckets } from '../limits/token-bucket.ts';
import type { ClientAddresses } from './client-address.ts';
import { sayRefusal } from './request-refused.ts';

const MIB = 1024 * 1024;
const REQUESTS = { burst: 1_000, perSecond: 200 };
const BYTES = { burst: 32 * MIB, perSecond: 2 * MIB };
/** What a body counts for that does not say how long it is: the most that is read of any. */
const UNSAID = 5 * MIB;

/**
 * How often and how much one user may ask over HTTP, whoever is not signed in by address: 1,000 requests at once and 200 a second, 32 MiB at once and 2 MiB a second.
 * More is `busy`, before the body is read. Stands behind the session, which says who it is.
 */
export function bounded(addresses: ClientAddresses): RequestHandler {
  const requests = new TokenBuckets(REQUESTS), bytes = new TokenBuckets(BYTES);
  return (request, response, next) => {
    const who = request.session?.user ?? `from ${addresses.networkOf(request)}`;
    const length = request.headers['transfer-encoding'] === undefined ? Number(request.headers['content-length'] ?? 0) : UNSAID;
    if (requests.of(who).take() && (length === 0 || bytes.of(who).take(Math.min(length, UNSAID)))) return next();
    sayRefusal(response, 'busy', { retryAfter: 1 });
  };
}
