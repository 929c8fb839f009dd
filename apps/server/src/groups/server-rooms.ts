import { setTimeout as pause } from 'node:timers/promises';
import { hex } from '@parley/ledger';
import { ACTS, type Actor, type Audience, audienceIn, audiencesOf, type DocumentAct, type GroupAct, type GroupState, isDue, type LogName, type RoomCatalogue, type RoomName, ROOMS, seatOf, SERVER } from '@parley/negotiation';
import {
  type CompareAnswer, type CompareRequest, groupActSchema, type JoinRequest, type Refusing, type SentAct, type UpdateRequest, writeAct,
} from '@parley/protocol';
import type { PartyId } from '@parley/text';
import { isAway, whenBack } from '../limits/when-back.ts';
import type { Entropy } from '../record/clock.ts';
import type { DifferenceStore } from '../record/difference.store.ts';
import type { SnapshotStore } from '../record/snapshot.store.ts';
import type { DocumentRow } from '../record/record.store.ts';
import type { Logs } from '../record/logs.ts';
import type { RecordLog } from '../record/record-log.ts';
import { actIn } from './act-in.ts';
import { WorkerActReader } from './act-reader.ts';
import { ActReading, readHere } from './act-reading.ts';
import { Emitter } from '../commit/emitter.ts';
import { COMPACTION, type CompactionRule, Compactions } from '../documents/compactions.ts';
import { CommitLoop, type Pace, PACE } from '../commit/commit-loop.ts';
import { Followings } from '../documents/followings.ts';
import { GroupSession } from './group-session.ts';
import { DocumentSessions, type DocumentSessionsOptions } from '../documents/document-sessions.ts';
import { actJob, type ActRequest, type GroupActRequest, compactJob, compareJob, countJob, followJob, groupJob, joinJob, privateActJob, type PerformAnswer, type JobContext, updateJob } from './jobs.ts';
import type { Lease, LeaseFor } from '../commit/lease-port.ts';
import { ListCheck } from './list-check.ts';
import { PerformedActs } from '../documents/performed-acts.ts';
import { logger } from '../logger.ts';
import { type Admitted, type AdministratorsAct, type ReceivedAct, Rooms, type RoomsEvents, type ServersAct } from './rooms.ts';
import type { Updated } from '../documents/receive-update.ts';
import { type Rules, RULES } from '../commit/rules.ts';
import { CommitEngine } from './commit-engine.ts';
import { CommitLoops } from './commit-loops.ts';

export interface RoomsOptions extends DocumentSessionsOptions {
  /** The kinds of rooms there are; replaced only in tests. */
  readonly catalogue?: RoomCatalogue;
  readonly rules?: Rules; readonly pace?: Pace; readonly waitMs?: number; readonly compaction?: CompactionRule;
  /** What reads acts; replaced only in tests. */
  readonly reading?: ActReading;
  /** By what the work of a commit is measured, in milliseconds; replaced only in tests. */
  readonly now?: () => number;
  /** Whose share of a commit a user's requests are taken from; each user's own. */
  readonly payerOf?: (user: string) => string;
  /** How long a seat that nobody can confirm sleeps, in milliseconds. */
  readonly wakeAfter?: number;
  /** Called after an act on seats is durable, and waited for before its answer. */
  readonly seatsMoved?: () => Promise<void>;
  /** Called when the group was taken, of which another process may have written the last acts. */
  readonly taken?: () => void;
}

const WAKE_AFTER = 24 * 60 * 60_000;
/** A group is handed over so soon after its last commit, whichever snapshots are not written by then. */
const SNAPSHOTS_MS = 500;

/** The one implementation of `Rooms`: requests become jobs of the group's commit loops, while this process has the group. */
export class ServerRooms extends Rooms {
  override readonly catalogue: RoomCatalogue;
  readonly events = new Emitter<RoomsEvents>();
  private readonly log: RecordLog;
  private readonly groupSession: GroupSession;
  private readonly context: JobContext;
  private readonly commits: CommitEngine;
  private readonly compactions: Compactions;
  private readonly followings: Followings;
  private readonly loops: CommitLoops;
  private readonly lists: ListCheck;
  private readonly lease: Lease;
  private looked: Promise<void> | null = null;
  private snapshots: Promise<void> = Promise.resolve();
  private readonly reading: ActReading;

  constructor(
    logs: Logs, snapshotStore: SnapshotStore, differences: DifferenceStore, private readonly entropy: Entropy, leaseFor: LeaseFor,
    private readonly options: RoomsOptions = {},
  ) {
    super();
    this.reading = options.reading ?? new ActReading(new WorkerActReader());
    this.groupSession = new GroupSession(options.wakeAfter ?? WAKE_AFTER);
    const catalogue = this.catalogue = options.catalogue ?? ROOMS, log = this.log = logs.of(catalogue.shared);
    const sessions = new DocumentSessions(logs, snapshotStore, catalogue, options);
    const performed = new PerformedActs((party) => logs.of(this.commits.readersIn(party)));
    this.context = { sessions, performed, catalogue, epochOf: (readers) => logs.of(readers).epoch, group: this.groupSession, actorOf: (user) => this.actorOf(user) };
    const rules = options.rules ?? RULES, pace = options.pace ?? PACE;
    this.compactions = new Compactions(options.compaction ?? COMPACTION, (subject) => this.loops.submit(compactJob(this.context, subject, this.compactions)));
    this.followings = new Followings((subject) => this.loops.submit(followJob(this.context, subject)));
    this.lease = leaseFor({ enter: () => this.enter(), leave: (orderly) => this.leave(orderly) });
    this.commits = new CommitEngine({ lease: this.lease, logs, catalogue, entropy, sessions, performed, rules, compactions: this.compactions, followings: this.followings, group: this.groupSession, events: this.events, waitMs: options.waitMs, countMs: pace.countMs });
    this.loops = new CommitLoops((party) => new CommitLoop(this.commits, pace, options.now, options.payerOf, options.bounds, this.commits.readersIn(party).log));
    this.commits.reload = (subject) => this.loops.reload(subject);
    this.commits.count = (subject) => this.loops.submit(countJob(subject));
    this.lists = new ListCheck(log, differences, (doc) => this.recount(doc));
  }

  /** Where another process has the group, only what is in its record is known here: whether it has been established. */
  async start(): Promise<void> {
    if (await this.lease.begin()) await this.look();
    else await this.groupSession.load(this.log);
  }

  /** Answers what was taken, and hands the group over; call it when nobody sends any more. */
  async close(): Promise<void> {
    await this.lease.close();
    await this.snapshots;
  }

  get serves(): boolean {
    return this.lease.serves;
  }

  hold(): Promise<boolean> {
    return this.lease.hold();
  }

  private async enter(): Promise<void> {
    await this.commits.enter();
    this.loops.open();
    // It counts what has to be counted in commits of the loop, which begin when the lease is entered.
    this.looked = null;
    setImmediate(() => {
      void this.look().catch((error: unknown) => logger.failed('lists-not-looked-at', error));
      this.options.taken?.();
    });
  }

  /** A snapshot that is written after the group was let go is still true: it says of which entry it is. Its documents go when that is done, or when the group is taken again. */
  private async leave(orderly: boolean): Promise<void> {
    this.compactions.stop();
    this.followings.stop();
    if (orderly) this.commits.counts.settle();
    await this.loops.close('elsewhere');
    const { term } = this.commits;
    this.snapshots = (orderly ? this.context.sessions.writeSnapshots() : Promise.resolve()).then(() => this.commits.forget(term));
    await Promise.race([this.snapshots, pause(SNAPSHOTS_MS, undefined, { ref: false })]);
    this.events.emit('left');
  }

  /** The lists are held against the record whenever the group is taken. */
  private look(): Promise<void> {
    return (this.looked ??= this.lists.all().then((rows) => this.commits.derived.know(rows)));
  }

  group(): GroupState {
    return this.groupSession.state;
  }

  actorOf(user: string): Actor | null {
    return seatOf(this.groupSession.state, user) ?? null;
  }

  audienceOf(user: string, log: LogName): Audience | null {
    const actor = this.actorOf(user);
    return actor && audienceIn(log, actor, this.groupSession.state, this.catalogue);
  }

  join(user: string, request: JoinRequest): Promise<Admitted | Refusing> {
    return new Promise((resolve) => this.loops.submit(joinJob(this.context, user, request, this.audienceOf(user, request.log ?? this.catalogue.shared.log), resolve)));
  }

  compare(user: string, request: CompareRequest): Promise<CompareAnswer> {
    return new Promise((resolve) => this.loops.submit(compareJob(this.context, user, request, this.audienceOf(user, request.log ?? this.catalogue.shared.log), resolve)));
  }

  update(user: string, request: UpdateRequest): Promise<Updated> {
    return new Promise((resolve) => this.loops.submit(updateJob(this.context, user, request, this.audienceOfRoom(user, request.room), resolve)));
  }

  async perform(user: string, doc: string, received: ReceivedAct, isSignedIn = async () => true): Promise<PerformAnswer> {
    const isLarge = received instanceof Uint8Array, read = isLarge ? await this.reading.large(user, received) : this.reading.small(user, () => readHere(received));
    if (!read.ok) return read;
    if (isLarge && !(await whenBack(isSignedIn))) return SIGNED_OUT;
    const { act, sent } = read;
    if (act.doc !== doc) return BAD_REQUEST;
    const own = ACTS.isPrivate(act.t) ? this.privateAudienceOf(user) : null;
    return reaching(() => this.asked(user, act, sent, own?.party), (asked) => new Promise((resolve) => this.loops.submit(own ? privateActJob(this.context, asked, own, resolve) : actJob(this.context, asked, resolve))));
  }

  async performOnGroup(user: string, sent: SentAct): Promise<PerformAnswer> {
    const act = this.reading.small(user, () => actIn<GroupAct>(sent, groupActSchema) ?? BAD_REQUEST);
    if ('ok' in act) return act;
    return reaching(() => this.asked(user, act, sent), (asked) => this.onSeats({ ...asked, as: null }));
  }

  performByAdministrator(user: string, wish: AdministratorsAct): Promise<PerformAnswer> {
    return this.made(user, wish, { user, role: 'administrator' });
  }

  performByServer(wish: ServersAct): Promise<PerformAnswer> {
    return this.made(SERVER.user, wish, SERVER);
  }

  private made(user: string, wish: ServersAct | AdministratorsAct, as: Actor): Promise<PerformAnswer> {
    const act = { ...wish, v: 1, id: this.fresh() } as GroupAct;
    return this.onSeats({ user, act, sent: writeAct(act, this.fresh()), recorded: null, as });
  }

  private async onSeats(asked: GroupActRequest): Promise<PerformAnswer> {
    const answer = await new Promise<PerformAnswer>((resolve) => this.loops.submit(groupJob(this.context, asked, resolve)));
    if (answer.ok) await this.options.seatsMoved?.();
    return answer;
  }

  /** Also of a group that nobody has. */
  async wakeDue(): Promise<void> {
    if (!await this.lease.claim()) return;
    const group = this.groupSession.state;
    const due = Object.keys(group.asleep).filter((user) => isDue(group, user, this.log.time()));
    for (const user of due) await this.performByServer({ t: 'wakeSeat', user });
  }

  documents(): Promise<readonly DocumentRow[]> {
    return this.lists.rows();
  }

  /** A room that somebody may not read is looked for where all rooms are that do not exist. */
  private audienceOfRoom(user: string, room: RoomName): Audience {
    const log = this.catalogue.logOf(room);
    return (log && this.audienceOf(user, log)) ?? this.catalogue.shared;
  }

  /** The readers of the log of somebody's own party; null for who has none. */
  private privateAudienceOf(user: string): Audience | null {
    const actor = this.actorOf(user);
    return actor && (audiencesOf(actor, this.groupSession.state, this.catalogue).find(({ party }) => party !== null) ?? null);
  }

  private recount(doc: string): Promise<void> {
    this.commits.derived.forget(doc);
    return new Promise((resolve) => this.loops.submit(countJob(doc, resolve)));
  }

  /** An identifier or a salt that nobody has used. */
  private fresh(): string {
    return hex(this.entropy.bytes(16));
  }

  private async asked<A extends DocumentAct | GroupAct>(user: string, act: A, sent: SentAct, party: PartyId | null = null): Promise<ActRequest<A>> {
    return { user, act, sent, recorded: await this.context.performed.recorded(act, party) };
  }
}

/** What an act needs to know of the database before it waits for its turn: while that is away, it waits for it (H12). */
async function reaching<T>(ask: () => Promise<T>, then: (answer: T) => Promise<PerformAnswer>): Promise<PerformAnswer> {
  const answer = await whenBack(ask).catch((error: unknown) => {
    logger.failed('record-unreachable', error);
    return isAway(error) ? BUSY : NOT_SAVED;
  });
  return answer === BUSY || answer === NOT_SAVED ? answer as Refusing : then(answer as T);
}

const BUSY: Refusing = { ok: false, reason: 'busy' };
const NOT_SAVED: Refusing = { ok: false, reason: 'not-saved' };
const BAD_REQUEST: Refusing = { ok: false, reason: 'bad-request' };
const SIGNED_OUT: Refusing = { ok: false, reason: 'signed-out' };
