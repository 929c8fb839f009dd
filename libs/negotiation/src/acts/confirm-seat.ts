import type { PartyId } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own, seatOf } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import type { Line } from '../right.ts';
import { othersToo } from '../seats.ts';
import { woke } from './wake-seat.ts';

interface SeatConfirmed { readonly e: 'seatConfirmed'; readonly user: string; readonly delegation: PartyId }
export const seatConfirmed = groupEvent<SeatConfirmed>('seatConfirmed', (state, { user, delegation }, mark) => {
  const sleep = own(state.asleep, user);
  return sleep ? { ...state, asleep: { ...state.asleep, [user]: { ...sleep, confirmed: { ...sleep.confirmed, [delegation]: mark } } } } : state;
});

/** Another member of the delegation; for a neutral seat a head of each. Whoever sleeps has been refused before. */
const mayConfirm: Line = (actor, on) => {
  const sleep = on.user === undefined ? undefined : own(on.group.asleep, on.user);
  if (!sleep) return refuse('nothing-pending');
  const seat = seatOf(on.group, on.user!)!;
  if (seat.delegation !== undefined) return seat.delegation === actor.delegation ? granted : refuse('other-delegation');
  if (actor.role !== 'head') return refuse('role-forbids');
  return Object.hasOwn(sleep.confirmed, actor.delegation!) ? refuse('already-answered') : granted;
};

/** Somebody says that a reset account is the right person's again. Of another reset than the one that was read about (`link`) nothing is confirmed. */
export const confirmSeat = groupAct({
  t: 'confirmSeat', performedBy: 'people', since: 1,
  fields: ({ id, link }) => ({ user: id, link }),
  legible: { user: true, link: true },
  right: { roles: ['negotiator', 'head'], line: mayConfirm },
  about: ({ user, link }) => ({ user, link }),
  events: [seatConfirmed, woke],
  decide({ user, link }, { actor, group }) {
    const sleep = own(group.asleep, user)!, delegation = actor.delegation!;
    if (sleep.link !== link) return refuse('nothing-pending');
    if (sleep.renewed === null) return refuse('not-renewed');
    const confirmed: SeatConfirmed = { e: 'seatConfirmed', user, delegation };
    const enough = seatOf(group, user)!.delegation !== undefined || othersToo(group, delegation, sleep.confirmed);
    return grant(enough ? [confirmed, { e: 'woke', user }] : [confirmed]);
  },
});
