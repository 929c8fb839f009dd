import type { PartyId } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { type GroupState, headsOf, own, seatOf } from '../group.ts';
import { NEUTRAL, type Role } from '../party.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { type Line, permitted } from '../right.ts';
import { inTime, isKnown, OPEN_INVITATIONS } from '../seats.ts';
import { only } from '../without.ts';

interface Invited { readonly e: 'invited'; readonly link: string; readonly role: Role; readonly delegation?: PartyId }
/** Invitations that nobody can open any more go with the next that is made. */
export const invited = groupEvent<Invited>('invited', (state, { e: _e, ...invitation }, mark) => {
  const open = only(state.invitations, ({ at }) => inTime(at, mark.at));
  return { ...state, invitations: { ...open, [invitation.link]: { ...invitation, by: mark.user, at: mark.at } } };
});

const mayInvite: Line = (actor, on) => {
  if (!on.role) return granted;
  const side = actor.role === 'head' ? actor.delegation : undefined;
  if (NEUTRAL.includes(on.role)) return actor.role === 'administrator' && on.delegation === undefined ? granted : refuse('role-forbids');
  if (!on.group.delegations.some((d) => d.id === on.delegation)) return refuse('not-found');
  if (side !== undefined) return on.delegation === side ? granted : refuse('other-delegation');
  if (headsOf(on.group, on.delegation!).length > 0) return refuse('delegation-has-head');
  return on.role === 'head' ? granted : refuse('delegation-needs-head');
};

/** A one-time link to a seat, known by the SHA-256 of its secret. */
export const invite = groupAct({
  t: 'invite', performedBy: 'people', since: 1,
  fields: ({ link, role, id }) => ({ link, role, delegation: id.optional() }),
  legible: { link: true, role: true, delegation: true },
  right: { roles: ['administrator', 'head'], line: mayInvite },
  about: ({ link, role, delegation }) => ({ link, role, delegation }),
  events: [invited],
  decide({ link, role, delegation }, { actor, group, at }) {
    if (isKnown(group, link)) return refuse('move-not-open');
    const open = Object.values(group.invitations).filter((invitation) => invitation.by === actor.user && inTime(invitation.at, at));
    if (open.length >= OPEN_INVITATIONS) return refuse('too-many-links');
    return grant([{ e: 'invited', link, role, ...(delegation !== undefined && { delegation }) }]);
  },
});

/** What an invitation opens now: nothing once it is old, or when whoever made it could not make it any more. */
export function openInvitation(group: GroupState, link: string, at: number): GroupState['invitations'][string] | undefined {
  const invitation = own(group.invitations, link);
  const inviter = invitation && seatOf(group, invitation.by);
  if (!invitation || !inviter || !inTime(invitation.at, at)) return undefined;
  return permitted(invite.right, inviter, { group, role: invitation.role, delegation: invitation.delegation }).ok ? invitation : undefined;
}
