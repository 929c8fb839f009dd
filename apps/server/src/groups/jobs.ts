import { ACTS, type Actor, type Audience, type DocumentAct, type GroupAct, type GroupState, isAsleep, may, type Refused, type RoomCatalogue } from '@parley/negotiation';
import type { CompareAnswer, CompareRequest, JoinRequest, Performed, Refusal, Refusing, SentAct, UpdateRequest } from '@parley/protocol';
import type { PartyId } from '@parley/text';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { Compactions } from '../documents/compactions.ts';
import type { CommitBatch, PendingEntry } from '../commit/commit-batch.ts';
import type { Job } from '../commit/commit-port.ts';
import type { GroupSession } from './group-session.ts';
import type { DocumentSession } from '../documents/document-session.ts';
import type { DocumentSessions } from '../documents/document-sessions.ts';
import { decideAct, lapsesOfBefore } from '../documents/decide-act.ts';
import { followPosition } from '../documents/follow-position.ts';
import { receiveUpdate, type Updated } from '../documents/receive-update.ts';
import type { PerformedAct, PerformedActs } from '../documents/performed-acts.ts';
import { SERVER_USER } from '../documents/client-id-owners.ts';
import type { Admitted } from './rooms.ts';
import { documentIn, privateContext } from '../documents/party-state.ts';
import { documentOf, subjectIn } from '../documents/subjects.ts';

export type PerformAnswer = ({ readonly ok: true } & Performed) | Refusing;

/** Where requests find what they are about, and who asks. */
export interface JobContext {
  readonly sessions: DocumentSessions; readonly group: GroupSession; readonly performed: PerformedActs;
  readonly catalogue: RoomCatalogue;
  /** The history that every document belongs to in a log (W27). */
  readonly epochOf: (readers: Audience) => string;
  readonly actorOf: (user: string) => Actor | null;
}

const no = (reason: Refusal): Refusing => ({ ok: false, reason });

/** To whoever may not read a document it does not exist; whose seat sleeps is told that, of every document alike. */
const unseen = (context: JobContext, user: string): Refusing => no(isAsleep(context.group.state, user) ? 'seat-sleeps' : 'not-found');

/** What a request is about: the document as all share it, and its part in the log that is asked for. */
interface Found { readonly shared: DocumentSession; readonly part: DocumentSession; readonly actor: Actor }

/** What one may not read does not exist, whatever one wants to do to it; no more does a document that was never opened. */
function found(context: JobContext, user: string, group: GroupState, doc: string, readers: Audience | null): Found | null {
  const shared = context.sessions.get(doc)!, actor = context.actorOf(user);
  if (!actor || !readers?.holds(actor) || !may(actor, 'read', { group, document: shared.document }).ok || shared.document.stage === 'absent') return null;
  return { shared, part: context.sessions.get(subjectIn(doc, readers))!, actor };
}

/** `readers`: of the log that is joined, the asker being one of them; null where he is not, or there is none. */
export function joinJob(context: JobContext, user: string, request: JoinRequest, readers: Audience | null, resolve: (answer: Admitted | Refusing) => void): Job {
  const answer = (): Admitted | Refusing => {
    const group = context.group.state, there = found(context, user, group, request.doc, readers);
    if (!there) return unseen(context, user);
    const { shared, part, actor } = there, epoch = context.epochOf(part.readers);
    const rooms = lacking(part, request.epoch === undefined || request.epoch === epoch ? request.have : {});
    if (!rooms) return no('bad-request');
    return { ok: true, epoch, entry: part.last, document: documentIn(part, shared), group, actor, rooms, lastEdits: part.lastEditsView() };
  };
  const run = (batch: CommitBatch) => {
    follow(context, user, request.doc, readers, batch);
    return () => resolve(answer());
  };
  const weight = Object.values(request.have).reduce((n, vector) => n + (vector?.length ?? 0), 100);
  return { subject: subjectIn(request.doc, readers ?? context.catalogue.shared), user, weight, reads: true, run, fail: (refusal) => resolve(no(refusal === 'not-saved' ? 'busy' : refusal)) };
}

/** Drafts that somebody asks for, and may, follow first. */
function follow(context: JobContext, user: string, doc: string, readers: Audience | null, batch: CommitBatch): void {
  const there = readers?.party ? found(context, user, batch.context.group, doc, readers) : null;
  if (there) batch.add(followPosition(there.part, there.shared, batch.context));
}

function lacking(session: DocumentSession, have: JoinRequest['have']): Admitted['rooms'] | null {
  try {
    return session.lacking(have);
  } catch {
    return null;
  }
}

/** A document that changed so lately is not compared: a digest costs more than a key press. */
const LATELY_MS = 10_000;

/** `readers` as for a join. */
export function compareJob(context: JobContext, user: string, request: CompareRequest, readers: Audience | null, resolve: (answer: CompareAnswer) => void): Job {
  const subject = subjectIn(request.doc, readers ?? context.catalogue.shared);
  const answer = (at: number): CompareAnswer => {
    const there = found(context, user, context.group.state, request.doc, readers);
    if (!there) return unseen(context, user);
    const { shared, part } = there, comparable = part.last === request.entry && at - part.lastAt >= LATELY_MS;
    return { ok: true, entry: part.last, differ: comparable ? part.differing(request.rooms, shared.document.stage) : null };
  };
  return { subject, user, weight: 1_000, reads: true, run: (batch) => () => resolve(answer(batch.context.at)), fail: (refusal) => resolve(no(refusal)) };
}

/** `readers`: of the log that the room is kept in, the asker being one of them; else of the shared one, where there is no such room for him. */
export function updateJob(context: JobContext, user: string, request: UpdateRequest, readers: Audience, resolve: (answer: Updated) => void): Job {
  const subject = subjectIn(request.doc, readers);
  const run = (batch: CommitBatch) => {
    const now = batch.context, there = found(context, user, now.group, request.doc, readers);
    if (!there) return () => resolve(unseen(context, user));
    const { shared, part, actor } = there;
    batch.add(part === shared ? lapsesOfBefore(part, now) : followPosition(part, shared, now));
    const received = receiveUpdate(part, documentIn(part, shared), actor, request, now, context.catalogue);
    if (!received.ok) return () => resolve(received);
    batch.add(received.pending);
    return () => resolve({ ok: true, entry: received.pending[0]?.index ?? part.last, returned: received.returned });
  };
  return { subject, user, weight: request.update.length + 200, run, fail: (refusal) => resolve(no(refusal)) };
}

/** Counts a document for the lists although nobody asks for anything. `done` is called when the row is durable, or is not going to be. */
export const countJob = (subject: string, done: () => void = () => undefined): Job =>
  ({ subject, user: SERVER_USER, weight: 0, run: (batch) => { batch.count(subject); return done; }, fail: done });

/** Lets the drafts that a subject holds follow what all share, although nobody asks for it. */
export const followJob = (context: JobContext, subject: string): Job => ({
  subject, user: SERVER_USER, weight: 0, fail: () => undefined,
  run: (batch) => {
    const [part, shared] = [context.sessions.get(subject)!, context.sessions.get(documentOf(subject))!];
    batch.add(followPosition(part, shared, batch.context));
    return () => undefined;
  },
});

/** Compacts what has grown in a document, although nobody asks for it. */
export const compactJob = (context: JobContext, subject: string, compactions: Compactions): Job => ({
  subject, user: SERVER_USER, weight: 0, fail: () => undefined,
  run: (batch) => {
    const entry = compactions.make(context.sessions.get(subject)!, batch.context);
    if (entry) batch.add([entry]);
    return () => undefined;
  },
});

/** An act that has been read and found well-formed, with what the record knew of its id. */
export interface ActRequest<A> { readonly user: string; readonly act: A; readonly sent: SentAct; readonly recorded: PerformedAct | null }

const weightOf = (sent: SentAct): number => 2 * (sent.op.length + sent.words.length) + 200;

/** The answer to an act that was performed before: the same entry, if it was the same person and the same act. */
function again(context: JobContext, { user, act, sent, recorded }: ActRequest<DocumentAct | GroupAct>, party: PartyId | null = null): (() => PerformAnswer) | null {
  const before = context.performed.lately(act.id, party) ?? recorded;
  if (!before) return null;
  return () => (before.by === user && before.op === sent.op ? { ok: true, entry: before.entry.index } : no('bad-request'));
}

export function actJob(context: JobContext, asked: ActRequest<DocumentAct>, resolve: (answer: PerformAnswer) => void): Job {
  const { user, act, sent } = asked;
  const run = (batch: CommitBatch) => {
    const session = context.sessions.get(act.doc)!, now = batch.context, actor = context.actorOf(user);
    if (!actor || !may(actor, 'read', { group: now.group, document: session.document }).ok) return () => resolve(unseen(context, user));
    // It came here because its sender had no party then; what parties do for themselves is never decided in the log that all share.
    if (ACTS.isPrivate(act.t)) return () => resolve(no('role-forbids'));
    const before = again(context, asked);
    if (before) return () => resolve(before());
    if (session.document.stage === 'absent' && act.t !== 'openDocument') return () => resolve(no('not-found'));
    batch.add(lapsesOfBefore(session, now));
    const verdict = decideAct(session, actor, act, sent, now);
    return performed(context, batch, verdict.ok ? verdict.value : verdict, resolve);
  };
  return { subject: act.doc, user, weight: weightOf(sent), run, fail: (refusal) => resolve(no(refusal)) };
}

/** An act that concerns one party alone. `readers`: of its log, the asker being one of them. */
export function privateActJob(context: JobContext, asked: ActRequest<DocumentAct>, readers: Audience, resolve: (answer: PerformAnswer) => void): Job {
  const { user, act, sent } = asked, subject = subjectIn(act.doc, readers);
  const run = (batch: CommitBatch) => {
    const now = batch.context, there = found(context, user, now.group, act.doc, readers);
    if (!there) return () => resolve(unseen(context, user));
    const before = again(context, asked, readers.party);
    if (before) return () => resolve(before());
    const { shared, part, actor } = there;
    batch.add(followPosition(part, shared, now));
    const verdict = decideAct(part, actor, act, sent, now, privateContext(part, shared, actor, now));
    const answer = performed(context, batch, verdict.ok ? verdict.value : verdict, resolve);
    // One that was put away has missed what the position has become meanwhile.
    if (verdict.ok) batch.add(followPosition(part, shared, now));
    return answer;
  };
  return { subject, user, weight: weightOf(sent), run, fail: (refusal) => resolve(no(refusal)) };
}

/** `as`: who performs it where that is not by a seat in this group; null for whoever sits here. */
export interface GroupActRequest extends ActRequest<GroupAct> { readonly as: Actor | null }

export function groupJob(context: JobContext, asked: GroupActRequest, resolve: (answer: PerformAnswer) => void): Job {
  const { user, act, sent } = asked;
  const run = (batch: CommitBatch) => {
    const actor = asked.as ?? context.actorOf(user);
    if (!actor) return () => resolve(no('not-found'));
    const before = again(context, asked);
    if (before) return () => resolve(before());
    const verdict = context.group.decide(actor, act, sent, batch.context);
    return performed(context, batch, verdict.ok ? [verdict.entry] : verdict, resolve);
  };
  return { subject: GROUP_SUBJECT, user, weight: weightOf(sent), run, fail: (refusal) => resolve(no(refusal)) };
}

function performed(context: JobContext, batch: CommitBatch, pending: readonly PendingEntry[] | Refused, resolve: (answer: PerformAnswer) => void): () => void {
  if ('reason' in pending) return () => resolve(pending);
  batch.add(pending);
  pending.forEach((entry) => context.performed.remember(entry));
  return () => resolve({ ok: true, entry: pending[0]!.index });
}
