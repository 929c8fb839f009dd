import { hex } from '@parley/ledger';
import type { Audience, LogName, RoomCatalogue } from '@parley/negotiation';
import type { Entropy } from '../record/clock.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { Logs } from '../record/logs.ts';
import { LeaseLost } from '../record/lease.store.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { Emitter } from '../commit/emitter.ts';
import { type Appended, Appender } from '../commit/appender.ts';
import type { Compactions } from '../documents/compactions.ts';
import type { CommitPort } from '../commit/commit-port.ts';
import { DerivedRows } from '../documents/derived-rows.ts';
import { CommitBatch, type CommitContext, type PendingEntry, commitMessageOf } from '../commit/commit-batch.ts';
import type { GroupSession } from './group-session.ts';
import type { DocumentSessions } from '../documents/document-sessions.ts';
import type { Lease } from '../commit/lease-port.ts';
import { OwedCounts } from '../documents/owed-counts.ts';
import type { PerformedActs } from '../documents/performed-acts.ts';
import { logger } from '../logger.ts';
import type { RoomsEvents } from './rooms.ts';
import type { Rules } from '../commit/rules.ts';
import { documentOf, partyOfSubject } from '../documents/subjects.ts';

export interface CommitParts {
  readonly logs: Logs; readonly catalogue: RoomCatalogue; readonly entropy: Entropy; readonly sessions: DocumentSessions; readonly group: GroupSession;
  readonly performed: PerformedActs; readonly events: Emitter<RoomsEvents>; readonly rules: Rules; readonly compactions: Compactions;
  readonly lease: Pick<Lease, 'mine' | 'lasts' | 'forgone'>;
  readonly waitMs?: number | undefined;
  /** Words are counted for the lists no more often than this; 0: at every commit. */
  readonly countMs: number;
}

/** What the commit loop works on: the sessions, the logs under them, and those who are told. */
export class CommitEngine implements CommitPort {
  private readonly shared: RecordLog;
  /** The rows that lists read; none but those of what all share. */
  readonly derived: DerivedRows;
  readonly counts: OwedCounts;
  /** Thrown away, and not yet told to their readers as rebuilt. */
  private readonly owed = new Set<string>();
  private news = new Set<string>();
  private terms = 0;
  /** Set by the loop that works on this. */
  reload: (subject: string) => void = () => undefined;
  count: (subject: string) => void = () => undefined;

  constructor(private readonly parts: CommitParts) {
    this.shared = parts.logs.of(parts.catalogue.shared);
    const { sessions, group, rules, countMs } = parts, derived = this.derived = new DerivedRows(rules, countMs);
    this.counts = new OwedCounts({
      everyMs: countMs,
      isQuick(subject) {
        const session = sessions.get(subject);
        return !session || derived.isQuick(session, group.state);
      },
      // One that was closed is counted with its next entry.
      count: (subject) => { if (sessions.isOpen(subject)) this.count(subject); },
    });
  }

  get held(): boolean {
    return this.parts.lease.mine;
  }

  get lasts(): boolean {
    return this.parts.lease.lasts;
  }

  get reachable(): boolean {
    return this.shared.reachable && this.lasts;
  }

  async reach(): Promise<void> {
    if (!this.shared.reachable) {
      await this.shared.reopen();
      await this.regroup();
      this.owed.forEach((subject) => this.reload(subject));
    }
    if (!this.lasts) throw new Error('the lease has run out and is not prolonged yet');
  }

  /** The group is this process's from now on: nothing that was known before counts. */
  async enter(): Promise<void> {
    this.forget(this.terms);
    this.derived.forgetAll();
    this.terms += 1;
    await this.shared.reopen();
    await this.regroup();
  }

  /** How often the group was taken. */
  get term(): number {
    return this.terms;
  }

  /** Nothing of the group is in memory any more, unless it was taken again since. No commit is under way. */
  forget(term: number): void {
    const { sessions, logs } = this.parts;
    if (term !== this.terms) return;
    this.counts.clear();
    this.owed.clear();
    sessions.ids().forEach((subject) => sessions.drop(subject));
    logs.close();
  }

  isReady(subject: string): boolean {
    if (subject === GROUP_SUBJECT) return true;
    // A private log that has to be opened again is so by those who ask for it: nobody else waits.
    return this.parts.sessions.isOpen(subject) && (partyOfSubject(subject) === null || this.parts.logs.of(this.readersOf(subject)).reachable);
  }

  async load(subject: string): Promise<void> {
    const readers = this.readersOf(subject), doc = documentOf(subject);
    // What was read before the group was left and taken again is not what it is now.
    for (let term = NaN; term !== this.term;) {
      term = this.term;
      await this.parts.sessions.load(doc, readers);
    }
    if (this.owed.delete(subject)) this.parts.events.emit('rebuilt', doc, readers);
  }

  /** What is private is decided by what all share of its document: that is open too. */
  needs(subject: string): readonly string[] {
    return partyOfSubject(subject) === null ? [subject] : [documentOf(subject), subject];
  }

  /** The shared log first: what is private may build on it, never the other way round. */
  byLog(subjects: ReadonlySet<string>): readonly (readonly ReadonlySet<string>[])[] {
    const logs = new Map<string | null, Set<string>>([[null, new Set()]]);
    for (const subject of subjects) {
      const party = partyOfSubject(subject);
      logs.set(party, (logs.get(party) ?? new Set()).add(subject));
    }
    const [shared, ...others] = [...logs.values()];
    return [[shared!], others].map((of) => of.filter(({ size }) => size > 0));
  }

  begin(): CommitBatch {
    this.parts.sessions.begin();
    const { logs, entropy, group, rules } = this.parts, contexts = new Map<LogName, CommitContext>();
    const contextIn = (log: RecordLog): CommitContext => {
      const at = log.time();
      return { group: group.state, at, rules, random: () => entropy.fraction(), fresh: () => hex(entropy.bytes(16)), encode: (batch, doc) => log.encode(batch, doc, at) };
    };
    return new CommitBatch((subject) => {
      const log = logs.of(this.readersOf(subject)), now = contexts.get(log.name) ?? contextIn(log);
      contexts.set(log.name, now);
      return now;
    });
  }

  async commit(batch: CommitBatch, subjects: ReadonlySet<string>, failedBefore: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const isLost = (subject: string): boolean => this.needs(subject).some((needed) => failedBefore.has(needed)), wanted = batch.subjects().filter((subject) => subjects.has(subject));
    const log = this.parts.logs.of(this.readersOf([...subjects][0]!));
    if (log === this.shared) this.news = new Set();
    const { failed, stale } = await this.append(log, batch, wanted.filter((subject) => !isLost(subject)));
    const all = new Set([...failed, ...wanted.filter(isLost), ...[...batch.failed].filter((subject) => subjects.has(subject)), ...(stale ? this.builtOn(log) : [])]);
    for (const subject of all) batch.of(subject).forEach((entry) => this.parts.performed.forget(entry));
    // The log is opened again before the next commit, and the group read from it.
    if (stale) log.close();
    for (const subject of all) this.distrust(subject);
    return all;
  }

  /** What is open and was decided by what a log was thought to be: everything by the shared one. */
  private builtOn(log: RecordLog): string[] {
    return this.parts.sessions.ids().filter((subject) => log === this.shared || this.readersOf(subject).log === log.name);
  }

  private async append(log: RecordLog, batch: CommitBatch, subjects: readonly string[]): Promise<Appended> {
    if (subjects.length === 0) return { failed: new Set(), stale: false };
    try {
      return await new Appender(log, (...batch) => this.rows(...batch), log === this.shared ? this.parts.waitMs : 0).append(batch, subjects);
    } catch (error) {
      if (error instanceof LeaseLost) this.parts.lease.forgone();
      logger.failed('commit-failed', error);
      return { failed: new Set(subjects), stale: true };
    }
  }

  /** Those who read the log that a subject is in. */
  private readersOf(subject: string): Audience {
    const { catalogue, group } = this.parts, party = partyOfSubject(subject);
    const readers = party === null ? catalogue.shared : catalogue.audiencesIn(group.state).find((audience) => audience.party === party);
    if (!readers) throw new RangeError('there is no such log');
    return readers;
  }

  deliver(batch: CommitBatch, subjects: ReadonlySet<string>, failed: ReadonlySet<string>): void {
    const { sessions, group, events, compactions } = this.parts;
    for (const subject of batch.subjects()) {
      if (failed.has(subject) || !subjects.has(subject)) continue;
      const pending = batch.of(subject), { at } = batch.contextOf(subject);
      const last = pending.at(-1);
      if (subject === GROUP_SUBJECT) {
        group.commit(pending, at);
        events.emit('groupChanged', { index: last!.index, seats: true });
        continue;
      }
      const session = sessions.get(subject)!;
      this.derived.written(session, at);
      if (last) {
        const after = session.last, { id, readers } = session;
        session.committed({ index: last.index, leafHash: last.entry.leafHash }, at, pending.length);
        events.emit('committed', commitMessageOf(id, readers.log, after, pending, at), readers);
        compactions.seen(session, at);
      }
      if (this.news.has(subject)) events.emit('groupChanged', { index: session.last, seats: false });
      if (this.derived.owes(session)) this.counts.owe(subject);
    }
  }

  rest(): void {
    this.parts.sessions.rest();
  }

  /** Throws a document's memory away; it is opened again from the record, now or when the record can be reached. */
  private distrust(subject: string): void {
    if (subject === GROUP_SUBJECT) return;
    this.parts.sessions.drop(subject);
    this.owed.add(subject);
    if (this.reachable) this.reload(subject);
  }

  /** Reads the group again: entries that were given up may be there after all, or somebody else's. */
  private async regroup(): Promise<void> {
    const { group, events } = this.parts;
    const before = JSON.stringify(group.state);
    await group.load(this.shared);
    if (JSON.stringify(group.state) !== before) events.emit('groupChanged', { index: this.shared.size - 1, seats: true });
  }

  /** The rows that say something else: lists are of what all share. What acts do is counted with them; what is typed, as often as that is worth. */
  private rows(batch: CommitBatch, subjects: readonly string[], pending: readonly PendingEntry[], first: number): DocumentRow[] {
    const last = new Map(pending.map((entry, i) => [entry.subject, first + i]));
    const now = new Set([...batch.counted, ...pending.filter((entry) => entry.content.kind === 'act').map((entry) => entry.subject)]);
    return subjects.flatMap((subject) => {
      const session = subject === GROUP_SUBJECT || partyOfSubject(subject) !== null ? undefined : this.parts.sessions.get(subject);
      if (!session) return [];
      const { row, news } = this.derived.row(session, this.parts.group.state, last.get(subject) ?? session.last, batch.contextOf(subject).at, now.has(subject));
      if (news) this.news.add(subject);
      return row ? [row] : [];
    });
  }
}
