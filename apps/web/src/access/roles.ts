import { type GroupState, partyName, type Role, type Seat } from '@parley/negotiation';

export const ROLE_NAME: Readonly<Record<Role, string>> = {
  negotiator: 'Negotiator', head: 'Head of delegation', moderator: 'Moderator', auditor: 'Auditor', observer: 'Observer', administrator: 'Administrator',
};

/** What each role is for, in a line. */
export const ROLE_PURPOSE: Readonly<Record<Role, string>> = {
  negotiator: 'writes the delegation’s position',
  head: 'also accepts, declines, agrees and invites the members',
  moderator: 'opens documents, writes the chair’s text, approves agreed text',
  auditor: 'reads everything shared, at any instant',
  observer: 'reads the shared text',
  administrator: 'invites the first heads, proposes the neutral seats; no access to content',
};

/** "Head of delegation, Azure"; a neutral seat is called by its role alone. */
export const seatName = ({ role, delegation }: Pick<Seat, 'role' | 'delegation'>, group: GroupState): string =>
  (delegation === undefined ? ROLE_NAME[role] : `${ROLE_NAME[role]}, ${partyName(group, delegation)}`);
