import { documentAct } from '../act-definition.ts';
import { endingClosing } from '../closing.ts';
import { message } from '../message.ts';
import { closingEnded } from './decline-closing.ts';

/** The moderator takes back the closing that the act with this id proposed. */
export const takeBackClosing = documentAct({
  t: 'takeBackClosing', performedBy: 'people', since: 2,
  fields: ({ id }) => ({ closing: id }),
  legible: { closing: true },
  right: { roles: ['moderator'], stage: 'negotiation' },
  events: [closingEnded],
  decide: ({ closing }, context) => endingClosing(context, closing),
  says: () => message('takeBackClosing', {}),
});
