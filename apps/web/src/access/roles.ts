import type { GroupState, Role, Seat } from '@parley/negotiation';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';

export const roleName = (role: Role): string => message(`access.role.${role}`);

/** What each role is for, in a line. */
export const rolePurpose = (role: Role): string => message(`access.purpose.${role}`);

/** "Head of delegation, Azure", by the delegation's name; a neutral seat is called by its role alone. */
export const seatCalled = (role: Role, delegation: string | null): string =>
  (delegation === null ? roleName(role) : message('access.seat.ofDelegation', { role: roleName(role), delegation }));

/** The same of a seat in a group. */
export const seatName = ({ role, delegation }: Pick<Seat, 'role' | 'delegation'>, group: GroupState): string => seatCalled(role, delegation === undefined ? null : partyName(group, delegation));

/** "Azure · head": which side somebody sits on and what as, in the least room. */
export const seatInShort = (role: Role, party: string | null): string => message('access.seat.inShort', { role, sided: party === null || role === 'moderator' ? 'no' : 'yes', party: party ?? '' });
