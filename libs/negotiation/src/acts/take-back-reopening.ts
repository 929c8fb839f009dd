import { documentAct } from '../act-definition.ts';
import { message } from '../message.ts';
import { partyOf } from '../party.ts';
import { asAsked, reopeningAskedBy, settling } from '../settle.ts';
import { reopeningDeclined } from './decline-reopening.ts';

/** A head takes back the request to reopen that its own side made (`request`: `requestDigest`). */
export const takeBackReopening = documentAct({
  t: 'takeBackReopening', performedBy: 'people', since: 3,
  fields: ({ id, digest }) => ({ provision: id, digest, request: digest }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder, request: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation', line: reopeningAskedBy('own') },
  about: ({ provision }) => ({ provision }),
  events: [reopeningDeclined],
  decide(act, context) {
    const { provision } = act, party = partyOf(context.actor)!, seen = asAsked(context, act, party);
    return seen.ok ? settling(context, provision, 'endReopening', { e: 'reopeningDeclined', provision, party }) : seen;
  },
  says: ({ provision }) => message('takeBackReopening', { provision }),
});
