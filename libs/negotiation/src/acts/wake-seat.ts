import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { grant, refuse } from '../refusal.ts';
import { isDue } from '../seats.ts';
import { without } from '../without.ts';

interface Woke { readonly e: 'woke'; readonly user: string }
export const woke = groupEvent<Woke>('woke', (state, { user }) => ({ ...state, asleep: without(state.asleep, user) }));

/** The server, by the clock, where nobody else could confirm a seat. */
export const wakeSeat = groupAct({
  t: 'wakeSeat', performedBy: 'server', since: 1,
  fields: ({ id }) => ({ user: id }),
  legible: { user: true },
  right: { roles: ['server'] },
  about: ({ user }) => ({ user }),
  events: [woke],
  decide: ({ user }, { group, at }) => (isDue(group, user, at) ? grant([{ e: 'woke', user }]) : refuse('move-not-open')),
});
