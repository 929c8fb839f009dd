import type { Role } from '@parley/negotiation';

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
