import type { RoomName } from '@parley/negotiation';
import type { Refusal, UpdateAnswer } from '@parley/protocol';
import type { PendingStore } from './pending-store.ts';
import { isPassing, RETRY } from './subscription.ts';
import { Outbox } from './outbox.ts';
import type { Timers, Wire } from './wire.ts';

/** What a sender tells the client. */
export interface SenderContext {
  acknowledged(room: RoomName, answer: UpdateAnswer & { ok: true }): void;
  /** The answer is lost, or both sides are out of step: only a join tells. */
  lost(): void;
  refused(room: RoomName, reason: Refusal): void;
}

/** The same update is brought so often to a server that answers `rejoin`; then it is refused. */
const MAX_ATTEMPTS = 3;

/** Brings local changes to the server: kept first, then sent, one part at a time, whatever the room. */
export class Sender {
  private readonly outboxes = new Map<RoomName, Outbox>();
  private open = false;
  private inFlight = false;
  private attempts = 0;
  /** Answers of an earlier round count for nothing: the join has told what they would have. */
  private round = 0;

  constructor(
    private readonly doc: string, private readonly wire: Wire, private readonly timers: Timers,
    private readonly pending: PendingStore, private readonly context: SenderContext,
  ) {}

  /** Local changes not acknowledged, in all rooms. */
  get changes(): number {
    return [...this.outboxes.values()].reduce((n, outbox) => n + outbox.changes, 0);
  }

  waiting(room: RoomName): Uint8Array[] {
    return this.outboxes.get(room)?.all() ?? [];
  }

  rooms(): RoomName[] {
    return [...this.outboxes].filter(([, outbox]) => outbox.changes > 0).map(([room]) => room);
  }

  add(room: RoomName, update: Uint8Array): void {
    const outbox = this.outbox(room);
    outbox.add(update);
    this.pending.keep(room, update, () => outbox.all());
    this.sendNext();
  }

  /** From now on exactly `update` is what the server lacks in the room. */
  reset(room: RoomName, update: Uint8Array | null): void {
    this.outbox(room).reset(update);
    this.pending.replace(room, this.waiting(room));
  }

  /** Nothing of the room is sent or kept any more. */
  forget(room: RoomName): void {
    this.outboxes.delete(room);
    this.pending.replace(room, []);
  }

  pause(): void {
    this.open = false;
    this.inFlight = false;
    this.round += 1;
  }

  resume(): void {
    this.open = true;
    this.sendNext();
  }

  private outbox(room: RoomName): Outbox {
    const found = this.outboxes.get(room) ?? new Outbox();
    this.outboxes.set(room, found);
    return found;
  }

  private sendNext(): void {
    if (!this.open || this.inFlight) return;
    for (const [room, outbox] of this.outboxes) {
      const update = outbox.next();
      if (update) return this.send(room, outbox, update);
    }
  }

  private send(room: RoomName, outbox: Outbox, update: Uint8Array): void {
    const round = this.round;
    this.inFlight = true;
    this.wire.update({ doc: this.doc, room, update }).then(
      (answer) => round === this.round && this.answered(room, outbox, answer),
      () => round === this.round && this.context.lost(),
    );
  }

  private answered(room: RoomName, outbox: Outbox, answer: UpdateAnswer): void {
    if (!answer.ok) return this.declined(room, answer.reason, answer.rejoin === true);
    this.inFlight = false;
    this.attempts = 0;
    outbox.acknowledged();
    this.pending.replace(room, outbox.all());
    this.context.acknowledged(room, answer);
    this.sendNext();
  }

  private declined(room: RoomName, reason: Refusal, rejoin: boolean): void {
    if (rejoin || reason === 'out-of-step') {
      this.attempts += 1;
      if (this.attempts < MAX_ATTEMPTS) return this.context.lost();
    } else if (isPassing(reason)) return this.retryLater();
    if (reason === 'too-long' && this.outboxes.get(room)?.divide()) return this.retry();
    this.attempts = 0;
    this.context.refused(room, reason);
  }

  private retry(): void {
    this.inFlight = false;
    this.sendNext();
  }

  private retryLater(): void {
    const round = this.round;
    this.timers.after(RETRY, () => {
      if (round === this.round) this.retry();
    });
  }
}
