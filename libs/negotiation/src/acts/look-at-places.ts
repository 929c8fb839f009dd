import { documentAct } from '../act-definition.ts';
import type { FieldSchemas } from '../act-fields.ts';
import type { MarkedPlace } from '../document.ts';
import { draftIn, foundDraft, samePlace, withDraft } from '../drafts.ts';
import { documentEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { refuse } from '../refusal.ts';
import type { z } from '../zod.ts';

interface PlacesLookedAt { readonly e: 'placesLookedAt'; readonly draft: string; readonly places: readonly MarkedPlace[] }
export const placesLookedAt = documentEvent<PlacesLookedAt>('placesLookedAt', (state, { draft, places }) => {
  const before = draftIn(state, draft)!;
  return withDraft(state, draft, { ...before, marked: before.marked.filter((mark) => !places.some((one) => samePlace(one, mark))) });
});

const placesIn = ({ z: { array, strictObject }, id, key }: FieldSchemas): z.ZodType<readonly MarkedPlace[]> => array(strictObject({ provision: id, key: key.optional() })).min(1).max(200) as z.ZodType<readonly MarkedPlace[]>;

/** A member of a party has looked at places that were marked when a draft followed its position: they are tabled with everything else again. */
export const lookAtPlaces = documentAct({
  t: 'lookAtPlaces', performedBy: 'people', since: 4, log: 'private',
  fields: (schemas) => ({ draft: schemas.id, places: placesIn(schemas) }),
  legible: { draft: true, places: { provision: true, key: true } },
  right: { roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation' },
  events: [placesLookedAt],
  decide({ draft, places }, { document }) {
    const found = foundDraft(document, draft);
    if (!found.ok) return found;
    const marked = places.filter((place) => found.value.marked.some((one) => samePlace(one, place)));
    return marked.length > 0 ? outcome([{ e: 'placesLookedAt', draft, places: marked }]) : refuse('nothing-pending');
  },
  says: ({ places }) => message('lookAtPlaces', { provisions: [...new Set(places.map(({ provision }) => provision))] }),
});
