import { type Actor, type DocumentState, type GroupState, type LogName, type RoomName, ROOMS, type Rooms } from '@parley/negotiation';
import type { Caret, Joined, Presence, Refusal, Returned, Commit, UpdateAnswer } from '@parley/protocol';
import { type Edit, type RoomView, type Text, writeEdits } from '@parley/text';
import type * as Y from 'yjs';
import { Carets } from './carets.ts';
import { CopyCheck } from './copy-check.ts';
import { Emitter } from './emitter.ts';
import { UnconfirmedWords } from './unconfirmed-words.ts';
import { restorePending, type PendingUpdates, pendingIn, wordsOfOthers } from './pending-updates.ts';
import { PendingStore } from './pending-store.ts';
import { Subscription } from './subscription.ts';
import { AT_ONCE, type ClientEvents, type ClientOptions } from './options.ts';
import { noLongerWritten, ReplacedRooms } from './replaced-rooms.ts';
import { type LastEdits, type LocalRoom, Replica } from './replica.ts';
import { type End, SaveState } from './save-state.ts';
import { Sender } from './sender.ts';
import type { HandedBack, Status } from './status.ts';
import { typedBy, type Words } from './typed.ts';
import { asTyped, lacking, onlyDeletes } from './updates.ts';
import type { PendingRoom } from './wire.ts';

/**
 * The one client of a document's rooms, as far as they are kept in one log; whoever reads several has one for each, with an epoch and a count of its own. Browser, demo, tests and bench use this one. It keeps what is typed, sends it, applies whole commits, and joins again
 * whenever it might have missed something. It writes the own room only, and nothing typed is silently lost. Rules S1.. in SPEC.md.
 */
export class DocumentClient {
  /** The log whose rooms these are. */
  readonly log: LogName;
  private readonly emitter = new Emitter<ClientEvents>();
  private readonly replica: Replica;
  private readonly subscription: Subscription;
  private readonly sender: Sender;
  private readonly pending: PendingStore;
  private readonly replaced: ReplacedRooms;
  private readonly carets: Carets;
  private readonly check: CopyCheck;
  private readonly saving: SaveState;
  private readonly stopListening: (() => void)[] = [];
  /** What earlier sessions kept, until the first join. */
  private kept: readonly PendingRoom[] = [];
  /** Words under way that a commit has struck; what becomes of them the acknowledgement says, or nobody. */
  private struck: { readonly room: RoomName; readonly returned: readonly Returned[] }[] = [];
  private people: readonly Presence[] = [];
  private first: { resolve(): void; reject(error: Error): void } | null = null;

  constructor(private readonly options: ClientOptions) {
    const { doc, user, wire, store, clientId, timers = AT_ONCE, rooms = ROOMS } = options, log = this.log = options.log ?? rooms.shared.log;
    this.replica = new Replica(doc, user, { clientId, typed: (room, update) => this.typed(room, update) }, rooms, log);
    // What was kept for a room that no kind has any more is brought, or given back, where everybody is.
    this.pending = new PendingStore(store, doc, (room) => (rooms.logOf(room as RoomName) ?? rooms.shared.log) === log, () => this.updateStatus());
    this.subscription = new Subscription(wire, timers, {
      request: () => ({ doc, log, have: this.replica.have(this.replaced.anew), ...(this.replica.epoch && { epoch: this.replica.epoch }) }),
      absorb: (joined) => this.absorb(joined),
      take: (commit) => this.take(commit),
      refused: (reason) => this.finish({ reason, refused: true }),
      changed: () => this.unjoined(),
    });
    this.sender = new Sender(doc, wire, timers, this.pending, {
      acknowledged: (room, answer) => this.delivered(room, answer),
      lost: () => this.subscription.join(),
      refused: (room, reason) => this.refused(room, reason),
    });
    this.replaced = new ReplacedRooms(this.sender, (reason) => this.saving.refuse(reason));
    this.carets = new Carets(timers, (caret) => {
      if (this.subscription.joined) wire.presence(doc, log, caret);
      return this.subscription.joined;
    });
    const { subscription, sender, pending, replica, replaced } = this;
    this.check = new CopyCheck(options.timers, wire, {
      get joined() { return subscription.joined; },
      // Everything here is the server's, as far as this client knows.
      copies: () => (subscription.settled && sender.changes === 0 ? { doc, log, entry: this.entry, rooms: replica.digests() } : null),
      hasReceived: (entry) => entry <= subscription.lastReceived(this.entry),
      differ: (copies) => {
        replaced.replaceDiffering(copies, this.ownRoom);
        this.emitter.emit('differed', copies);
      },
      join: () => subscription.join(),
    });
    this.saving = new SaveState({
      get connected() { return wire.connected; }, get joined() { return subscription.joined; }, get entry() { return replica.entry; },
      get pending() { return sender.changes; }, get kept() { return !pending.failed; },
    }, (status) => this.emitter.emit('status', status));
  }

  /** Loads what earlier sessions kept and joins. Resolves once joined for the first time, also when that takes a day; rejects with `RoomRefused`. */
  async start(): Promise<void> {
    const { wire, doc } = this.options, isHere = (message: { readonly doc: string; readonly log: LogName }) => message.doc === doc && message.log === this.log;
    this.kept = await this.pending.load();
    if (this.saving.end) throw this.saving.endedError;
    this.stopListening.push(
      wire.onCommit((commit) => isHere(commit) && this.subscription.receive(commit)),
      wire.onPresence((now) => isHere(now) && this.updatePeople(now.people)),
      wire.onRejoin((which) => isHere(which) && this.subscription.join()),
      wire.onConnection((connected) => {
        this.subscription.connection(connected);
        this.updateStatus();
      }),
      wire.onClosing((reason) => this.finish({ reason, refused: false })),
    );
    const joined = new Promise<void>((resolve, reject) => (this.first = { resolve, reject }));
    this.subscription.join();
    this.check.start();
    this.updateStatus();
    await joined;
  }

  /** Leaves. What is not acknowledged stays in the store. */
  async stop(): Promise<void> {
    const { wire, doc } = this.options;
    // At once: a later client on the same wire may be joining already.
    const left = this.subscription.joined && wire.connected ? wire.leave(doc, this.log).catch(() => undefined) : undefined;
    this.finish({ refused: false });
    await this.pending.idle();
    await left;
  }

  get joined(): boolean { return this.subscription.joined; }
  get document(): DocumentState { return this.replica.document; }
  get group(): GroupState { return this.replica.group; }
  get actor(): Actor { return this.replica.actor; }
  /** The last entry of the log applied here. */
  get entry(): number { return this.replica.entry; }
  /** The room this person writes in: the working paper while drafting, then the own party's position; null for readers. */
  get ownRoom(): RoomName | null { return this.replica.ownRoom; }
  get lastEdits(): LastEdits { return this.replica.lastEdits; }
  get presence(): readonly Presence[] { return this.people; }

  /** Only the own room's may be written. */
  doc(room: RoomName): Y.Doc | undefined { return this.replica.rooms.get(room)?.doc; }
  view(room: RoomName): RoomView | undefined { return this.replica.rooms.get(room)?.view; }
  text(room: RoomName): Text { return this.replica.text(room); }
  texts(): Rooms { return this.replica.texts(); }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): () => void {
    return this.emitter.on(event, listener);
  }

  /** While an input method composes or the mouse selects: what the server says waits before the Y.Docs; sending goes on. */
  hold(): void { this.subscription.hold(); }
  release(): void { this.subscription.release(); }

  /** Whether words stand on the screen that are not in the room yet. While some do, nothing is saved. */
  holdAside(aside: boolean): void { this.saving.holdAside(aside); }

  setCaret(caret: Caret | null): void { this.carets.set(caret); }

  /** Writes into the own room, as its member would by typing. */
  edit(edits: readonly Edit[]): void {
    const doc = this.ownRoom && this.doc(this.ownRoom);
    if (!doc || !this.options.random) throw new RangeError(doc ? 'ranks need a source of randomness' : 'there is no room to write in');
    writeEdits(doc, edits, this.options.random, this);
  }

  /** Resolves with the entry once everything local is acknowledged; rejects when some of it was refused, or the end comes first. */
  saved(): Promise<number> { return this.saving.saved(); }

  /** What was typed here and is not acknowledged: for the tray, when there is no more hope. */
  undelivered(): { readonly room: RoomName; readonly words: readonly Words[] }[] {
    return this.sender.rooms().map((room) => ({ room, words: this.wordsOf(room) }));
  }

  get status(): Status { return this.saving.status; }

  private typed(room: LocalRoom, update: Uint8Array): void {
    this.check.restart();
    if (room.name === this.ownRoom && this.replica.rooms.get(room.name) === room && !this.saving.end) {
      this.sender.add(room.name, update);
      this.updateStatus();
    } else if (this.options.strict && !onlyDeletes(update)) throw new RangeError(`nobody writes in ${room.name} here`);
  }

  private take(commit: Commit): boolean {
    this.check.restart();
    const { stage } = this.document;
    const before = this.ownRoom;
    const unconfirmed = before && UnconfirmedWords.beforeCommit(before, commit.rooms[before] ?? [], this.replica, this.sender.waiting(before));
    const result = this.replica.take(commit);
    if (result !== 'applied') return result === 'known';
    const struck = unconfirmed?.vanished(this.replica) ?? [];
    if (struck.length > 0) this.struck.push({ room: before!, returned: struck });
    if (before !== null && before !== this.ownRoom) this.leave(before);
    if (stage !== this.document.stage) this.emitter.emit('stage', this.document.stage);
    this.emitter.emit('commit', commit);
    // What one wrote in a closed document is still read: it is had anew, as a room in which nobody writes.
    if (this.document.stage === 'closed' && stage !== 'closed') this.subscription.join();
    this.updateStatus();
    return true;
  }

  private leave(name: RoomName): void {
    const room = this.replica.release(name);
    if (room) this.replaced.leave(room);
  }

  private absorb(joined: Joined): void {
    this.check.joined();
    const { stage } = this.document;
    const kept = pendingIn(joined.epoch, this.kept);
    if (joined.epoch !== this.replica.epoch) this.begin(joined.epoch);
    const { anew } = this.replaced;
    const unconfirmed = UnconfirmedWords.before(joined, this.replica, (room) => (anew.has(room) ? [] : [...(kept.get(room) ?? []), ...this.sender.waiting(room)]));
    const held = new Set([...this.replica.rooms.keys()].filter((room) => !anew.has(room)));
    const out = this.replica.absorb(joined, anew);
    this.people = joined.presence;
    const handed = [...this.replaced.discard(out, joined), ...wordsOfOthers(joined.epoch, this.kept), ...restorePending(kept, this.replica, joined)];
    this.compare(joined, held, kept);
    this.kept = [];
    for (const room of this.sender.rooms()) if (room !== this.ownRoom) this.replaced.replaceAll([room], noLongerWritten(room, joined.document));
    this.emitJoined(stage, handed);
    for (const back of this.struck.splice(0)) this.emitter.emit('returned', back);
    const returned = unconfirmed?.vanished(this.replica) ?? [];
    if (returned.length > 0) this.emitter.emit('returned', { room: unconfirmed!.room, returned });
    for (const name of kept.keys()) if (name !== this.ownRoom) this.pending.replace(name, []);
    this.pending.leaveOthers();
    if (this.replaced.anew.size > 0) return this.subscription.join();
    this.sender.resume();
    this.carets.renew();
    this.updateStatus();
  }

  /** The server has another history than the copies here: all of them are had anew, and what was not delivered goes back to its author. */
  private begin(epoch: string): void {
    this.replaced.beginAnew(this.replica.rooms.keys());
    this.saving.beginAnew();
    this.pending.begin(epoch);
  }

  /** What the server lacks of the own room is what remains to be sent: that covers offline work and lost acknowledgements alike. */
  private compare(joined: Joined, held: ReadonlySet<RoomName>, earlier: PendingUpdates): void {
    const own = this.ownRoom;
    const room = own && this.replica.rooms.get(own);
    const state = own && joined.rooms[own];
    if (!room || !state) return;
    const typed = [...(earlier.get(room.name) ?? []), ...this.sender.waiting(room.name)], kept = typed.length > 0 || earlier.has(room.name);
    // Nobody has written in a room that was not here.
    const missing = asTyped(kept || held.has(room.name) ? lacking(room.doc, state) : null, typed, room.doc, state);
    if (missing || kept) this.sender.reset(room.name, missing);
  }

  private emitJoined(stage: DocumentState['stage'], handed: readonly HandedBack[]): void {
    if (stage !== this.document.stage) this.emitter.emit('stage', this.document.stage);
    for (const back of handed) this.emitter.emit('refused', back);
    this.emitter.emit('joined', undefined);
    this.emitter.emit('presence', this.people);
    this.first?.resolve();
    this.first = null;
  }

  private wordsOf(name: RoomName): Words[] {
    const room = this.replica.rooms.get(name) ?? this.replaced.leftBehind(name);
    return room ? typedBy(this.sender.waiting(name), room.doc) : [];
  }

  private delivered(room: RoomName, answer: UpdateAnswer & { ok: true }): void {
    this.saving.acknowledge(answer.entry);
    this.struck = [];
    if (answer.returned.length > 0) this.emitter.emit('returned', { room, returned: answer.returned });
    this.replaced.delivered(room);
    // The commit of an entry comes before its acknowledgement: if it did not, it is lost.
    if (answer.entry > this.subscription.lastReceived(this.entry)) this.subscription.join();
    this.updateStatus();
  }

  private refused(name: RoomName, reason: Refusal): void {
    const handed = this.replaced.refused(name, reason);
    if (!handed) {
      this.replaced.replaceAll([name], reason);
      return this.subscription.join();
    }
    this.sender.pause();
    this.sender.resume();
    for (const back of handed) this.emitter.emit('refused', back);
    this.updateStatus();
  }

  private unjoined(): void {
    this.sender.pause();
    this.updateStatus();
  }

  private updatePeople(people: readonly Presence[]): void {
    this.people = people;
    this.emitter.emit('presence', people);
  }

  private finish(end: End): void {
    if (this.saving.end) return;
    this.saving.finish(end);
    for (const off of this.stopListening) off();
    this.subscription.end();
    this.sender.pause();
    this.carets.stop();
    this.check.stop();
    this.first?.reject(this.saving.endedError);
    this.first = null;
    this.emitter.emit('closed', end.reason);
  }

  private updateStatus(): void { this.saving.update(); }
}
