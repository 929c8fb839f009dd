import { documentAct } from '../act-definition.ts';
import { message } from '../message.ts';
import { partyOf } from '../party.ts';
import { asSeen, reopeningAskedBy, settling } from '../settle.ts';
import { reopeningDeclined } from './decline-reopening.ts';

/** A head takes back the request to reopen that its own side made. */
export const takeBackReopening = documentAct({
  t: 'takeBackReopening', performedBy: 'people', since: 2,
  fields: ({ id, digest }) => ({ provision: id, digest }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation', line: reopeningAskedBy('own') },
  about: ({ provision }) => ({ provision }),
  events: [reopeningDeclined],
  decide({ provision, digest }, scene) {
    const seen = asSeen(scene, provision, digest);
    return seen.ok ? settling(scene, provision, 'endReopening', { e: 'reopeningDeclined', provision, party: partyOf(scene.actor)! }) : seen;
  },
  says: ({ provision }) => message('takeBackReopening', { provision }),
});
