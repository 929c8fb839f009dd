import type { PartyId } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { without } from '../without.ts';

interface EndingWithdrawn { readonly e: 'endingWithdrawn'; readonly user: string; readonly delegation: PartyId }
export const endingWithdrawn = groupEvent<EndingWithdrawn>('endingWithdrawn', (state, { user, delegation }) => {
  const rest = without(own(state.endings, user) ?? {}, delegation);
  return { ...state, endings: Object.keys(rest).length > 0 ? { ...state.endings, [user]: rest } : without(state.endings, user) };
});

/** A head no longer asks that a neutral seat ends. */
export const keepSeat = groupAct({
  t: 'keepSeat', performedBy: 'people', since: 1,
  fields: ({ id }) => ({ user: id }),
  legible: { user: true },
  right: {
    roles: ['head'],
    line: (actor, on) => (on.user !== undefined && Object.hasOwn(own(on.group.endings, on.user) ?? {}, actor.delegation!) ? granted : refuse('nothing-pending')),
  },
  about: ({ user }) => ({ user }),
  events: [endingWithdrawn],
  decide: ({ user }, { actor }) => grant([{ e: 'endingWithdrawn', user, delegation: actor.delegation! }]),
});
