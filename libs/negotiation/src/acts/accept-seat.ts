import type { PartyId } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { isAnother, othersToo, timeIn } from '../seats.ts';
import { seated } from './take-seat.ts';

interface SeatAccepted { readonly e: 'seatAccepted'; readonly user: string; readonly delegation: PartyId }
export const seatAccepted = groupEvent<SeatAccepted>('seatAccepted', (state, { user, delegation }, mark) => {
  const seat = own(state.proposed, user);
  return seat ? { ...state, proposed: { ...state.proposed, [user]: { ...seat, accepted: { ...seat.accepted, [delegation]: mark } } } } : state;
});

/** A head accepts whoever is proposed for a neutral seat, by the proposal of that time where it is named. It begins when a head of each delegation has. */
export const acceptSeat = groupAct({
  t: 'acceptSeat', performedBy: 'people', since: 3,
  fields: ({ z, id, role }) => ({ user: id, role, proposedAt: timeIn(z) }),
  legible: { user: true, role: true, proposedAt: true },
  right: {
    roles: ['head'],
    line: (actor, on) => {
      const seat = on.user === undefined ? undefined : own(on.group.proposed, on.user);
      if (!seat) return refuse('nothing-pending');
      return Object.hasOwn(seat.accepted, actor.delegation!) ? refuse('already-answered') : granted;
    },
  },
  about: ({ user, role }) => ({ user, role }),
  events: [seatAccepted, seated],
  decide({ user, role, proposedAt }, { actor, group }) {
    const seat = own(group.proposed, user)!, delegation = actor.delegation!;
    if (seat.role !== role) return refuse('nothing-pending');
    if (isAnother(seat, proposedAt)) return refuse('request-changed');
    const accepted = { e: 'seatAccepted', user, delegation } as const;
    return grant(othersToo(group, delegation, seat.accepted) ? [accepted, { e: 'seated', seat: { user, role } }] : [accepted]);
  },
});
