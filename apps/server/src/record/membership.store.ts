import type { Role } from '@parley/negotiation';
import type { Fence } from './lease.store.ts';

/** One person's place in one working group, as acts have made it. `name`: the group's. `asleep`: the account was reset, and nobody has confirmed it. `proposed`: heads have yet to accept it. */
export interface Membership {
  readonly user: string; readonly group: string; readonly name: string; readonly role: Role; readonly delegation: string | null; readonly state: 'seated' | 'asleep' | 'proposed';
}

/** In which groups a person has a place: by this alone somebody's groups are found. It gives nobody a right: every group asks its own seats. */
export abstract class MembershipStore {
  /** By the group's name. */
  abstract of(user: string): Promise<readonly Membership[]>;
  /** Somebody's place in a group; null for none, be it that there is no such group. */
  abstract at(user: string, group: string): Promise<Membership | null>;
  /** Of everybody, by user. */
  abstract all(): Promise<readonly Membership[]>;
  /** Whether there is any. */
  abstract any(): Promise<boolean>;
  /** Sets all places in a group; none, when the group is another's than the fence says. */
  abstract put(group: string, places: readonly Omit<Membership, 'group'>[], fence: Fence): Promise<void>;
}
