import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { seatOf } from '../group.ts';
import { NEUTRAL, type Role, type Seat } from '../party.ts';
import { grant, refuse } from '../refusal.ts';
import { without } from '../without.ts';
import { openInvitation } from './invite.ts';
import { type InvitationEnded, invitationEnded } from './revoke-invitation.ts';

export interface Seated { readonly e: 'seated'; readonly seat: Seat }
export const seated = groupEvent<Seated>('seated', (state, { seat }) => ({ ...state, seats: { ...state.seats, [seat.user]: seat }, proposed: without(state.proposed, seat.user) }));

interface SeatProposed { readonly e: 'seatProposed'; readonly user: string; readonly role: Role; readonly by: string }
export const seatProposed = groupEvent<SeatProposed>('seatProposed', (state, { user, role, by }, mark) =>
  ({ ...state, proposed: { ...state.proposed, [user]: { user, role, by, at: mark.at, accepted: {} } } }));

/** The server, for whoever opened an invitation (`user`): a seat in a delegation begins, a neutral one is proposed. */
export const takeSeat = groupAct({
  t: 'takeSeat', performedBy: 'server', since: 1,
  fields: ({ link, id }) => ({ link, user: id }),
  legible: { link: true, user: true },
  right: { roles: ['server'] },
  about: ({ link, user }) => ({ link, user }),
  events: [invitationEnded, seated, seatProposed],
  decide({ link, user }, { group, at }) {
    const invitation = openInvitation(group, link, at);
    if (!invitation) return refuse('link-spent');
    if (seatOf(group, user)) return refuse('already-seated');
    const { role, delegation, by } = invitation, ended: InvitationEnded = { e: 'invitationEnded', link };
    const seat: Seat = delegation === undefined ? { user, role } : { user, role, delegation };
    if (!NEUTRAL.includes(role)) return grant([ended, { e: 'seated', seat }]);
    return Object.hasOwn(group.proposed, user) ? refuse('already-proposed') : grant([ended, { e: 'seatProposed', user, role, by }]);
  },
});
