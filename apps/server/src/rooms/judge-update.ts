import { type Actor, type DocumentState, lockedProvisions, may, type RoomCatalogue } from '@parley/negotiation';
import type { Refusal, Returned, UpdateRequest } from '@parley/protocol';
import type { DoorRefusal, DoorStop, Sender } from '@parley/text';
import * as Y from 'yjs';
import type { Write } from '../record/entry.ts';
import { type Now, type Step, stepOf } from './draft.ts';
import type { Host } from './host.ts';
import { lapses } from './judge-act.ts';
import { restoring, wordsInto, wordsLost, wordsSwallowed } from './locked.ts';
import { SERVER_USER } from './registry.ts';
import type { Effect, Room } from './room.ts';
import type { Updated } from './rooms.ts';

export type Received = { readonly ok: true; readonly steps: readonly Step[]; readonly returned: readonly Returned[] } | Extract<Updated, { readonly ok: false }>;

/**
 * Judges an update of one author and applies it in memory: rights, then the door, then what has become unwritable meanwhile. A refused update has
 * touched nothing; what was typed where nobody may write any more is returned, and all the rest of it lives. `document`: what acts that all share have made of it.
 */
export function judgeUpdate(host: Host, document: DocumentState, actor: Actor, request: UpdateRequest, now: Now, rooms: RoomCatalogue): Received {
  const { room: name } = request;
  const allowed = may(actor, 'write', { group: now.group, document, room: name, rooms });
  if (!allowed.ok) return allowed;
  const room = host.room(name);
  if (!room) return { ok: false, reason: 'not-found' };
  const { user } = actor, who: Sender = { mayWriteAs: (client) => host.registry.mayWriteAs(client, user) };
  const vetted = now.rules.judge(room.doc, request.update, who);
  if (!vetted.ok) return refusalOf(vetted);
  const before = room.text, late = translate(host, room, vetted.late, user, who);
  if (vetted.empty && late.effect.own.length === 0) return { ok: true, steps: [], returned: [] };
  const effect = together(late.effect, room.receive(vetted.update));
  const closed = rooms.kindOf(name)?.closes === 'agreed' ? lockedProvisions(document) : new Set<string>(), locked = lockedAmong(closed, effect);
  const swallowed = vetted.swallowed.filter(({ unit }) => !late.taken(Y.createID(unit.client, unit.clock)));
  const returned = [...wordsInto(before, room.text, locked), ...wordsLost(effect.lost), ...wordsSwallowed(swallowed)];
  const own = [...effect.own, ...restore(room, before, locked, effect, now)];
  const writes: Write[] = [
    { room: name, by: user, update: vetted.update }, ...late.effect.own.map((update) => ({ room: name, by: user, update })),
    ...own.map((update) => ({ room: name, by: SERVER_USER, update })),
  ];
  vetted.clients.forEach((client) => host.registry.bind(client, user));
  const touched = [...new Set([...effect.touched, ...effect.moved])].filter((id) => !locked.has(id));
  host.edited(name, touched, user, now.at);
  const step = stepOf({ kind: 'update', by: user, room: name, writes, touched }, host, now);
  return { ok: true, steps: [step, ...lapses(host, { touched: new Set(touched), order: before.list !== room.text.list }, now)], returned };
}

type Translated = ReturnType<Room['translate']>;

const NOTHING: Translated = { effect: { touched: new Set(), moved: new Set(), lost: [], own: [] }, taken: () => false };

/** What an update that was made before texts were replaced does to those of today: written in its author's name, under an id that no page of theirs has. */
function translate(host: Host, room: Room, late: Uint8Array | null, user: string, who: Sender): Translated {
  if (!late || !room.remembers) return NOTHING;
  return room.translate(late, who, room.translator(user, () => host.registry.fresh(user)));
}

/** What both did; `own` is the latter's. */
const together = (a: Effect, b: Effect): Effect =>
  ({ touched: new Set([...a.touched, ...b.touched]), moved: new Set([...a.moved, ...b.moved]), lost: [...a.lost, ...b.lost], own: b.own });

/** Provisions that the update changed and that both delegations have agreed. */
function lockedAmong(locked: ReadonlySet<string>, effect: Effect): Set<string> {
  return new Set([...effect.touched, ...effect.moved].filter((id) => locked.has(id)));
}

function restore(room: Room, before: Room['text'], locked: ReadonlySet<string>, effect: Effect, now: Now): readonly Uint8Array[] {
  if (locked.size === 0) return [];
  return room.write(restoring(before, room.text, locked, effect.moved), now.random).own;
}

const SAID: Readonly<Record<DoorRefusal, Refusal>> = {
  'too-large': 'too-large', malformed: 'malformed-update', 'not-canonical': 'malformed-update', gap: 'out-of-step',
  'foreign-client': 'foreign-update', 'unknown-origin': 'out-of-step', 'foreign-list': 'not-allowed-here', misplaced: 'malformed-update',
  'bad-content': 'not-allowed-here', 'bad-shape': 'not-allowed-here', 'bad-delete': 'out-of-step', limit: 'too-long', full: 'room-full', 'bad-text': 'bad-text',
};

/** What the door says, in the words of the wire. An update that builds on what the server does not have is no offence: the client joins again. */
const refusalOf = ({ reason, resync, rule, detail }: DoorStop): Extract<Updated, { readonly ok: false }> =>
  ({ ...(resync ? { ok: false, reason: 'out-of-step', rejoin: true } : { ok: false, reason: SAID[reason] }), door: { rule, detail } });
