import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { seatOf } from '../group.ts';
import { grant, refuse } from '../refusal.ts';
import { without } from '../without.ts';

interface Recovered { readonly e: 'recovered'; readonly user: string }
export const recovered = groupEvent<Recovered>('recovered', (state, { user }) => ({ ...state, asleep: without(state.asleep, user) }));

/** The server, for whoever showed the recovery code of an account (`user`): its seat sleeps no more. */
export const recoverAccount = groupAct({
  t: 'recoverAccount', performedBy: 'server', since: 1,
  fields: ({ id }) => ({ user: id }),
  legible: { user: true },
  right: { roles: ['server'] },
  about: ({ user }) => ({ user }),
  events: [recovered],
  decide: ({ user }, { group }) => (seatOf(group, user) ? grant([{ e: 'recovered', user }]) : refuse('not-seated')),
});
