import type { Fence, Renewed, Taken } from '../../apps/server/src/record/lease.store.ts';

const WISH_MS = 2_000;

interface Row { holder: string; number: number; expires: number; wantedBy: string | null; wantedAt: number }

/** The table of leases in memory, each question answered at once. `now`: the database's clock. */
export class LeaseRows {
  readonly rows = new Map<string, Row>();

  constructor(private readonly now: () => number) {}

  take(group: string, holder: string, forMs: number): Taken {
    const row = this.rows.get(group), now = this.now();
    if (row && row.expires >= now && row.expires <= now + forMs) return { fence: null };
    const number = (row?.number ?? 0) + 1;
    this.rows.set(group, { holder, number, expires: now + forMs, wantedBy: null, wantedAt: -Infinity });
    return { fence: { group, holder, number } };
  }

  renew(fences: readonly Fence[], forMs: number): Renewed[] {
    return fences.flatMap((fence) => {
      const row = this.of(fence);
      if (!row) return [];
      row.expires = this.now() + forMs;
      return [{ group: fence.group, wantedBy: row.wantedAt > this.now() - WISH_MS ? row.wantedBy : null }];
    });
  }

  /** True when it was held so. */
  release(fence: Fence): boolean {
    const row = this.of(fence);
    if (row) row.expires = -Infinity;
    return row !== null;
  }

  ask(group: string, by: string): boolean {
    const row = this.rows.get(group);
    if (!row || row.holder === by) return false;
    row.wantedBy = by;
    row.wantedAt = this.now();
    return true;
  }

  /** Whether it is the group's fence now. */
  stands(fence: Fence): boolean {
    return this.of(fence) !== null;
  }

  private of({ group, holder, number }: Fence): Row | null {
    const row = this.rows.get(group);
    return row?.holder === holder && row.number === number ? row : null;
  }
}
