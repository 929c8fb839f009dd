import { EMPTY_TEXT, follow, type Marked } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import type { Draft, MarkedPlace } from '../document.ts';
import { draftIn, samePlace, withDraft } from '../drafts.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { baseRoom, draftRoom, positionRoom } from '../party.ts';
import { refuse } from '../refusal.ts';

interface Followed { readonly e: 'followed'; readonly draft: string; readonly to: number; readonly marked: readonly MarkedPlace[] }
/** Marks of earlier following stay until they have been looked at: the new ones are added. */
export const followed = documentEvent<Followed>('followed', (state, { draft, to, marked }) => {
  const before = draftIn(state, draft) ?? NEW;
  return withDraft(state, draft, { ...before, followed: to, marked: [...before.marked, ...marked.filter((place) => !before.marked.some((one) => samePlace(one, place)))] });
});

const NEW: Draft = { name: '', followed: -1, marked: [], away: false };

/** Each place once: of words that are marked at several points of one slot, the slot. */
function placesOf(marked: readonly Marked[]): MarkedPlace[] {
  const all = marked.map((mark): MarkedPlace => (mark.type === 'words' ? { provision: mark.id, key: mark.key } : { provision: mark.id }));
  return all.filter((place, i) => all.findIndex((one) => samePlace(one, place)) === i);
}

/** The server lets a private draft follow its position (F1 to F13), or makes it, as a copy of the position. `to`: the last entry of the shared log that the position shows. */
export const followPosition = documentAct({
  t: 'followPosition', performedBy: 'server', since: 4, log: 'private',
  fields: ({ id, z: { number } }) => ({ party: id, draft: id, to: number().int().min(0) }),
  legible: { party: true, draft: true, to: true },
  right: { roles: ['server'], stage: 'negotiation' },
  events: [followed],
  decide({ party, draft, to }, { rooms }) {
    const position = rooms[positionRoom(party)], [ownName, baseName] = [draftRoom(party, draft), baseRoom(party, draft)];
    if (!position) return refuse('not-found');
    const base = rooms[baseName] ?? EMPTY_TEXT, own = rooms[ownName] ?? EMPTY_TEXT, { edits, marked } = follow(base, position, own);
    return outcome([{ e: 'followed', draft, to, marked: placesOf(marked) }], [{ room: baseName, edits: follow(base, position, base).edits }, { room: ownName, edits }]);
  },
  says: ({ to }) => message('followPosition', { to }),
});
