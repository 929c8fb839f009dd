import { type Actor, type Audience, type DocumentAct, type GroupAct, type GroupState, isAsleep, may, type Refused, type RoomCatalogue } from '@parley/negotiation';
import type { CompareAnswer, CompareRequest, JoinRequest, Performed, Refusal, Refusing, SentAct, UpdateRequest } from '@parley/protocol';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { Compactions } from './compactions.ts';
import type { Draft, Step } from './draft.ts';
import type { Job } from './floor.ts';
import type { GroupHost } from './group-host.ts';
import type { Host } from './host.ts';
import type { Hosts } from './hosts.ts';
import { judgeAct, lapsesOfBefore } from './judge-act.ts';
import { judgeUpdate } from './judge-update.ts';
import type { Performance, PerformedActs } from './performed.ts';
import { SERVER_USER } from './registry.ts';
import type { Admitted, Updated } from './rooms.ts';
import { subjectIn } from './subjects.ts';

export type PerformAnswer = ({ readonly ok: true } & Performed) | Refusing;

/** Where requests find what they are about, and who asks. */
export interface Site {
  readonly hosts: Hosts; readonly group: GroupHost; readonly performed: PerformedActs;
  readonly catalogue: RoomCatalogue;
  /** The history that every document belongs to in a log (W27). */
  readonly epochOf: (readers: Audience) => string;
  readonly actorOf: (user: string) => Actor | null;
}

const no = (reason: Refusal): Refusing => ({ ok: false, reason });

/** To whoever may not read a document it does not exist; whose seat sleeps is told that, of every document alike. */
const unseen = (site: Site, user: string): Refusing => no(isAsleep(site.group.state, user) ? 'seat-sleeps' : 'not-found');

/** What a request is about: the document as all share it, and its part in the log that is asked for. */
interface Found { readonly shared: Host; readonly part: Host; readonly actor: Actor }

/** What one may not read does not exist, whatever one wants to do to it; no more does a document that was never opened. */
function found(site: Site, user: string, group: GroupState, doc: string, readers: Audience | null): Found | null {
  const shared = site.hosts.get(doc)!, actor = site.actorOf(user);
  if (!actor || !readers?.holds(actor) || !may(actor, 'read', { group, document: shared.document }).ok || shared.document.stage === 'absent') return null;
  return { shared, part: site.hosts.get(subjectIn(doc, readers))!, actor };
}

/** `readers`: of the log that is joined, the asker being one of them; null where he is not, or there is none. */
export function joinJob(site: Site, user: string, request: JoinRequest, readers: Audience | null, resolve: (answer: Admitted | Refusing) => void): Job {
  const answer = (): Admitted | Refusing => {
    const group = site.group.state, there = found(site, user, group, request.doc, readers);
    if (!there) return unseen(site, user);
    const { shared, part, actor } = there, epoch = site.epochOf(part.readers);
    const rooms = lacking(part, request.epoch === undefined || request.epoch === epoch ? request.have : {});
    if (!rooms) return no('bad-request');
    return { ok: true, epoch, entry: part.last, document: shared.document, group, actor, rooms, lastEdits: part.lastEditsView() };
  };
  const weight = Object.values(request.have).reduce((n, vector) => n + (vector?.length ?? 0), 100);
  return { subject: subjectIn(request.doc, readers ?? site.catalogue.shared), user, weight, reads: true, judge: () => () => resolve(answer()), fail: (refusal) => resolve(no(refusal === 'not-saved' ? 'busy' : refusal)) };
}

function lacking(host: Host, have: JoinRequest['have']): Admitted['rooms'] | null {
  try {
    return host.lacking(have);
  } catch {
    return null;
  }
}

/** A document that changed so lately is not compared: a digest costs more than a key press. */
const LATELY_MS = 10_000;

/** `readers` as for a join. */
export function compareJob(site: Site, user: string, request: CompareRequest, readers: Audience | null, resolve: (answer: CompareAnswer) => void): Job {
  const subject = subjectIn(request.doc, readers ?? site.catalogue.shared);
  const answer = (at: number): CompareAnswer => {
    const there = found(site, user, site.group.state, request.doc, readers);
    if (!there) return unseen(site, user);
    const { shared, part } = there, comparable = part.last === request.entry && at - part.lastAt >= LATELY_MS;
    return { ok: true, entry: part.last, differ: comparable ? part.differing(request.rooms, shared.document.stage) : null };
  };
  return { subject, user, weight: 1_000, reads: true, judge: (draft) => () => resolve(answer(draft.nowOf(subject).at)), fail: (refusal) => resolve(no(refusal)) };
}

/** `readers`: of the log that the room is kept in, the asker being one of them; else of the shared one, where there is no such room for him. */
export function updateJob(site: Site, user: string, request: UpdateRequest, readers: Audience, resolve: (answer: Updated) => void): Job {
  const subject = subjectIn(request.doc, readers);
  const judge = (draft: Draft) => {
    const now = draft.nowOf(subject), there = found(site, user, now.group, request.doc, readers);
    if (!there) return () => resolve(unseen(site, user));
    const { shared, part, actor } = there;
    draft.add(lapsesOfBefore(part, now));
    const received = judgeUpdate(part, shared.document, actor, request, now, site.catalogue);
    if (!received.ok) return () => resolve(received);
    draft.add(received.steps);
    return () => resolve({ ok: true, entry: received.steps[0]?.index ?? part.last, returned: received.returned });
  };
  return { subject, user, weight: request.update.length + 200, judge, fail: (refusal) => resolve(no(refusal)) };
}

/** Counts a document for the lists although nobody asks for anything. `done` is called when the row is durable, or is not going to be. */
export const countJob = (subject: string, done: () => void = () => undefined): Job =>
  ({ subject, user: SERVER_USER, weight: 0, judge: (draft) => { draft.count(subject); return done; }, fail: done });

/** Compacts what has grown in a document, although nobody asks for it. */
export const compactJob = (site: Site, subject: string, compactions: Compactions): Job => ({
  subject, user: SERVER_USER, weight: 0, fail: () => undefined,
  judge: (draft) => {
    const step = compactions.make(site.hosts.get(subject)!, draft.nowOf(subject));
    if (step) draft.add([step]);
    return () => undefined;
  },
});

/** An act that has been read and found well-formed, with what the record knew of its id. */
export interface Asked<A> { readonly user: string; readonly act: A; readonly sent: SentAct; readonly recorded: Performance | null }

const weightOf = (sent: SentAct): number => 2 * (sent.op.length + sent.words.length) + 200;

/** The answer to an act that was performed before: the same entry, if it was the same person and the same act. */
function again(site: Site, { user, act, sent, recorded }: Asked<DocumentAct | GroupAct>): (() => PerformAnswer) | null {
  const before = site.performed.lately(act.id) ?? recorded;
  if (!before) return null;
  return () => (before.by === user && before.op === sent.op ? { ok: true, entry: before.step.index } : no('bad-request'));
}

export function actJob(site: Site, asked: Asked<DocumentAct>, resolve: (answer: PerformAnswer) => void): Job {
  const { user, act, sent } = asked;
  const judge = (draft: Draft) => {
    const host = site.hosts.get(act.doc)!, now = draft.nowOf(act.doc), actor = site.actorOf(user);
    if (!actor || !may(actor, 'read', { group: now.group, document: host.document }).ok) return () => resolve(unseen(site, user));
    const before = again(site, asked);
    if (before) return () => resolve(before());
    if (host.document.stage === 'absent' && act.t !== 'openDocument') return () => resolve(no('not-found'));
    draft.add(lapsesOfBefore(host, now));
    const verdict = judgeAct(host, actor, act, sent, now);
    return performed(site, draft, verdict.ok ? verdict.value : verdict, resolve);
  };
  return { subject: act.doc, user, weight: weightOf(sent), judge, fail: (refusal) => resolve(no(refusal)) };
}

/** `as`: who performs it where that is not by a seat in this group; null for whoever sits here. */
export interface AskedOfGroup extends Asked<GroupAct> { readonly as: Actor | null }

export function groupJob(site: Site, asked: AskedOfGroup, resolve: (answer: PerformAnswer) => void): Job {
  const { user, act, sent } = asked;
  const judge = (draft: Draft) => {
    const actor = asked.as ?? site.actorOf(user);
    if (!actor) return () => resolve(no('not-found'));
    const before = again(site, asked);
    if (before) return () => resolve(before());
    const verdict = site.group.judge(actor, act, sent, draft.nowOf(GROUP_SUBJECT));
    return performed(site, draft, verdict.ok ? [verdict.step] : verdict, resolve);
  };
  return { subject: GROUP_SUBJECT, user, weight: weightOf(sent), judge, fail: (refusal) => resolve(no(refusal)) };
}

function performed(site: Site, draft: Draft, steps: readonly Step[] | Refused, resolve: (answer: PerformAnswer) => void): () => void {
  if ('reason' in steps) return () => resolve(steps);
  draft.add(steps);
  steps.forEach((step) => site.performed.remember(step));
  return () => resolve({ ok: true, entry: steps[0]!.index });
}
