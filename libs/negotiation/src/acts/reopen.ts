import { documentAct } from '../act-definition.ts';
import { message } from '../message.ts';
import { refuse } from '../refusal.ts';
import { reopeningAsked } from './ask-reopening.ts';
import { reopened } from './grant-reopening.ts';

/** Under the first version of the rules one act asked for a reopening and granted it. It is read, and performed no more. */
export const reopen = documentAct({
  t: 'reopen', performedBy: 'nobody', since: 1,
  fields: ({ id, reason }) => ({ provision: id, reason }),
  legible: { provision: true },
  right: { roles: [] },
  events: [reopeningAsked, reopened],
  decide: () => refuse('role-forbids'),
  says: ({ provision, reason }, events) =>
    (events.some(({ e }) => e === 'reopened') ? message('grantReopening', { provision }) : message('askReopening', { provision, reason })),
});
