import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { refuse } from '../refusal.ts';
import { inCommon, settling, unsettled } from '../settle.ts';
import { lapsing } from '../standing.ts';

export interface Lapsed { readonly e: 'lapsed'; readonly provision: string }
export const lapsed = documentEvent<Lapsed>('lapsed', (state, { provision }) => unsettled(state, provision));

/** The server lets a single consent lapse that no longer stands on clean text. */
export const lapse = documentAct({
  t: 'lapse', performedBy: 'server', since: 1,
  fields: ({ id }) => ({ provision: id }),
  legible: { provision: true },
  right: { roles: ['server'], stage: 'negotiation' },
  about: ({ provision }) => ({ provision }),
  events: [lapsed],
  decide({ provision }, context) {
    const common = inCommon(context, provision);
    if (!common.ok) return common;
    return lapsing(context, [provision]).length > 0 ? settling(context, provision, 'lapse', { e: 'lapsed', provision }) : refuse('nothing-pending');
  },
  says: ({ provision }) => message('lapse', { provision }),
});
