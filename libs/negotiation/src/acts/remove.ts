import type { PartyId } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { isAsleep, own, seatOf } from '../group.ts';
import { type Actor, ROLES, type Seat } from '../party.ts';
import { grant, granted, type Reason, refuse } from '../refusal.ts';
import type { Line, Subject } from '../right.ts';
import { othersToo } from '../seats.ts';
import { only, without } from '../without.ts';

interface Unseated { readonly e: 'unseated'; readonly user: string }
export const unseated = groupEvent<Unseated>('unseated', (state, { user }) => ({
  ...state, seats: without(state.seats, user), former: [...state.former.filter((id) => id !== user), user], asleep: without(state.asleep, user), endings: without(state.endings, user),
  invitations: only(state.invitations, ({ by }) => by !== user),
}));

interface EndingAsked { readonly e: 'endingAsked'; readonly user: string; readonly delegation: PartyId }
export const endingAsked = groupEvent<EndingAsked>('endingAsked', (state, { user, delegation }, mark) =>
  ({ ...state, endings: { ...state.endings, [user]: { ...own(state.endings, user), [delegation]: mark } } }));

/** Whoever is left could neither invite nor answer. A head who sleeps cannot either. */
function isLast({ group }: Subject, { user, role, delegation }: Seat): Reason | null {
  const there = Object.values(group.seats).filter((s) => s.user !== user && s.role === role && s.delegation === delegation && !isAsleep(group, s.user));
  if (there.length > 0) return null;
  return role === 'head' ? 'last-head' : role === 'administrator' ? 'last-administrator' : null;
}

function whyNotAnothers(actor: Actor, seat: Seat, { group }: Subject): Reason | null {
  if (seat.delegation !== undefined) return actor.role !== 'head' ? 'role-forbids' : seat.delegation === actor.delegation ? null : 'other-delegation';
  if (actor.role === 'administrator') return null;
  if (actor.role !== 'head') return 'role-forbids';
  return Object.hasOwn(own(group.endings, seat.user) ?? {}, actor.delegation!) ? 'already-answered' : null;
}

const mayRemove: Line = (actor, on) => {
  const seat = on.user === undefined ? undefined : seatOf(on.group, on.user);
  if (!seat) return refuse('not-seated');
  const forbidden = seat.user === actor.user ? null : whyNotAnothers(actor, seat, on);
  const why = forbidden ?? isLast(on, seat);
  return why ? refuse(why) : granted;
};

/** A seat ends. A neutral one ends by one of three: its holder, the administrator, a head of each delegation. */
export const remove = groupAct({
  t: 'remove', performedBy: 'people', since: 1,
  fields: ({ id }) => ({ user: id }),
  legible: { user: true },
  right: { roles: ROLES, line: mayRemove },
  about: ({ user }) => ({ user }),
  events: [unseated, endingAsked],
  decide({ user }, { actor, group }) {
    const gone: Unseated = { e: 'unseated', user }, neutral = seatOf(group, user)!.delegation === undefined;
    if (!neutral || actor.role !== 'head') return grant([gone]);
    const delegation = actor.delegation!, asked: EndingAsked = { e: 'endingAsked', user, delegation };
    return grant(othersToo(group, delegation, own(group.endings, user) ?? {}) ? [asked, gone] : [asked]);
  },
});
