import { digestOf } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { refuse } from '../refusal.ts';
import { inCommon, settled, settling } from '../settle.ts';
import { standingOf } from '../standing.ts';

interface Approved { readonly e: 'approved'; readonly provision: string; readonly digest: string }
export const approved = documentEvent<Approved>('approved', (state, { provision, digest }, mark) => settled(state, provision, { approved: { ...mark, digest } }));

/** The moderator approves agreed text. */
export const approve = documentAct({
  t: 'approve', performedBy: 'people', since: 1,
  fields: ({ id, digest }) => ({ provision: id, digest }),
  legible: { provision: true, digest: true },
  right: { roles: ['moderator'], stage: 'negotiation' },
  about: ({ provision }) => ({ provision }),
  events: [approved],
  decide({ provision, digest }, context) {
    const common = inCommon(context, provision);
    if (!common.ok) return common;
    const standing = standingOf(context, provision);
    if (standing === 'approved') return refuse('already-approved');
    if (standing !== 'agreed') return refuse('not-agreed');
    if (Object.keys(settlementOf(context.document, provision).reopenings).length > 0) return refuse('reopening-asked');
    return digestOf(common.value) === digest ? settling(context, provision, 'approve', { e: 'approved', provision, digest }) : refuse('text-moved');
  },
  says: ({ provision }) => message('approve', { provision }),
});
