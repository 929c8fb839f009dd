import { type Fence, LeaseLost, type LeaseStore } from '../record/lease.store.ts';
import { logger } from '../logger.ts';

/** All in milliseconds. */
export interface LeaseTimes {
  /** How long a lease lasts by the database's clock; the holder counts on less of it by his own. */
  readonly lastsMs: number;
  readonly marginMs: number;
  /** How often it is prolonged. */
  readonly renewMs: number;
  /** Whoever has just taken a group for somebody keeps it so long, whoever asks: else two that are both asked for it would pass it to and fro. */
  readonly tenureMs: number;
  /** So long a request waits for a group, and so often its process asks for it. */
  readonly waitMs: number;
  readonly askMs: number;
}

export const LEASE_TIMES: LeaseTimes = { lastsMs: 2_000, marginMs: 200, renewMs: 500, tenureMs: 10_000, waitMs: 1_000, askMs: 100 };

/** What a lease goes by. `now`: of a clock that runs evenly, also while the process does not. `pause` resolves after so long. `tell`: a line for the operator. */
export interface LeaseParts {
  readonly store: LeaseStore; readonly holder: string; readonly now: () => number; readonly pause: (milliseconds: number) => Promise<void>; readonly times: LeaseTimes;
  readonly tell?: (event: 'group taken' | 'group handed over' | 'group lost', facts: { readonly group: string; readonly fence: number }) => void;
}

/** What is done with a group in this process. */
export interface Tenant {
  /** The group is held from now on: what is known of it is read anew. Until this resolves nothing of it is served. */
  enter(): Promise<void>;
  /** Nothing of the group is served any more. The commit under way ends; `orderly`: and what is open is kept, since it is still held. Afterwards nothing of it is in memory. */
  leave(orderly: boolean): Promise<void>;
}

/** Whether this process has one working group: taken, prolonged, asked for, handed over and lost. */
export class GroupLease {
  private held: Fence | null = null;
  private entered = false;
  /** Until when it counts, and since when it is held for somebody who asked for it, by the own clock. */
  private until = -Infinity;
  private since = -Infinity;
  private closed = false;
  private leaving: Promise<void> | null = null;
  private coming: Promise<boolean> | null = null;
  private taking: Promise<boolean> | null = null;
  private entering: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;

  constructor(readonly group: string, private readonly parts: LeaseParts, private readonly tenant: Tenant) {}

  /** Whether what is asked of the group now may be answered here. */
  get serves(): boolean {
    return this.leaving === null && this.lasts;
  }

  /** Whether nobody else can have the group at this instant. While it is being left what was begun is still ended. */
  get lasts(): boolean {
    return this.held !== null && this.entered && this.parts.now() < this.until;
  }

  /** Whether the group is this process's as far as it knows: when the lease has run out meanwhile, that is found out before anything is answered. */
  get mine(): boolean {
    return this.held !== null && this.entered;
  }

  /** Under which the group's logs are written. Throws `LeaseLost` where there is none. */
  fence(): Fence {
    if (!this.held) throw new LeaseLost(this.group);
    return this.held;
  }

  /** The lease, when it is to be prolonged. */
  get toRenew(): Fence | null {
    return this.held;
  }

  /** Takes the group if nobody has it; asks nobody for it. Whether it is served here then. Rejects when the database does not answer. */
  async claim(): Promise<boolean> {
    return this.serves || (!this.closed && this.take());
  }

  /** The same at the start of a process: waits for as long as a lease lasts, which may be that of one who has died. */
  async begin(): Promise<boolean> {
    const { now, times } = this.parts;
    for (const until = now() + times.lastsMs + times.marginMs; ; await this.waited(times.askMs)) if (await this.claim() || now() >= until) return this.serves;
  }

  /** The same for a request: asks whoever holds the group to hand it over, and waits for that a second. */
  hold(): Promise<boolean> {
    if (this.serves) {
      this.asked();
      return YES;
    }
    return (this.coming ??= this.come().finally(() => { this.coming = null; }));
  }

  /** The row of the lease has changed: whoever waits for it looks. */
  rowChanged(): void {
    this.wake();
  }

  /** What came of prolonging `fence`, asked for at `began`; null: it is somebody else's. */
  renewed(fence: Fence, began: number, row: { readonly wantedBy: string | null } | null): void {
    if (this.held !== fence) return;
    if (!row) return this.lost(fence);
    const { now, times } = this.parts;
    this.until = Math.max(this.until, began + times.lastsMs - times.marginMs);
    if (row.wantedBy !== null && this.entered && now() - this.since >= times.tenureMs) void this.end(true);
  }

  /** An append was refused: the group has been another's since. */
  forgone(): void {
    if (this.held) this.lost(this.held);
  }

  private lost(fence: Fence): void {
    if (this.held === fence) void this.end(false);
  }

  /** Lets the group go in good order; from here on it is not taken. */
  async close(): Promise<void> {
    this.closed = true;
    await this.taking?.catch(() => undefined);
    if (this.held) await this.end(true);
    await this.leaving;
  }

  private end(orderly: boolean): Promise<void> {
    return (this.leaving ??= this.left(orderly).finally(() => { this.leaving = null; }));
  }

  private async left(orderly: boolean): Promise<void> {
    const fence = this.held!;
    if (!orderly) this.held = null;
    await this.entering.catch(() => undefined);
    await this.tenant.leave(orderly).catch((error: unknown) => logger.failed('group-not-left', error, { group: this.group }));
    this.held = null;
    this.entered = false;
    this.parts.tell?.(orderly ? 'group handed over' : 'group lost', { group: this.group, fence: fence.number });
    // When this fails the lease runs out by itself.
    if (orderly) await this.parts.store.release(fence).catch((error: unknown) => logger.failed('lease-not-released', error, { group: this.group }));
  }

  private async come(): Promise<boolean> {
    const { store, holder, now, times } = this.parts, until = now() + times.waitMs;
    for (;;) {
      if (this.closed) return false;
      if (await this.take()) {
        this.asked();
        return true;
      }
      if (this.held === null) await store.ask(this.group, holder);
      const left = until - now();
      if (left <= 0) return false;
      await this.waited(Math.min(times.askMs, left));
    }
  }

  /** Somebody is served from here on: what was taken unasked is so no more. */
  private asked(): void {
    if (this.since === -Infinity) this.since = this.parts.now();
  }

  private take(): Promise<boolean> {
    return (this.taking ??= this.taken().finally(() => { this.taking = null; }));
  }

  /** Takes the group, or finds that it is still held here, and reads what is known of it. */
  private async taken(): Promise<boolean> {
    await this.leaving;
    const { store, holder, now, times } = this.parts, began = now();
    if (this.held) {
      const fence = this.held, [row] = await store.renew([fence], times.lastsMs);
      this.renewed(fence, began, row ?? null);
    } else {
      const { fence } = await store.take(this.group, holder, times.lastsMs);
      if (!fence) return false;
      this.held = fence;
      this.since = this.coming ? now() : -Infinity;
      this.until = began + times.lastsMs - times.marginMs;
    }
    if (this.held && !this.entered && !this.leaving) await this.enter(this.held);
    return this.serves;
  }

  private async enter(fence: Fence): Promise<void> {
    this.entering = this.tenant.enter();
    await this.entering;
    this.entered = this.held === fence;
    this.parts.tell?.('group taken', { group: this.group, fence: fence.number });
  }

  /** Until it is told of a change, and no longer than that. */
  private async waited(milliseconds: number): Promise<void> {
    const told = new Promise<void>((resolve) => { this.wake = resolve; });
    await Promise.race([told, this.parts.pause(milliseconds)]);
  }
}

const YES = Promise.resolve(true);
