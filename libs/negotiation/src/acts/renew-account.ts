import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own } from '../group.ts';
import { grant, refuse } from '../refusal.ts';
import { openReset } from '../seats.ts';

interface Renewed { readonly e: 'renewed'; readonly user: string }
export const renewed = groupEvent<Renewed>('renewed', (state, { user }, mark) => {
  const sleep = own(state.asleep, user);
  return sleep ? { ...state, asleep: { ...state.asleep, [user]: { ...sleep, renewed: mark.at } } } : state;
});

/** The server, for whoever opened the link to a reset account (`user`) and chose a password. */
export const renewAccount = groupAct({
  t: 'renewAccount', performedBy: 'server', since: 1,
  fields: ({ id, link }) => ({ user: id, link }),
  legible: { user: true, link: true },
  right: { roles: ['server'] },
  about: ({ user, link }) => ({ user, link }),
  events: [renewed],
  decide: ({ user, link }, { group, at }) => (openReset(group, link, at) === user ? grant([{ e: 'renewed', user }]) : refuse('link-spent')),
});
