import { isCleanName, KINDS, LABEL_LIMIT, LEVEL_LIMIT, type Provision, type Slot, SLOT_LIMIT } from '@parley/text';
import { ROLES } from './party.ts';
import type { Proposal } from './proposal.ts';
import { z } from './zod.ts';

/** An identifier made by a client: letters, digits, `_`, `-`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const roleSchema = z.enum(ROLES);
/** The SHA-256 of a one-time secret that its maker hands over; the secret itself is in no act. */
const linkSchema = digestSchema;
const reasonSchema = z.string().max(2_000);
/** One line as it will be recorded: spaces at its ends are refused, not cut, so that a replay reads what was signed. */
const lineSchema = (max: number) => z.string().min(1).max(max).refine((text) => text === text.trim(), 'no spaces at the ends');
/** What stands in a delegation's brackets: up to six capital letters or figures of any script; of a script without capitals, letters. Composed, and nothing in it that cannot be seen. */
export const codeSchema = z.string().regex(/^(?:[\p{Lu}\p{Lo}\p{Nd}]\p{M}*){1,6}$/u).refine(isCleanName, 'characters that no code has');
/** What people call somebody: composed, and nothing in it that cannot be seen. */
const nameSchema = (max: number) => lineSchema(max).refine(isCleanName, 'characters that no name has');

/**
 * The text that an act was shown with (`digestOf`, or of the working paper). Every act that is sent carries it; in the record it is absent where the act is older than this rule,
 * and then nothing is concluded from it.
 */
const digestOrOlder = digestSchema.optional();

export const keySchema = z.string().regex(/^[a-z]{2,3}:[a-z]{1,32}$/);
export const offsetSchema = z.number().int().min(0).max(SLOT_LIMIT);
const runSchema = z.strictObject({ t: z.string().min(1).max(SLOT_LIMIT), m: z.string().max(400).optional() });
const slotSchema: z.ZodType<Slot> = z.array(runSchema).max(4_000);
const provisionSchema: z.ZodType<Provision> = z.strictObject({
  id: idSchema, kind: z.enum(KINDS), label: z.string().max(LABEL_LIMIT), level: z.number().int().min(0).max(LEVEL_LIMIT), slots: z.record(keySchema, slotSchema),
});

const namedHunk = { from: offsetSchema, to: offsetSchema, removed: slotSchema, inserted: slotSchema };
const version = z.number().int().min(1).max(1_000);
const fieldValue = z.union([z.string().max(LABEL_LIMIT), z.number().int()]);
const proposalSchema: z.ZodType<Proposal> = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('words'), party: idSchema, provision: idSchema, key: keySchema, digest: digestSchema, version, hunks: z.array(z.strictObject(namedHunk)).min(1).max(500) }),
  z.strictObject({
    on: z.literal('item'), party: idSchema, provision: idSchema, version,
    item: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('add'), after: idSchema.nullable(), provision: provisionSchema }),
      z.strictObject({ type: z.literal('remove'), digest: digestSchema }),
      z.strictObject({ type: z.literal('move'), after: idSchema.nullable() }),
      z.strictObject({ type: z.literal('field'), field: z.enum(['label', 'kind', 'level']), from: fieldValue, to: fieldValue }),
    ]),
  }),
]);

/** One string for each hunk and each item that a part names: where it is. */
const placesIn = (part: Proposal): string[] => {
  const place = [part.party, part.provision];
  if (part.on === 'words') return part.hunks.map(({ from, to }) => [...place, part.key, from, to].join(' '));
  return [[...place, part.item.type, part.item.type === 'field' ? part.item.field : ''].join(' ')];
};

/** Nothing stands in it twice: it is kept and sent to every reader. */
function namesNothingTwice(parts: readonly Proposal[]): boolean {
  const places = parts.flatMap(placesIn);
  return new Set(places).size === places.length;
}

const partsSchema = z.array(proposalSchema).min(1).max(200).refine(namesNothingTwice, 'something is named twice');

/** Those of the library's makers that acts use; handed on as a whole it would come whole with every program. */
const makers = {
  array: z.array, custom: z.custom, discriminatedUnion: z.discriminatedUnion, enum: z.enum, literal: z.literal, number: z.number, strictObject: z.strictObject, string: z.string,
};

/** What the fields of acts are made of. It is handed to an act when its schema is wanted: whoever asks only what may be done and what follows needs no schemas, nor the library that makes them. */
export const FIELD_SCHEMAS = {
  z: makers, id: idSchema, digest: digestSchema, digestOrOlder, role: roleSchema, link: linkSchema, reason: reasonSchema, line: lineSchema, name: nameSchema, code: codeSchema, key: keySchema, offset: offsetSchema, slot: slotSchema, provision: provisionSchema,
  proposal: proposalSchema, parts: partsSchema,
};
export type FieldSchemas = typeof FIELD_SCHEMAS;
