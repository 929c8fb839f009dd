import { type Fence, LeaseLost } from '../record/lease.store.ts';
import { GroupLease, type LeaseParts, type Tenant } from './group-lease.ts';
import { logger } from '../logger.ts';

/** What is told of leases: that the row of one has changed, and that something may have been missed. */
export interface LeaseNews {
  onLease(listener: (group: string) => void): void;
  onMissed(listener: () => void): void;
}

/** The leases of this process, by working group. All of them are prolonged by one statement. */
export class GroupLeases {
  private readonly leases = new Map<string, GroupLease>();
  private under: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(private readonly parts: LeaseParts, news: LeaseNews) {
    news.onLease((group) => this.rowChanged(group));
    news.onMissed(() => { for (const group of this.leases.keys()) this.rowChanged(group); });
  }

  /** The lease of a group, which begins as not held. */
  of(group: string, tenant: Tenant): GroupLease {
    if (this.leases.has(group)) throw new RangeError('a group has one lease in a process');
    const lease = new GroupLease(group, this.parts, tenant);
    this.leases.set(group, lease);
    return lease;
  }

  /** Under which the logs of a group are written. Throws `LeaseLost` where it is not held. */
  fence(group: string): Fence {
    const lease = this.leases.get(group);
    if (!lease) throw new LeaseLost(group);
    return lease.fence();
  }

  /** Prolongs what is held, for as long as it is not closed. */
  async tend(): Promise<void> {
    while (!this.closed) {
      await this.renew();
      await this.parts.pause(this.parts.times.renewMs);
    }
  }

  /** Hands over everything in good order; from here on nothing is taken. */
  async close(): Promise<void> {
    await Promise.all([...this.leases.values()].map((lease) => lease.close()));
    this.closed = true;
  }

  private rowChanged(group: string): void {
    const lease = this.leases.get(group);
    lease?.rowChanged();
    if (lease?.toRenew) void this.renew();
  }

  /** One at a time; what is asked for meanwhile is done once more after it. */
  private renew(): Promise<void> {
    if (this.under) {
      this.again = true;
      return this.under;
    }
    return (this.under = this.prolong().finally(() => {
      this.under = null;
      if (this.again && !this.closed) void this.renew();
      this.again = false;
    }));
  }

  private async prolong(): Promise<void> {
    this.again = false;
    const { store, now, times } = this.parts, began = now(), held = [...this.leases.values()].flatMap((lease): [GroupLease, Fence][] => (lease.toRenew ? [[lease, lease.toRenew]] : []));
    if (held.length === 0) return;
    try {
      const rows = new Map((await store.renew(held.map(([, fence]) => fence), times.lastsMs)).map((row) => [row.group, row]));
      for (const [lease, fence] of held) lease.renewed(fence, began, rows.get(fence.group) ?? null);
    } catch (error) {
      logger.failed('leases-not-renewed', error, { groups: held.length });
    }
  }
}
