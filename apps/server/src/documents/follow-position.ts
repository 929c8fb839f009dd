import { type DocumentAct, positionRoom, SERVER, WORKING_DRAFT } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import type { CommitContext, PendingEntry } from '../commit/commit-batch.ts';
import { carryOut, fold } from './decide-act.ts';
import type { DocumentSession } from './document-session.ts';
import { privateContext } from './party-state.ts';

/**
 * Lets the drafts of a party follow its position, and makes the working draft where there is none: an entry of the server for each draft of which the position has changed since it last followed, none
 * where nothing has. `shared`: the document as all share it, with nothing in memory that is not durable.
 */
export function followPosition(part: DocumentSession, shared: DocumentSession, now: CommitContext): PendingEntry[] {
  const { party } = part.readers, position = party !== null && shared.document.stage === 'negotiation' ? shared.room(positionRoom(party))?.text : undefined;
  if (party === null || !position) return [];
  return draftsOf(part).filter((draft) => part.followed.get(draft) !== position).flatMap((draft) => {
    part.followed.set(draft, position);
    return followed(part, shared, { v: 1, id: now.fresh(), doc: part.id, t: 'followPosition', party, draft, to: shared.last }, now);
  });
}

/** Those that are put away follow when they are taken up again. */
const draftsOf = ({ document: { drafts } }: DocumentSession): string[] => [...new Set([WORKING_DRAFT, ...Object.keys(drafts).filter((id) => !drafts[id]!.away)])];

type FollowPosition = Extract<DocumentAct, { t: 'followPosition' }>;

function followed(part: DocumentSession, shared: DocumentSession, act: FollowPosition, now: CommitContext): PendingEntry[] {
  const verdict = now.rules.decide(act, privateContext(part, shared, SERVER, now));
  if (!verdict.ok) throw new RangeError(`a draft cannot follow its position: ${verdict.reason}`);
  const { events, edits } = verdict.value;
  if (Object.hasOwn(part.document.drafts, act.draft) && edits.every((of) => of.edits.length === 0)) return [];
  return [fold(part, SERVER.user, act, writeAct(act, now.fresh()), events, carryOut(part, edits, now).writes, now)];
}
