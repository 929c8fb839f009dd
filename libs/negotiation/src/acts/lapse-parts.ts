import { documentAct } from '../act-definition.ts';
import { fallen } from '../consents.ts';
import { message } from '../message.ts';
import { provisionOfName } from '../proposal-names.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';
import { type PartsConsentEnded, partsConsentEnded } from './accept.ts';

/** The server lets consents to parts lapse (`key`: in `DocumentState.partConsents`) for whose side the parts, the result, or what it would give up are no longer what they were given to. */
export const lapseParts = documentAct({
  t: 'lapseParts', performedBy: 'server', since: 2,
  fields: ({ z }) => ({ key: z.string() }),
  legible: { key: true },
  right: { roles: ['server'], stage: 'negotiation' },
  events: [partsConsentEnded],
  decide({ key }, context) {
    const { partConsents } = context.document, kept = Object.hasOwn(partConsents, key) ? partConsents[key]! : null;
    const parties = kept ? fallen(context, kept) : [];
    return kept && parties.length > 0 ? outcome(parties.map((party): PartsConsentEnded => ({ e: 'partsConsentEnded', key, names: kept.names, party }))) : refuse('nothing-pending');
  },
  says({ key }, events) {
    const provisions = [...new Set(events.flatMap(({ names }) => names.map(provisionOfName)))];
    return message('lapseParts', { of: key.slice(0, key.indexOf('|')), parties: events.map(({ party }) => party), provisions });
  },
});
