import { digestOf, type PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import { type DocumentState, isLocked, settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { provisionOfName } from '../proposal-names.ts';
import { type Outcome, outcome } from '../outcome.ts';
import { partyOf } from '../party.ts';
import { refuse, type Verdict } from '../refusal.ts';
import type { ActContext } from '../act-context.ts';
import { hasMoved } from '../seen.ts';
import { settling, unsettled } from '../settle.ts';
import { without } from '../without.ts';
import { type PartsConsentEnded, partsConsentEnded } from './accept.ts';

/** A consent that can be taken back: to the clean text of a provision, to parts that wait for the other delegation (`key`: in `DocumentState.partConsents`), to the closing of the document. */
export type GivenConsent =
  | { readonly on: 'provision'; readonly provision: string; readonly digest?: string | undefined }
  | { readonly on: 'parts'; readonly key: string }
  | { readonly on: 'closing'; readonly closing: string };

interface ConsentTakenBack { readonly e: 'consentTakenBack'; readonly provision: string; readonly party: PartyId }
/** A consent can be taken back only while it is the only one: with it nothing is settled any more, as when it lapses. */
export const consentTakenBack = documentEvent<ConsentTakenBack>('consentTakenBack', (state, { provision }) => unsettled(state, provision));

interface ClosingAssentEnded { readonly e: 'closingAssentEnded'; readonly party: PartyId }
export const closingAssentEnded = documentEvent<ClosingAssentEnded>('closingAssentEnded', (state, { party }) =>
  ({ ...state, closing: state.closing && { ...state.closing, assents: without(state.closing.assents, party) } }));

/** A head takes back a consent of its delegation that has not yet brought about what it was given for. */
export const takeBackConsent = documentAct({
  t: 'takeBackConsent', performedBy: 'people', since: 2,
  fields: ({ z, id, digest }) => ({
    consent: z.discriminatedUnion('on', [
      z.strictObject({ on: z.literal('provision'), provision: id, digest }),
      z.strictObject({ on: z.literal('parts'), key: z.string().regex(/^[A-Za-z0-9_-]{1,64}\|[0-9a-f]{24}$/) }),
      z.strictObject({ on: z.literal('closing'), closing: id }),
    ]),
  }),
  recorded: ({ z }) => ({ consent: z.custom<GivenConsent>() }),
  legible: { consent: { on: true, provision: true, digest: true, key: true, closing: true } },
  right: { roles: ['head'], stage: 'negotiation' },
  events: [consentTakenBack, partsConsentEnded, closingAssentEnded],
  decide(act, context): Verdict<Outcome<ConsentTakenBack | PartsConsentEnded | ClosingAssentEnded>> {
    const { consent: given } = act, party = partyOf(context.actor)!;
    switch (given.on) {
      case 'provision': return takingBack(context, given, party);
      case 'parts': {
        const kept = keptUnder(context.document, given.key);
        return kept?.by[party] ? outcome([{ e: 'partsConsentEnded', key: given.key, names: kept.names, party }]) : refuse('nothing-pending');
      }
      case 'closing': {
        const { closing } = context.document;
        return closing?.id === given.closing && closing.assents[party] ? outcome([{ e: 'closingAssentEnded', party }]) : refuse('nothing-pending');
      }
    }
  },
  says({ consent: given }, events) {
    if (given.on === 'provision') return message('takeBackConsent.provision', { provision: given.provision });
    if (given.on === 'closing') return message('takeBackConsent.closing', {});
    const names = events.flatMap((event) => (event.e === 'partsConsentEnded' ? event.names : []));
    return message('takeBackConsent.parts', { party: given.key.slice(0, given.key.indexOf('|')), provisions: [...new Set(names.map(provisionOfName))] });
  },
});

const keptUnder = ({ partConsents }: DocumentState, key: string) => (Object.hasOwn(partConsents, key) ? partConsents[key] : undefined);

function takingBack(context: ActContext, { provision, digest }: Extract<GivenConsent, { on: 'provision' }>, party: PartyId): Verdict<Outcome<ConsentTakenBack>> {
  const common = context.rooms.common?.by.get(provision);
  if (isLocked(context.document, provision)) return refuse('provision-locked');
  if (!settlementOf(context.document, provision).consents[party]) return refuse('nothing-pending');
  if (common && hasMoved(digest, digestOf(common))) return refuse('text-moved');
  return settling(context, provision, 'takeBack', { e: 'consentTakenBack', provision, party });
}
