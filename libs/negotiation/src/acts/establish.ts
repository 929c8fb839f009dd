import { isCleanText } from '@parley/text';
import { groupAct } from '../act-definition.ts';
import { groupEvent } from '../event.ts';
import type { Delegation } from '../party.ts';
import { grant, granted, refuse } from '../refusal.ts';
import { seated } from './take-seat.ts';

interface Established { readonly e: 'established'; readonly name: string; readonly delegations: readonly Delegation[] }
export const established = groupEvent<Established>('established', (state, { name, delegations }) => ({ ...state, name, delegations }));

/** The working group begins. Whoever establishes it becomes its first administrator. */
export const establish = groupAct({
  t: 'establish', performedBy: 'administrator', since: 1, establishes: true,
  fields: ({ z, id, code, line, name }) => ({ name: line(200), delegations: z.array(z.strictObject({ id, code, name: name(80) })).length(2) }),
  legible: {},
  right: { roles: ['administrator'], line: (_actor, on) => (on.group.delegations.length > 0 ? refuse('group-exists') : granted) },
  events: [established, seated],
  decide({ name, delegations }, { actor }) {
    if (new Set(delegations.flatMap((d) => [d.id, d.code])).size < 4 || ![name, ...delegations.map((d) => d.name)].every(isCleanText)) return refuse('bad-text');
    return grant([{ e: 'established', name, delegations }, { e: 'seated', seat: { user: actor.user, role: 'administrator' } }]);
  },
});
