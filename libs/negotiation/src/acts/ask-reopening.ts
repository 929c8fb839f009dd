import type { PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { partyOf } from '../party.ts';
import { refuse } from '../refusal.ts';
import { asSeen, settled, settling } from '../settle.ts';
import { standingOf } from '../standing.ts';

interface ReopeningAsked { readonly e: 'reopeningAsked'; readonly provision: string; readonly party: PartyId; readonly reason: string }
export const reopeningAsked = documentEvent<ReopeningAsked>('reopeningAsked', (state, { provision, party, reason }, mark) =>
  settled(state, provision, { reopenings: { ...settlementOf(state, provision).reopenings, [party]: { ...mark, reason } } }));

/** A head asks to reopen an agreed provision. Two requests stay two: that each side has asked is no grant. */
export const askReopening = documentAct({
  t: 'askReopening', performedBy: 'people', since: 2,
  fields: ({ id, digest, reason }) => ({ provision: id, digest, reason }),
  recorded: ({ digestOrOlder }) => ({ digest: digestOrOlder }),
  legible: { provision: true, digest: true },
  right: { roles: ['head'], stage: 'negotiation' },
  about: ({ provision }) => ({ provision }),
  events: [reopeningAsked],
  decide({ provision, digest, reason }, context) {
    const seen = asSeen(context, provision, digest);
    if (!seen.ok) return seen;
    const party = partyOf(context.actor)!, standing = standingOf(context, provision);
    if (settlementOf(context.document, provision).reopenings[party]) return refuse('reopening-pending');
    if (standing !== 'agreed' && standing !== 'approved') return refuse('not-agreed');
    return settling(context, provision, 'askReopening', { e: 'reopeningAsked', provision, party, reason });
  },
  says: ({ provision, reason }) => message('askReopening', { provision, reason }),
});
