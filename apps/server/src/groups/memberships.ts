import type { GroupState } from '@parley/negotiation';
import type { Membership } from '../record/membership.store.ts';

/** Everybody who has a place in a group, or is proposed for one. */
export function membershipsIn({ name, seats, asleep, proposed }: GroupState): Omit<Membership, 'group'>[] {
  const seated = Object.values(seats).map(({ user, role, delegation = null }) => ({ user, name, role, delegation, state: Object.hasOwn(asleep, user) ? 'asleep' as const : 'seated' as const }));
  return [...seated, ...Object.values(proposed).map(({ user, role }) => ({ user, name, role, delegation: null, state: 'proposed' as const }))];
}
