/** By which a process proves that a working group is its own: every time that the group changes hands the number is higher. */
export interface Fence { readonly group: string; readonly holder: string; readonly number: number }

/** Who holds a group, after it was tried to be taken: the asker, under a new number; or somebody else. */
export type Taken = { readonly fence: Fence } | { readonly fence: null };

/** A lease that was prolonged, and who has asked for its group lately. */
export interface Renewed { readonly group: string; readonly wantedBy: string | null }

/** An append by a process whose working group is another's by now. Nothing of it was written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(group: string) {
    super(`the working group ${group} is held by another process`);
  }
}

/**
 * Which process holds which working group, in the database and by the database's clock. Whoever has a lease knows by his own clock, from before he asked for it, how long he
 * may count on it.
 */
export abstract class LeaseStore {
  /** Takes a group that nobody holds, under the next number. */
  abstract take(group: string, holder: string, forMs: number): Promise<Taken>;

  /** Prolongs the leases that are still these; one that is not in the answer has become somebody else's. One that ran out and that nobody took is prolonged too: nothing happened without it. */
  abstract renew(fences: readonly Fence[], forMs: number): Promise<readonly Renewed[]>;

  /** From now on nobody holds the group, if it was still held so; processes that wait for it are told. */
  abstract release(fence: Fence): Promise<void>;

  /** Asks whoever holds a group to hand it over; the wish counts for a moment. */
  abstract ask(group: string, by: string): Promise<void>;
}
