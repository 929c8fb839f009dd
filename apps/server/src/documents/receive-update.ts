import { type Actor, type DocumentState, lockedProvisions, may, type RoomCatalogue } from '@parley/negotiation';
import type { Refusal, Refusing, Returned, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { UpdateRefusal, InvalidUpdate, Sender } from '@parley/text';
import * as Y from 'yjs';
import type { Write } from '../record/entry.ts';
import { type CommitContext, type PendingEntry, pendingEntryOf } from '../commit/commit-batch.ts';
import type { DocumentSession } from './document-session.ts';
import { lapses } from './decide-act.ts';
import { restoring, wordsInto, wordsLost, wordsOrphaned } from './locked.ts';
import { SERVER_USER } from './client-id-owners.ts';
import type { Effect, Room } from './room.ts';

/** What became of an update. `violation`: by which of its rules the validator refused it and what it saw, for the log and nobody else; never a word of a text. */
export type Updated = Extract<UpdateAnswer, { readonly ok: true }> | (Refusing & { readonly violation?: { readonly rule: string; readonly detail: string } });

export type ReceivedUpdate = { readonly ok: true; readonly pending: readonly PendingEntry[]; readonly returned: readonly Returned[] } | Extract<Updated, { readonly ok: false }>;

/**
 * Validates an update of one author and applies it in memory: rights, then the validator, then what has become unwritable meanwhile. A refused update has
 * touched nothing; what was typed where nobody may write any more is returned, and all the rest of it lives. `document`: what acts that all share have made of it.
 */
export function receiveUpdate(session: DocumentSession, document: DocumentState, actor: Actor, request: UpdateRequest, now: CommitContext, rooms: RoomCatalogue): ReceivedUpdate {
  const { room: name } = request;
  const allowed = may(actor, 'write', { group: now.group, document, room: name, rooms });
  if (!allowed.ok) return allowed;
  const room = session.room(name);
  if (!room) return { ok: false, reason: 'not-found' };
  const { user } = actor, who: Sender = { mayWriteAs: (client) => session.owners.mayWriteAs(client, user) };
  const vetted = now.rules.validate(room.doc, request.update, who);
  if (!vetted.ok) return refusalOf(vetted);
  const before = room.text, late = translate(session, room, vetted.late, user, who);
  if (vetted.empty && late.effect.own.length === 0) return { ok: true, pending: [], returned: [] };
  const effect = together(late.effect, room.receive(vetted.update));
  const closed = rooms.kindOf(name)?.closes === 'agreed' ? lockedProvisions(document) : new Set<string>(), locked = lockedAmong(closed, effect);
  const orphaned = vetted.orphaned.filter(({ unit }) => !late.taken(Y.createID(unit.client, unit.clock)));
  const returned = [...wordsInto(before, room.text, locked), ...wordsLost(effect.lost), ...wordsOrphaned(orphaned)];
  const own = [...effect.own, ...restore(room, before, locked, effect, now)];
  const writes: Write[] = [
    { room: name, by: user, update: vetted.update }, ...late.effect.own.map((update) => ({ room: name, by: user, update })),
    ...own.map((update) => ({ room: name, by: SERVER_USER, update })),
  ];
  vetted.clients.forEach((client) => session.owners.bind(client, user));
  const touched = [...new Set([...effect.touched, ...effect.moved])].filter((id) => !locked.has(id));
  session.edited(name, touched, user, now.at);
  const entry = pendingEntryOf({ kind: 'update', by: user, room: name, writes, touched }, session, now);
  return { ok: true, pending: [entry, ...lapses(session, { touched: new Set(touched), order: before.list !== room.text.list }, now)], returned };
}

type Translated = ReturnType<Room['translate']>;

const NOTHING: Translated = { effect: { touched: new Set(), moved: new Set(), lost: [], own: [] }, taken: () => false };

/** What an update that was made before texts were replaced does to those of today: written in its author's name, under an id that no page of theirs has. */
function translate(session: DocumentSession, room: Room, late: Uint8Array | null, user: string, who: Sender): Translated {
  if (!late || !room.remembers) return NOTHING;
  return room.translate(late, who, room.translator(user, () => session.owners.newId(user)));
}

/** What both did; `own` is the latter's. */
const together = (a: Effect, b: Effect): Effect =>
  ({ touched: new Set([...a.touched, ...b.touched]), moved: new Set([...a.moved, ...b.moved]), lost: [...a.lost, ...b.lost], own: b.own });

/** Provisions that the update changed and that both delegations have agreed. */
function lockedAmong(locked: ReadonlySet<string>, effect: Effect): Set<string> {
  return new Set([...effect.touched, ...effect.moved].filter((id) => locked.has(id)));
}

function restore(room: Room, before: Room['text'], locked: ReadonlySet<string>, effect: Effect, now: CommitContext): readonly Uint8Array[] {
  if (locked.size === 0) return [];
  return room.write(restoring(before, room.text, locked, effect.moved), now.random).own;
}

const REFUSALS: Readonly<Record<UpdateRefusal, Refusal>> = {
  'too-large': 'too-large', malformed: 'malformed-update', 'not-canonical': 'malformed-update', gap: 'out-of-step',
  'foreign-client': 'foreign-update', 'unknown-origin': 'out-of-step', 'foreign-list': 'not-allowed-here', misplaced: 'malformed-update',
  'bad-content': 'not-allowed-here', 'bad-shape': 'not-allowed-here', 'bad-delete': 'out-of-step', limit: 'too-long', full: 'room-full', 'bad-text': 'bad-text',
};

/** What the validator says, in the words of the wire. An update that builds on what the server does not have is no offence: the client joins again. */
const refusalOf = ({ reason, resync, rule, detail }: InvalidUpdate): Extract<Updated, { readonly ok: false }> =>
  ({ ...(resync ? { ok: false, reason: 'out-of-step', rejoin: true } : { ok: false, reason: REFUSALS[reason] }), violation: { rule, detail } });
