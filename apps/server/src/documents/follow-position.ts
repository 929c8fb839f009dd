import { type DocumentAct, positionRoom, SERVER, WORKING_DRAFT } from '@parley/negotiation';
import { writeAct } from '@parley/protocol';
import type { CommitContext, PendingEntry } from '../commit/commit-batch.ts';
import { carryOut, fold } from './decide-act.ts';
import type { DocumentSession } from './document-session.ts';

/**
 * Lets the drafts of a party follow its position, and makes the working draft where there is none: an entry of the server for each draft of which the position has changed since it last followed, none
 * where nothing has. `shared`: the document as all share it, with nothing in memory that is not durable.
 */
export function followPosition(part: DocumentSession, shared: DocumentSession, now: CommitContext): PendingEntry[] {
  const { party } = part.readers, position = party !== null && shared.document.stage === 'negotiation' ? shared.room(positionRoom(party))?.text : undefined;
  if (party === null || !position || part.followed === position) return [];
  const entries = draftsOf(part).flatMap((draft) => followed(part, shared, { v: 1, id: now.fresh(), doc: part.id, t: 'followPosition', party, draft, to: shared.last }, now));
  part.followed = position;
  return entries;
}

const draftsOf = ({ document: { drafts } }: DocumentSession): string[] => [...new Set([WORKING_DRAFT, ...Object.keys(drafts)])];

type FollowPosition = Extract<DocumentAct, { t: 'followPosition' }>;

function followed(part: DocumentSession, shared: DocumentSession, act: FollowPosition, now: CommitContext): PendingEntry[] {
  const position = positionRoom(act.party), rooms = { [position]: shared.room(position)!.text, ...part.texts() };
  const verdict = now.rules.decide(act, { document: { ...shared.document, drafts: part.document.drafts }, rooms, group: now.group, actor: SERVER, at: now.at, typedAt: () => undefined });
  if (!verdict.ok) throw new RangeError(`a draft cannot follow its position: ${verdict.reason}`);
  const { events, edits } = verdict.value;
  if (Object.hasOwn(part.document.drafts, act.draft) && edits.every((of) => of.edits.length === 0)) return [];
  return [fold(part, SERVER.user, act, writeAct(act, now.fresh()), events, carryOut(part, edits, now).writes, now)];
}
