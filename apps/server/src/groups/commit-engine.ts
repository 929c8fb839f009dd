import { hex } from '@parley/ledger';
import { type Audience, type LogName, partyOrder, type RoomCatalogue } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import type { Entropy } from '../record/clock.ts';
import { GROUP_SUBJECT } from '../record/entry.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { Logs } from '../record/logs.ts';
import { LeaseLost } from '../record/lease.store.ts';
import type { RecordLog } from '../record/record-log.ts';
import type { Emitter } from '../commit/emitter.ts';
import { type Appended, Appender } from '../commit/appender.ts';
import type { Compactions } from '../documents/compactions.ts';
import type { Followings } from '../documents/followings.ts';
import type { CommitPort } from '../commit/commit-port.ts';
import { DerivedRows } from '../documents/derived-rows.ts';
import { CommitBatch, type PendingEntry, commitMessageOf } from '../commit/commit-batch.ts';
import type { GroupSession } from './group-session.ts';
import type { DocumentSessions } from '../documents/document-sessions.ts';
import type { Lease } from '../commit/lease-port.ts';
import { OwedCounts } from '../documents/owed-counts.ts';
import type { PerformedActs } from '../documents/performed-acts.ts';
import { logger } from '../logger.ts';
import type { RoomsEvents } from './rooms.ts';
import type { Rules } from '../commit/rules.ts';
import { documentOf, partyOfSubject, subjectIn } from '../documents/subjects.ts';

export interface CommitParts {
  readonly logs: Logs; readonly catalogue: RoomCatalogue; readonly entropy: Entropy; readonly sessions: DocumentSessions; readonly group: GroupSession;
  readonly performed: PerformedActs; readonly events: Emitter<RoomsEvents>; readonly rules: Rules; readonly compactions: Compactions; readonly followings: Followings;
  readonly lease: Pick<Lease, 'mine' | 'lasts' | 'forgone'>;
  readonly waitMs?: number | undefined;
  /** Words are counted for the lists no more often than this; 0: at every commit. */
  readonly countMs: number;
}

interface UnderWay { readonly ended: Promise<void>; end(): void }

function underWay(): UnderWay {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => { end = resolve; });
  return { ended, end: () => end() };
}

/** What the commit loops work on: the sessions, the logs under them, and those who are told. */
export class CommitEngine implements CommitPort {
  private readonly shared: RecordLog;
  /** The rows that lists read; none but those of what all share. */
  readonly derived: DerivedRows;
  readonly counts: OwedCounts;
  /** Thrown away, and not yet told to their readers as rebuilt. */
  private readonly owed = new Set<string>();
  private news = new Set<string>();
  private terms = 0;
  /** The commit of the shared log that is under way: what is in memory of what all share is ahead of the record. */
  private sharing: UnderWay | null = null;
  private reaching: Promise<void> | null = null;
  private readonly loading = new Map<string, Promise<void>>();
  /** Set by whoever has the loops that work on this. */
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

  /** Not while the group is still read again: what is decided meanwhile would be decided by seats that are not, and be forgotten. */
  get reachable(): boolean {
    return this.reaching === null && this.shared.reachable && this.lasts;
  }

  /** Once, whichever of the loops asks. */
  reach(): Promise<void> {
    return (this.reaching ??= this.reachOnce().finally(() => { this.reaching = null; }));
  }

  private async reachOnce(): Promise<void> {
    // The commit that is under way learns by itself what became of it.
    while (this.sharing) await this.sharing.ended;
    if (!this.shared.reachable) {
      await this.shared.reopen();
      await this.regroup();
    }
    this.owed.forEach((subject) => this.reload(subject));
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

  /** Once, whichever of the loops asks: what a document becomes after the one has opened it must not be lost when the other has. */
  load(subject: string): Promise<void> {
    const loading = this.loading.get(subject) ?? this.loadOnce(subject).finally(() => this.loading.delete(subject));
    this.loading.set(subject, loading);
    return loading;
  }

  private async loadOnce(subject: string): Promise<void> {
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

  async steady(log: LogName): Promise<void> {
    while (log !== this.shared.name && this.sharing) await this.sharing.ended;
  }

  begin(name: LogName): CommitBatch {
    const { entropy, group, rules, sessions } = this.parts, log = this.logNamed(name), at = log.time();
    sessions.begin(name);
    if (log === this.shared) this.sharing = underWay();
    return new CommitBatch(name, { group: group.state, at, rules, random: () => entropy.fraction(), fresh: () => hex(entropy.bytes(16)), encode: (content, doc) => log.encode(content, doc, at) });
  }

  async commit(batch: CommitBatch): Promise<ReadonlySet<string>> {
    const log = this.logNamed(batch.log);
    if (log === this.shared) this.news = new Set();
    const { failed, stale } = await this.append(log, batch, batch.subjects()), all = new Set([...failed, ...batch.failed, ...(stale ? this.openIn(log) : [])]);
    for (const subject of all) batch.of(subject).forEach((entry) => this.parts.performed.forget(entry));
    // The log is opened again before the next commit, and the group read from it.
    if (stale) log.close();
    for (const subject of all) this.distrust(subject);
    return all;
  }

  /** What is open of a log, and was decided by what it was thought to be. */
  private openIn(log: RecordLog): string[] {
    return this.parts.sessions.ids().filter((subject) => this.readersOf(subject).log === log.name);
  }

  private logNamed(name: LogName): RecordLog {
    const { catalogue, group, logs } = this.parts;
    return name === this.shared.name ? this.shared : logs.of(catalogue.audiencesIn(group.state).find(({ log }) => log === name)!);
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

  /** Those who read a party's log; of null, the shared one. Throws a `RangeError` for a party that has none. */
  readersIn(party: PartyId | null): Audience {
    const { catalogue, group } = this.parts, readers = party === null ? catalogue.shared : catalogue.audiencesIn(group.state).find((audience) => audience.party === party);
    if (!readers) throw new RangeError('there is no such log');
    return readers;
  }

  private readersOf(subject: string): Audience {
    return this.readersIn(partyOfSubject(subject));
  }

  deliver(batch: CommitBatch, failed: ReadonlySet<string>): void {
    const { sessions, group, events, compactions, followings } = this.parts, { at } = batch.context;
    for (const subject of batch.subjects()) {
      if (failed.has(subject)) continue;
      const pending = batch.of(subject);
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
        if (session.isBehind) followings.now(subject);
        if (readers === this.parts.catalogue.shared) followings.seen(id, pending, partyOrder(group.state).filter((party) => sessions.isOpen(subjectIn(id, { party }))));
      }
      if (this.news.has(subject)) events.emit('groupChanged', { index: session.last, seats: false });
      if (this.derived.owes(session)) this.counts.owe(subject);
    }
  }

  rest(log: LogName): void {
    if (log === this.shared.name) {
      this.sharing?.end();
      this.sharing = null;
    }
    this.parts.sessions.rest(log);
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
      const { row, news } = this.derived.row(session, this.parts.group.state, last.get(subject) ?? session.last, batch.context.at, now.has(subject));
      if (news) this.news.add(subject);
      return row ? [row] : [];
    });
  }
}
