import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own, seatOf } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import type { Line } from '../right.ts';
import { without } from '../without.ts';

export interface InvitationEnded { readonly e: 'invitationEnded'; readonly link: string }
export const invitationEnded = groupEvent<InvitationEnded>('invitationEnded', (state, { link }) => ({ ...state, invitations: without(state.invitations, link) }));

/** Whoever made it, another head of that delegation, another administrator. */
const mayRevoke: Line = (actor, on) => {
  const invitation = on.link === undefined ? undefined : own(on.group.invitations, on.link);
  const inviter = invitation && seatOf(on.group, invitation.by);
  if (!inviter) return refuse('nothing-pending');
  return inviter.role === actor.role && inviter.delegation === actor.delegation ? granted : refuse('other-delegation');
};

/** An invitation opens nothing any more. */
export const revokeInvitation = groupAct({
  t: 'revokeInvitation', performedBy: 'people', since: 1,
  fields: ({ link }) => ({ link }),
  legible: { link: true },
  right: { roles: ['administrator', 'head'], line: mayRevoke },
  about: ({ link }) => ({ link }),
  events: [invitationEnded],
  decide: ({ link }) => grant([{ e: 'invitationEnded', link }]),
});
