import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import { own } from '../group.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { isAnother, timeIn } from '../seats.ts';
import { without } from '../without.ts';

interface ProposalEnded { readonly e: 'proposalEnded'; readonly user: string }
export const proposalEnded = groupEvent<ProposalEnded>('proposalEnded', (state, { user }) => ({ ...state, proposed: without(state.proposed, user) }));

/** Whoever is proposed for a neutral seat does not get it: by a head, the administrator, or the server when the account is closed. */
export const declineSeat = groupAct({
  t: 'declineSeat', performedBy: 'people', since: 3,
  fields: ({ z, id }) => ({ user: id, proposedAt: timeIn(z) }),
  legible: { user: true, proposedAt: true },
  right: {
    roles: ['administrator', 'head', 'server'],
    line: (_actor, on) => (on.user !== undefined && own(on.group.proposed, on.user) ? granted : refuse('nothing-pending')),
  },
  about: ({ user }) => ({ user }),
  events: [proposalEnded],
  decide: ({ user, proposedAt }, { group }) => (isAnother(own(group.proposed, user)!, proposedAt) ? refuse('request-changed') : grant([{ e: 'proposalEnded', user }])),
});
