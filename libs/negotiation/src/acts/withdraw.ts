import { firstOf, givenUpBy, partsOf, spent, standingParts } from '../answer.ts';
import { documentAct } from '../act-definition.ts';
import type { FieldSchemas } from '../act-fields.ts';
import { FORMER_PART_PLACE, PART_PLACE } from '../proposal.ts';
import { Changes } from '../changes.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { partyOf } from '../party.ts';
import { granted, refuse } from '../refusal.ts';

export interface Withdrawn { readonly e: 'withdrawn'; readonly name: string; readonly provision: string }
export const withdrawn = documentEvent<Withdrawn>('withdrawn', (state, { name }) => spent(state, name));

/** A member of a party restores the common text in its own position. */
export const withdraw = documentAct({
  t: 'withdraw', performedBy: 'people', since: 4,
  fields: ({ parts }) => ({ parts }),
  former: ({ proposal }: FieldSchemas) => ({ proposal }),
  legible: { parts: PART_PLACE, proposal: FORMER_PART_PLACE },
  right: {
    roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation',
    line: (actor, { party }) => (party === undefined || party === partyOf(actor) ? granted : refuse('other-delegation')),
  },
  about: (act) => firstOf(act),
  events: [withdrawn],
  decide({ parts }, context) {
    const standing = standingParts(context, parts);
    if (!standing.ok) return standing;
    const changes = new Changes(context);
    changes.withdraw(partyOf(context.actor)!, standing.value);
    return outcome(givenUpBy(context, standing.value).map((place): Withdrawn => ({ e: 'withdrawn', ...place })), changes.edits);
  },
  says: (act) => message('withdraw', { parts: partsOf(act) }),
});
