import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { asAsked, askedByAnother, reopeningAskedBy, settling, unsettled } from '../settle.ts';

interface Reopened { readonly e: 'reopened'; readonly provision: string }
export const reopened = documentEvent<Reopened>('reopened', (state, { provision }) => unsettled(state, provision));

/** A head grants the very request that another side made (`request`: `requestDigest`): consents and approval fall away. */
export const grantReopening = documentAct({
  t: 'grantReopening', performedBy: 'people', since: 3,
  fields: ({ id, digest }) => ({ provision: id, digest, request: digest }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder, request: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation', line: reopeningAskedBy('another') },
  about: ({ provision }) => ({ provision }),
  events: [reopened],
  decide(act, context) {
    const { provision } = act, seen = asAsked(context, act, askedByAnother(context, provision));
    return seen.ok ? settling(context, provision, 'grantReopening', { e: 'reopened', provision }) : seen;
  },
  says: ({ provision }) => message('grantReopening', { provision }),
});
