import { TokenBuckets } from '../limits/token-bucket.ts';
import { logger } from '../logger.ts';

/** Ten at once of one user and one kind, then one in five seconds: enough to see who does what, too little to fill a disk. */
const LOGGED = { burst: 10, perSecond: 0.2 };
const buckets = new TokenBuckets(LOGGED, () => Date.now());

/** Notes that something was refused: who, what it was, and why; of an update also by which rule of the validator (SPEC-ROOM of text) and what it saw there. Never a word of it. */
export function noteRefused(what: 'update' | 'act' | 'join' | 'request', user: string | null, rule: string, facts: { readonly doc?: string; readonly room?: string; readonly violation?: string; readonly detail?: string } = {}): void {
  if (buckets.of(`${what} ${user ?? ''}`).take()) logger.warn(`${what} refused`, { user, rule, ...facts });
}
