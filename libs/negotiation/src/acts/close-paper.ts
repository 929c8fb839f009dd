import { documentAct } from '../act-definition.ts';
import { canClose } from '../closing.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';

export interface Closed { readonly e: 'closed'; readonly reason: string }
export const closed = documentEvent<Closed>('closed', (state, { reason }, mark) => ({ ...state, stage: 'closed', basis: null, closing: null, closed: { ...mark, reason } }));

/** The moderator alone closes a working paper that came to nothing. */
export const closePaper = documentAct({
  t: 'closePaper', performedBy: 'people', since: 2,
  fields: ({ reason }) => ({ reason }),
  legible: {},
  right: { roles: ['moderator'], stage: 'drafting' },
  events: [closed],
  decide({ reason }, context) {
    const open = canClose(context);
    return open.ok ? outcome([{ e: 'closed', reason }]) : open;
  },
  says: ({ reason }) => message('closePaper', { reason }),
});
