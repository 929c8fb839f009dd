import { type Act, type Actor, type DocumentAct, type DocumentEvent, lockedProvisions, type DocumentOutcome, partyOf, partyOfRoom, refuse, type RoomName, RULES_VERSION, SERVER, type Verdict } from '@parley/negotiation';
import { OP_LIMIT, type SentAct, writeAct } from '@parley/protocol';
import { takesEdits } from '@parley/text';
import * as Y from 'yjs';
import type { Write } from '../record/entry.ts';
import { type Now, type Step, stepOf } from './draft.ts';
import type { Host } from './host.ts';
import { SERVER_USER } from './registry.ts';
import { emptyUpdate } from './room.ts';

/** Judges an act on a document and, when it stands, does all of it in memory. A refused act has touched nothing. */
export function judgeAct(host: Host, actor: Actor, act: DocumentAct, sent: SentAct, now: Now): Verdict<Step[]> {
  if (sent.op.length > OP_LIMIT) return refuse('too-long');
  const verdict = now.rules.decide(act, host.scene(actor, now));
  if (!verdict.ok) return verdict;
  if (!hasPlace(host, actor, verdict.value.edits)) return refuse('document-full');
  const { events, edits } = verdict.value, { writes, touched } = carryOut(host, edits, now);
  const step = fold(host, actor.user, act, sent, events, writes, now);
  return { ok: true, value: [step, ...lapses(host, { touched, order: edits.length > 0 }, now)] };
}

/** Whether there is place for what an act writes (D23): in what all share, and in the position of who acts; those of others only follow. */
function hasPlace(host: Host, actor: Actor, edits: DocumentOutcome['edits']): boolean {
  const isOthers = (room: RoomName): boolean => partyOfRoom(room) !== null && partyOfRoom(room) !== partyOf(actor);
  const held = new Set(edits.map(({ room }) => room).filter((room) => !isOthers(room)));
  return [...held].every((name) => {
    const written = edits.filter(({ room }) => room === name).flatMap((of) => of.edits);
    return written.length === 0 || takesEdits(host.room(name)?.doc ?? new Y.Doc(), written);
  });
}

function fold(
  host: Host, user: string, act: Act, sent: SentAct, events: readonly DocumentEvent[], writes: readonly Write[], now: Now,
): Step {
  if (host.document.stage === 'absent') host.openedAt = now.at;
  host.fold(events, user, now.at);
  return stepOf({ kind: 'act', by: user, act, sent, rules: RULES_VERSION, writes, events }, host, now);
}

/** Every edit of an act, as what it made Yjs write. A room without a word in it is recorded too, or a replay would not have it. */
function carryOut(host: Host, edits: DocumentOutcome['edits'], now: Now): { writes: Write[]; touched: Set<string> } {
  const writes: Write[] = [];
  const touched = new Set<string>();
  const note = (room: RoomName, updates: readonly Uint8Array[]) => updates.forEach((update) => writes.push({ room, by: SERVER_USER, update }));
  for (const { room: name, edits: list } of edits) {
    const { room, made } = host.roomToWrite(name);
    const effect = room.write(list, now.random);
    effect.touched.forEach((id) => touched.add(id));
    note(name, made && effect.own.length === 0 ? [emptyUpdate()] : effect.own);
  }
  return { writes, touched };
}

/** What of a document may have changed under a consent: the provisions whose text did, and, where the order did, all of it. */
export interface Changed { readonly touched: ReadonlySet<string>; readonly order: boolean }

/** Consents that stand no longer, to clean text and to parts, fall at once, visibly: each by an act of the server in the same turn. */
export function lapses(host: Host, { touched, order }: Changed, now: Now): Step[] {
  return [...lapsesOfText(host, touched, now), ...lapsesOfParts(host, order ? 'all' : touched, now)];
}

function lapsesOfText(host: Host, touched: ReadonlySet<string>, now: Now): Step[] {
  const consented = [...touched].filter((id) => Object.hasOwn(host.document.settled, id));
  if (consented.length === 0) return [];
  const locked = lockedProvisions(host.document);
  const open = consented.filter((id) => !locked.has(id));
  return now.rules.lapsing(host.scenery(now.group), open).flatMap((provision) => byServer(host, { t: 'lapse', provision }, now));
}

function lapsesOfParts(host: Host, touched: ReadonlySet<string> | 'all', now: Now): Step[] {
  if (Object.keys(host.document.partConsents).length === 0) return [];
  return now.rules.lapsingParts(host.scenery(now.group), touched).flatMap((key) => byServer(host, { t: 'lapseParts', key }, now));
}

/** Before the first request of an open document is judged: older records have consents that fell before such lapses were recorded. */
export function lapsesOfBefore(host: Host, now: Now): Step[] {
  if (host.lapsesJudged) return [];
  host.lapsesJudged = true;
  return lapsesOfParts(host, 'all', now);
}

type Lapse<A = DocumentAct> = A extends { t: 'lapse' | 'lapseParts' } ? Omit<A, 'v' | 'id' | 'doc'> : never;

function byServer(host: Host, lapse: Lapse, now: Now): Step[] {
  const act: DocumentAct = { v: 1, id: now.fresh(), doc: host.id, ...lapse };
  const verdict = now.rules.decide(act, host.scene(SERVER, now));
  return verdict.ok ? [fold(host, SERVER.user, act, writeAct(act, now.fresh()), verdict.value.events, [], now)] : [];
}
