import { groupAct } from '../act-definition.ts';
import { refuse } from '../refusal.ts';
import { seated } from './take-seat.ts';

/** Before there were invitations somebody was seated by one act. It is read, and performed no more. */
export const appoint = groupAct({
  t: 'appoint', performedBy: 'nobody', since: 1,
  fields: ({ id, role }) => ({ user: id, role, delegation: id.optional() }),
  legible: { user: true, role: true, delegation: true },
  right: { roles: [] },
  events: [seated],
  decide: () => refuse('role-forbids'),
});
