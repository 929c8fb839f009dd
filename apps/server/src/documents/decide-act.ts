import { type Act, type ActContext, type Actor, type DocumentAct, type DocumentEvent, lockedProvisions, type DocumentOutcome, partyOf, partyOfRoom, refuse, type RoomName, RULES_VERSION, SERVER, type Verdict } from '@parley/negotiation';
import { OP_LIMIT, type SentAct, writeAct } from '@parley/protocol';
import { hasRoomForEdits } from '@parley/text';
import * as Y from 'yjs';
import type { Write } from '../record/entry.ts';
import { type CommitContext, type PendingEntry, pendingEntryOf } from '../commit/commit-batch.ts';
import type { DocumentSession } from './document-session.ts';
import { SERVER_USER } from './client-id-owners.ts';
import { emptyUpdate } from './room.ts';

/** Decides an act on a document and, when it is granted, does all of it in memory. A refused act has touched nothing. `context`: what it is decided in, where that is not the session alone. */
export function decideAct(session: DocumentSession, actor: Actor, act: DocumentAct, sent: SentAct, now: CommitContext, context: ActContext = session.context(actor, now)): Verdict<PendingEntry[]> {
  if (sent.op.length > OP_LIMIT) return refuse('too-long');
  const verdict = now.rules.decide(act, context);
  if (!verdict.ok) return verdict;
  if (!hasPlace(session, actor, verdict.value.edits)) return refuse('document-full');
  const { events, edits } = verdict.value, { writes, touched } = carryOut(session, edits, now);
  const entry = fold(session, actor.user, act, sent, events, writes, now);
  return { ok: true, value: [entry, ...lapses(session, { touched, order: edits.length > 0 }, now)] };
}

/** Whether there is place for what an act writes (D23): in what all share, and in the position of who acts; those of others only follow. */
function hasPlace(session: DocumentSession, actor: Actor, edits: DocumentOutcome['edits']): boolean {
  const isOthers = (room: RoomName): boolean => partyOfRoom(room) !== null && partyOfRoom(room) !== partyOf(actor);
  const held = new Set(edits.map(({ room }) => room).filter((room) => !isOthers(room)));
  return [...held].every((name) => {
    const written = edits.filter(({ room }) => room === name).flatMap((of) => of.edits);
    return written.length === 0 || hasRoomForEdits(session.room(name)?.doc ?? new Y.Doc(), written);
  });
}

/** Notes in memory what an act did, and gives its entry. */
export function fold(
  session: DocumentSession, user: string, act: Act, sent: SentAct, events: readonly DocumentEvent[], writes: readonly Write[], now: CommitContext,
): PendingEntry {
  if (session.document.stage === 'absent') session.openedAt = now.at;
  session.fold(events, user, now.at);
  return pendingEntryOf({ kind: 'act', by: user, act, sent, rules: RULES_VERSION, writes, events }, session, now);
}

/** Every edit of an act, as what it made Yjs write. A room without a word in it is recorded too, or a replay would not have it. */
export function carryOut(session: DocumentSession, edits: DocumentOutcome['edits'], now: CommitContext): { writes: Write[]; touched: Set<string> } {
  const writes: Write[] = [];
  const touched = new Set<string>();
  const note = (room: RoomName, updates: readonly Uint8Array[]) => updates.forEach((update) => writes.push({ room, by: SERVER_USER, update }));
  for (const { room: name, edits: list } of edits) {
    const { room, made } = session.roomToWrite(name);
    const effect = room.write(list, now.random);
    effect.touched.forEach((id) => touched.add(id));
    note(name, made && effect.own.length === 0 ? [emptyUpdate()] : effect.own);
  }
  return { writes, touched };
}

/** What of a document may have changed under a consent: the provisions whose text did, and, where the order did, all of it. */
export interface Changed { readonly touched: ReadonlySet<string>; readonly order: boolean }

/** Consents that stand no longer, to clean text and to parts, fall at once, visibly: each by an act of the server in the same commit. */
export function lapses(session: DocumentSession, { touched, order }: Changed, now: CommitContext): PendingEntry[] {
  return [...lapsesOfText(session, touched, now), ...lapsesOfParts(session, order ? 'all' : touched, now)];
}

function lapsesOfText(session: DocumentSession, touched: ReadonlySet<string>, now: CommitContext): PendingEntry[] {
  const consented = [...touched].filter((id) => Object.hasOwn(session.document.settled, id));
  if (consented.length === 0) return [];
  const locked = lockedProvisions(session.document);
  const open = consented.filter((id) => !locked.has(id));
  return now.rules.lapsing(session.shared(now.group), open).flatMap((provision) => byServer(session, { t: 'lapse', provision }, now));
}

function lapsesOfParts(session: DocumentSession, touched: ReadonlySet<string> | 'all', now: CommitContext): PendingEntry[] {
  if (Object.keys(session.document.partConsents).length === 0) return [];
  return now.rules.lapsingParts(session.shared(now.group), touched).flatMap((key) => byServer(session, { t: 'lapseParts', key }, now));
}

/** Before the first request of an open document is decided: older records have consents that fell before such lapses were recorded. */
export function lapsesOfBefore(session: DocumentSession, now: CommitContext): PendingEntry[] {
  if (session.lapsesDecided) return [];
  session.lapsesDecided = true;
  return lapsesOfParts(session, 'all', now);
}

type Lapse<A = DocumentAct> = A extends { t: 'lapse' | 'lapseParts' } ? Omit<A, 'v' | 'id' | 'doc'> : never;

function byServer(session: DocumentSession, lapse: Lapse, now: CommitContext): PendingEntry[] {
  const act: DocumentAct = { v: 1, id: now.fresh(), doc: session.id, ...lapse };
  const verdict = now.rules.decide(act, session.context(SERVER, now));
  return verdict.ok ? [fold(session, SERVER.user, act, writeAct(act, now.fresh()), verdict.value.events, [], now)] : [];
}
