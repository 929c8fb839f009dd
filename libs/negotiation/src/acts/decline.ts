import { COMPARE_VERSION, type PartyId } from '@parley/text';
import { firstOf, partsOf, placesOf, singly, standingParts } from '../answer.ts';
import { documentAct } from '../act-definition.ts';
import type { FieldSchemas } from '../act-fields.ts';
import { FORMER_PART_PLACE, PART_PLACE } from '../proposal.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { makersOf } from '../parts.ts';
import { partyOf } from '../party.ts';
import { granted, refuse } from '../refusal.ts';

/** `version`: of compare; absent: 1. */
interface Declined { readonly e: 'declined'; readonly name: string; readonly party: PartyId; readonly reason: string; readonly version?: number }
export const declined = documentEvent<Declined>('declined', (state, { name, party, reason, version = 1 }, mark) => {
  const others = (state.declines[name] ?? []).filter((decline) => decline.party !== party);
  return { ...state, declines: { ...state.declines, [name]: [...others, { ...mark, party, reason, version }] } };
});

/** A head declines proposals: no text changes, each bracket is marked with who, when and why. Words that the actor's side wrote too are not marked. */
export const decline = documentAct({
  t: 'decline', performedBy: 'people', since: 4,
  fields: ({ parts, reason }) => ({ parts, reason }),
  former: ({ proposal, reason }: FieldSchemas) => ({ proposal, reason }),
  legible: { parts: PART_PLACE, proposal: FORMER_PART_PLACE },
  right: {
    roles: ['head'], stage: 'negotiation',
    line: (actor, { party }) => (party !== undefined && party === partyOf(actor) ? refuse('own-proposal') : granted),
  },
  about: (act) => firstOf(act),
  events: [declined],
  decide({ parts, reason }, context) {
    const standing = standingParts(context, parts), party = partyOf(context.actor)!;
    if (!standing.ok) return standing;
    const others = standing.value.flatMap(singly).filter((part) => !makersOf(context, part).includes(party));
    if (others.length === 0) return refuse('own-proposal');
    return outcome(placesOf(context, others).map(({ name }): Declined => ({ e: 'declined', name, party, reason, version: COMPARE_VERSION })));
  },
  says: (act) => message('decline', { parts: partsOf(act), reason: act.reason }),
});
