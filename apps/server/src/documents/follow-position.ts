import { type DocumentAct, type DocumentOutcome, positionRoom, SERVER, WORKING_DRAFT } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import type { CommitContext, PendingEntry } from '../commit/commit-batch.ts';
import { carryOut, fold } from './decide-act.ts';
import type { DocumentSession } from './document-session.ts';
import { logger } from '../logger.ts';
import { privateContext } from './party-state.ts';

/** So many edits are written at once: the drafts that are left follow in commits of their own, so that nobody waits for twenty large ones. One draft follows in one step. */
const EDITS_AT_ONCE = 200;

/**
 * Lets the drafts of a party follow its position, and makes the working draft where there is none: an entry of the server for each draft of which the position has changed since it last followed, none
 * where nothing has. Some may be left: see `isBehind` of the session. `shared`: the document as all share it, with nothing in memory that is not durable.
 */
export function followPosition(part: DocumentSession, shared: DocumentSession, now: CommitContext): PendingEntry[] {
  const { party } = part.readers, position = party !== null && shared.document.stage === 'negotiation' ? shared.room(positionRoom(party))?.text : undefined, pending: PendingEntry[] = [];
  part.isBehind = false;
  if (party === null || !position) return [];
  let written = 0;
  for (const draft of draftsOf(part)) {
    if (part.followed.get(draft) === position) continue;
    part.isBehind = written >= EDITS_AT_ONCE;
    if (part.isBehind) break;
    part.followed.set(draft, position);
    written += followed(part, shared, { v: 1, id: now.fresh(), doc: part.id, t: 'followPosition', party, draft, to: shared.last }, now, pending);
  }
  return pending;
}

/** Those that are put away follow when they are taken up again. */
const draftsOf = ({ document: { drafts } }: DocumentSession): string[] => [...new Set([WORKING_DRAFT, ...Object.keys(drafts).filter((id) => !drafts[id]!.away)])];

type FollowPosition = Extract<DocumentAct, { t: 'followPosition' }>;

/** Gives how many edits were written. */
function followed(part: DocumentSession, shared: DocumentSession, act: FollowPosition, now: CommitContext, pending: PendingEntry[]): number {
  const verdict = decided(part, shared, act, now);
  if (!verdict) return 0;
  const { events, edits } = verdict, count = edits.reduce((sum, of) => sum + of.edits.length, 0);
  if (count > 0 || !Object.hasOwn(part.document.drafts, act.draft)) pending.push(fold(part, SERVER.user, act, writeAct(act, now.fresh()), events, carryOut(part, edits, now).writes, now));
  return count;
}

/** Null where it cannot be told how the draft follows: it stays as it is, and can be read and written. */
function decided(part: DocumentSession, shared: DocumentSession, act: FollowPosition, now: CommitContext): DocumentOutcome | null {
  try {
    const verdict = now.rules.decide(act, privateContext(part, shared, SERVER, now));
    if (verdict.ok) return verdict.value;
    throw new RangeError(`a draft cannot follow its position: ${verdict.reason}`);
  } catch (error) {
    logger.failed('draft-not-followed', error, { subject: part.subject });
    return null;
  }
}
