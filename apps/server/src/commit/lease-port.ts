import type { GroupLease, Tenant } from './group-lease.ts';

/** What the rooms of a working group need of its lease. */
export type Lease = Pick<GroupLease, 'serves' | 'lasts' | 'mine' | 'begin' | 'claim' | 'hold' | 'forgone' | 'close'>;

/** Gives the lease of a group to those who keep its rooms. */
export type LeaseFor = (tenant: Tenant) => Lease;
