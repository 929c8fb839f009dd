import type { Refusal } from '@parley/protocol';
import { equalStatus, RoomRefused, type Status } from './status.ts';
import { Waiters } from './waiters.ts';

/** What the state of saving is made of. */
export interface SaveStateSources {
  readonly connected: boolean;
  readonly joined: boolean;
  /** The last entry applied here. */
  readonly entry: number;
  /** Local changes that are not acknowledged. */
  readonly pending: number;
  /** Whether the device could keep all of them. */
  readonly kept: boolean;
}

/** Why a client ended; `refused`: asking again would not change it. */
export interface End { readonly reason?: Refusal; readonly refused: boolean }

/** What may be said of saving at every moment, and those who wait until all is saved. */
export class SaveState {
  private acknowledged = -1;
  private aside = false;
  private ended: End | null = null;
  private lastStatus: Status;
  private readonly waiters = new Waiters();

  /** `changed` is called with every status that is another than the one before. */
  constructor(private readonly sources: SaveStateSources, private readonly changed: (status: Status) => void) {
    this.lastStatus = this.status;
  }

  get end(): End | null {
    return this.ended;
  }

  get status(): Status {
    const { sources: { entry, pending, kept }, ended } = this;
    return { state: this.state(pending), entry: Math.max(entry, this.acknowledged), pending, kept, ...(ended?.reason && { reason: ended.reason }) };
  }

  /** Resolves with the entry once everything local is acknowledged; rejects when some of it was refused, or the end comes first. */
  saved(): Promise<number> {
    if (this.ended) return Promise.reject(this.endedError);
    const saved = this.waiters.wait();
    this.settle();
    return saved;
  }

  /** The error of whoever waits for something that the end has made impossible. */
  get endedError(): RoomRefused {
    return new RoomRefused(this.ended?.reason ?? 'access-changed');
  }

  acknowledge(entry: number): void {
    this.acknowledged = Math.max(this.acknowledged, entry);
  }

  /** Another history has begun: what was acknowledged in the one before says nothing. */
  beginAnew(): void {
    this.acknowledged = -1;
  }

  /** Whether words stand on the screen that are not in the room yet (S40). */
  holdAside(aside: boolean): void {
    this.aside = aside;
    this.update();
  }

  /** Some of what was to be saved was refused. */
  refuse(reason: Refusal): void {
    this.waiters.reject(new RoomRefused(reason));
  }

  finish(end: End): void {
    this.ended = end;
    this.waiters.reject(this.endedError);
    this.update();
  }

  /** Something that the status is made of may have changed. */
  update(): void {
    const now = this.status;
    if (!equalStatus(now, this.lastStatus)) {
      this.lastStatus = now;
      this.changed(now);
    }
    this.settle();
  }

  private state(pending: number): Status['state'] {
    if (this.ended) return this.ended.refused ? 'refused' : 'closed';
    if (!this.sources.connected) return 'offline';
    if (!this.sources.joined) return 'joining';
    return pending > 0 || this.aside ? 'saving' : 'saved';
  }

  private settle(): void {
    const { joined, pending, entry } = this.sources;
    if (joined && pending === 0 && !this.aside) this.waiters.resolve(Math.max(entry, this.acknowledged));
  }
}
