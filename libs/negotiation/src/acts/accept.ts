import type { Alongside, PartyId } from '@parley/text';
import { firstOf, givenUpBy, partsOf, placesOf, spent } from '../answer.ts';
import { documentAct } from '../act-definition.ts';
import type { FieldSchemas } from '../act-fields.ts';
import { fallen } from '../consents.ts';
import { settlementOf } from '../document.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { type Outcome, outcome } from '../outcome.ts';
import { asksForWords } from '../parts.ts';
import { partyOf } from '../party.ts';
import { type Prepared, prepareAccept } from '../preview.ts';
import { FORMER_PART_PLACE, type GivenUp, PART_PLACE, type Proposal, type Result } from '../proposal.ts';
import { refuse, type Verdict } from '../refusal.ts';
import { secondsOfRest } from '../rest.ts';
import { touchedBy } from '../result.ts';
import { sameValue } from '../same-value.ts';
import type { ActContext } from '../act-context.ts';
import { mayWait } from '../waiting-consents.ts';
import { without } from '../without.ts';
import type { z } from '../zod.ts';
import { proposalConsented, proposalConsentFell } from '../former-consents.ts';
import { type Lapsed, lapsed } from './lapse.ts';
import { type Withdrawn, withdrawn } from './withdraw.ts';

interface Entered { readonly e: 'entered'; readonly name: string; readonly provision: string }
export const entered = documentEvent<Entered>('entered', (state, { name }) => spent(state, name));

interface PartsConsented {
  readonly e: 'partsConsented'; readonly key: string; readonly of: PartyId; readonly names: readonly string[]; readonly parts: readonly Proposal[]; readonly result: Result;
  readonly party: PartyId; readonly givesUp: readonly Proposal[]; readonly own: Alongside;
}
export const partsConsented = documentEvent<PartsConsented>('partsConsented', (state, { key, of, names, parts, result, party, givesUp, own }, mark) => {
  const by = { ...state.partConsents[key]?.by, [party]: { ...mark, givesUp, own } };
  return { ...state, partConsents: { ...state.partConsents, [key]: { of, names, parts, result, by } } };
});

export interface PartsConsentEnded { readonly e: 'partsConsentEnded'; readonly key: string; readonly names: readonly string[]; readonly party: PartyId }
export const partsConsentEnded = documentEvent<PartsConsentEnded>('partsConsentEnded', (state, { key, party }) => {
  const kept = state.partConsents[key], by = kept ? without(kept.by, party) : {};
  return { ...state, partConsents: kept && Object.keys(by).length > 0 ? { ...state.partConsents, [key]: { ...kept, by } } : without(state.partConsents, key) };
});

const ownOf = (schemas: FieldSchemas): z.ZodType<Alongside> => schemas.z.enum(['withdrawn', 'alongside']);
const resultOf = ({ z: { array, strictObject }, id, digest }: FieldSchemas): z.ZodType<Result> => strictObject({
  provisions: array(strictObject({ provision: id, digest: digest.nullable() })).min(1).max(200), order: digest.nullable(),
});

/**
 * A head accepts proposals of one party: all parts enter the common text when every delegation that did not write them has accepted the very same; until then the
 * consent is recorded. What the act lists as given up (proposals of the acting side as they stand, at least what it contests the parts with) and as the result has to be what comes of it.
 */
export const accept = documentAct({
  t: 'accept', performedBy: 'people', since: 4,
  fields: (schemas) => ({ parts: schemas.parts, own: ownOf(schemas), givesUp: schemas.z.array(schemas.proposal).max(200), result: resultOf(schemas) }),
  former: (schemas: FieldSchemas) => ({ proposal: schemas.proposal, own: ownOf(schemas), givesUp: schemas.z.custom<GivenUp>() }),
  legible: { parts: PART_PLACE, proposal: FORMER_PART_PLACE, own: true, result: { provisions: { provision: true, digest: true }, order: true } },
  right: { roles: ['head'], stage: 'negotiation' },
  about: (act) => firstOf(act),
  events: [partsConsented, partsConsentEnded, entered, withdrawn, lapsed, proposalConsented, proposalConsentFell],
  decide(act, context) {
    const prepared = prepareAccept(context, { parts: act.parts, party: partyOf(context.actor)!, own: act.own, besides: act.givesUp });
    if (!prepared.ok) return prepared;
    const seconds = secondsOfRest(context, prepared.value.parts, context.typedAt, context.at);
    if (seconds > 0) return refuse('not-rested', seconds);
    if (!sameValue(prepared.value.givesUp, act.givesUp) || !sameValue(prepared.value.result, act.result)) return refuse('text-moved');
    return prepared.value.waitsFor.length > 0 ? consenting(act.own, context, prepared.value) : entering(context, prepared.value);
  },
  says: (act, events) => message(events.some(({ e }) => e === 'entered') ? 'accept.entered' : 'accept.waits', {
    parts: partsOf(act), givesUp: 'parts' in act ? act.givesUp : [], formerly: 'parts' in act ? null : act.givesUp,
  }),
});

/** The first of two consents. Those to the same words that hold no longer fall visibly. */
function consenting(side: Alongside, context: ActContext, prepared: Prepared): Verdict<Outcome<PartsConsented | PartsConsentEnded>> {
  const { key, of, names, parts, result: reads, givesUp } = prepared, enough = mayWait(context.document, partyOf(context.actor)!, prepared);
  if (!enough.ok) return enough;
  const gone = Object.entries(context.document.partConsents).filter(([, set]) => set.of === of && set.names.some((name) => names.includes(name)))
    .flatMap(([other, set]) => fallen(context, set).map((party): PartsConsentEnded => ({ e: 'partsConsentEnded', key: other, names: set.names, party })));
  return outcome<PartsConsented | PartsConsentEnded>([
    ...gone,
    { e: 'partsConsented', key, of, names, parts, result: reads, party: partyOf(context.actor)!, givesUp, own: side },
  ]);
}

function entering(context: ActContext, { parts, gone, changes }: Prepared): Verdict<Outcome<Entered | Withdrawn | Lapsed>> {
  const lapses = [...touchedBy(parts.filter(asksForWords))].filter((id) => Object.keys(settlementOf(context.document, id).consents).length > 0);
  return outcome<Entered | Withdrawn | Lapsed>([
    ...placesOf(context, parts).map((place): Entered => ({ e: 'entered', ...place })),
    ...givenUpBy(context, gone).map((place): Withdrawn => ({ e: 'withdrawn', ...place })),
    ...lapses.map((provision): Lapsed => ({ e: 'lapsed', provision })),
  ], changes.edits);
}
