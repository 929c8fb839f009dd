import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { colleaguesOf, seatOf } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { isKnown, SHORTEST_SLEEP_MS } from '../seats.ts';

interface Slept { readonly e: 'slept'; readonly user: string; readonly link: string; readonly wakesAt: number | null }
export const slept = groupEvent<Slept>('slept', (state, { user, link, wakesAt }, mark) =>
  ({ ...state, asleep: { ...state.asleep, [user]: { since: mark.at, by: mark.user, link, renewed: null, wakesAt, confirmed: {} } } }));

/** The administrator makes a link to another's account. From then on its seat sleeps; by the clock it wakes only where nobody else sits who could say that it is the right person. */
export const resetAccount = groupAct({
  t: 'resetAccount', performedBy: 'administrator', since: 1,
  fields: ({ id, link }) => ({ user: id, link }),
  legible: { user: true, link: true },
  right: {
    roles: ['administrator'],
    line: (actor, on) => {
      if (on.user === undefined) return granted;
      if (!seatOf(on.group, on.user)) return refuse('not-seated');
      return on.user === actor.user ? refuse('own-seat') : granted;
    },
  },
  about: ({ user, link }) => ({ user, link }),
  events: [slept],
  decide({ user, link }, { group, at, wakeAfter }) {
    if (isKnown(group, link)) return refuse('move-not-open');
    const seat = seatOf(group, user)!;
    const alone = seat.delegation !== undefined && colleaguesOf(group, seat).length === 0;
    return grant([{ e: 'slept', user, link, wakesAt: alone ? at + Math.max(wakeAfter, SHORTEST_SLEEP_MS) : null }]);
  },
});
