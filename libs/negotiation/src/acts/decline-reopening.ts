import type { PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { asAsked, askedByAnother, reopeningAskedBy, settled, settling } from '../settle.ts';
import { without } from '../without.ts';

/** `party`: whose request ends, declined or taken back; absent: the only one there was. */
interface ReopeningDeclined { readonly e: 'reopeningDeclined'; readonly provision: string; readonly party?: PartyId }
export const reopeningDeclined = documentEvent<ReopeningDeclined>('reopeningDeclined', (state, { provision, party }) =>
  settled(state, provision, { reopenings: party === undefined ? {} : without(settlementOf(state, provision).reopenings, party) }));

/** A head declines the very request that another side made (`request`: `requestDigest`). */
export const declineReopening = documentAct({
  t: 'declineReopening', performedBy: 'people', since: 3,
  fields: ({ id, digest }) => ({ provision: id, digest, request: digest }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder, request: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation', line: reopeningAskedBy('another') },
  about: ({ provision }) => ({ provision }),
  events: [reopeningDeclined],
  decide(act, context) {
    const { provision } = act, party = askedByAnother(context, provision), seen = asAsked(context, act, party);
    return seen.ok ? settling(context, provision, 'endReopening', { e: 'reopeningDeclined', provision, party }) : seen;
  },
  says: ({ provision }) => message('declineReopening', { provision }),
});
