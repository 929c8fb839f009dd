import { documentAct } from '../act-definition.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { asSeen, reopeningAskedBy, settling, unsettled } from '../settle.ts';

interface Reopened { readonly e: 'reopened'; readonly provision: string }
export const reopened = documentEvent<Reopened>('reopened', (state, { provision }) => unsettled(state, provision));

/** A head grants the reopening that another side asked for: consents and approval fall away. */
export const grantReopening = documentAct({
  t: 'grantReopening', performedBy: 'people', since: 2,
  fields: ({ id, digest }) => ({ provision: id, digest }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation', line: reopeningAskedBy('another') },
  about: ({ provision }) => ({ provision }),
  events: [reopened],
  decide({ provision, digest }, scene) {
    const seen = asSeen(scene, provision, digest);
    return seen.ok ? settling(scene, provision, 'grantReopening', { e: 'reopened', provision }) : seen;
  },
  says: ({ provision }) => message('grantReopening', { provision }),
});
