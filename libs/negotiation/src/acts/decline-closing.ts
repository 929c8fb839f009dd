import { documentAct } from '../act-definition.ts';
import { endingClosing } from '../closing.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';

interface ClosingEnded { readonly e: 'closingEnded' }
export const closingEnded = documentEvent<ClosingEnded>('closingEnded', (state) => ({ ...state, closing: null }));

/** A head declines the closing that the act with this id proposed. */
export const declineClosing = documentAct({
  t: 'declineClosing', performedBy: 'people', since: 2,
  fields: ({ id, reason }) => ({ closing: id, reason }),
  legible: { closing: true },
  right: { roles: ['head'], stage: 'negotiation' },
  events: [closingEnded],
  decide: ({ closing }, context) => endingClosing(context, closing),
  says: ({ reason }) => message('declineClosing', { reason }),
});
