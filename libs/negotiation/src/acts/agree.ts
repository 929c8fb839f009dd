import { digestOf, type PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { partyOf } from '../party.ts';
import { type Reason, refuse } from '../refusal.ts';
import { inCommon, settled, settling } from '../settle.ts';
import { standingOf } from '../standing.ts';

interface Consented { readonly e: 'consented'; readonly provision: string; readonly party: PartyId; readonly digest: string }
export const consented = documentEvent<Consented>('consented', (state, { provision, party, digest }, mark) =>
  settled(state, provision, { consents: { ...settlementOf(state, provision).consents, [party]: { ...mark, digest } } }));

const NOT_CLEAN: Readonly<Record<string, Reason>> = { bracketed: 'not-clean', open: 'provision-open', agreed: 'already-agreed', approved: 'already-approved' };

/** A head consents, ad referendum, to the clean text of a provision. With the other head's consent it is agreed. */
export const agree = documentAct({
  t: 'agree', performedBy: 'people', since: 1,
  fields: ({ id, digest }) => ({ provision: id, digest }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation' },
  about: ({ provision }) => ({ provision }),
  events: [consented],
  decide({ provision, digest }, context) {
    const common = inCommon(context, provision);
    if (!common.ok) return common;
    const party = partyOf(context.actor)!, { consents } = settlementOf(context.document, provision);
    const why = NOT_CLEAN[standingOf(context, provision)!];
    if (why) return refuse(why);
    if (consents[party]) return refuse('already-agreed');
    if (digestOf(common.value) !== digest) return refuse('text-moved');
    return settling(context, provision, Object.keys(consents).length === 0 ? 'consentFirst' : 'consentSecond', { e: 'consented', provision, party, digest });
  },
  says: ({ provision }) => message('agree', { provision }),
});
