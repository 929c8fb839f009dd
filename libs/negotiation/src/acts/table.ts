import { EMPTY_TEXT, KINDS, LABEL_LIMIT, LEVEL_LIMIT, type PartyId } from '@parley/text';
import { documentAct } from '../act-definition.ts';
import type { FieldSchemas } from '../act-fields.ts';
import { Changes } from '../changes.ts';
import { isLocked } from '../document.ts';
import { type Written, writtenEvent } from '../event.ts';
import { message } from '../message.ts';
import { outcome } from '../outcome.ts';
import { partyOf, positionRoom } from '../party.ts';
import { refuse } from '../refusal.ts';
import { areFromTheEnd, changesSomething, foundMoved, namesPlacesOnce, sizeOfParts, TABLED_PARTS, TABLED_RUNS, TABLED_SPLICES, TABLED_SPLICES_IN_SLOT, tabledEdits, type TabledPart } from '../tabling.ts';
import type { z } from '../zod.ts';

interface Tabled { readonly e: 'tabled'; readonly party: PartyId; readonly provisions: readonly string[] }
/** What is tabled rests from its tabling as what is typed rests from its typing. */
export const tabled = writtenEvent<Tabled>('tabled', ({ party, provisions }): Written => ({ room: positionRoom(party), provisions }));

function partsOf({ z: { array, discriminatedUnion, enum: oneOf, literal, number, strictObject, string }, id, digest, key, offset, slot, provision }: FieldSchemas): z.ZodType<readonly TabledPart[]> {
  const anchor = id.nullable(), label = string().max(LABEL_LIMIT), kind = oneOf(KINDS), level = number().int().min(0).max(LEVEL_LIMIT);
  const splices = array(strictObject({ from: offset, to: offset, insert: slot })).min(1).max(TABLED_SPLICES_IN_SLOT).refine(areFromTheEnd, 'splices that do not stand from the end');
  const field = { type: literal('field') };
  const part: z.ZodType<TabledPart> = discriminatedUnion('on', [
    strictObject({ on: literal('words'), provision: id, key, digest, result: digest, splices }),
    strictObject({
      on: literal('item'), provision: id,
      item: discriminatedUnion('type', [
        strictObject({ type: literal('add'), after: anchor, digest, provision }),
        strictObject({ type: literal('remove'), digest }),
        strictObject({ type: literal('move'), from: strictObject({ after: anchor, before: anchor }), after: anchor }),
        discriminatedUnion('field', [
          strictObject({ ...field, field: literal('label'), from: label, to: label }),
          strictObject({ ...field, field: literal('kind'), from: kind, to: kind }),
          strictObject({ ...field, field: literal('level'), from: level, to: level }),
        ]),
      ]),
    }),
  ]);
  return array(part.refine(changesSomething, 'a part that changes nothing')).min(1).max(TABLED_PARTS).refine(namesPlacesOnce, 'something is named twice')
    .refine((parts) => { const { splices: all, runs } = sizeOfParts(parts); return all <= TABLED_SPLICES && runs <= TABLED_RUNS; }, 'too many splices, or marks');
}

/** A member of a party puts exactly named changes into its own position. What of the position they do not name may have moved meanwhile. */
export const table = documentAct({
  t: 'table', performedBy: 'people', since: 4,
  fields: (schemas) => ({ parts: partsOf(schemas) }),
  legible: { parts: { on: true, provision: true, key: true, result: true, item: { type: true, field: true, digest: true } } },
  right: { roles: ['negotiator', 'head', 'moderator'], stage: 'negotiation' },
  events: [tabled],
  decide({ parts }, context) {
    const party = partyOf(context.actor)!, position = context.rooms[positionRoom(party)], provisions = [...new Set(parts.map(({ provision }) => provision))];
    if (!position) return refuse('not-found');
    if (provisions.some((id) => isLocked(context.document, id))) return refuse('provision-locked');
    const edits = tabledEdits(position, parts);
    if (!edits.ok) return edits;
    const changes = new Changes(context);
    changes.table(party, edits.value);
    const moved = foundMoved(context.rooms.common ?? EMPTY_TEXT, position, changes.rooms[positionRoom(party)]!);
    return outcome([{ e: 'tabled', party, provisions: [...new Set([...provisions, ...moved])] }], changes.edits);
  },
  says: ({ parts }) => message('table', { provisions: [...new Set(parts.map(({ provision }) => provision))] }),
});
