import { isCleanName, KINDS, type Provision, type Slot, SLOT_LIMIT } from '@parley/text';
import { ROLES } from './party.ts';
import type { Proposal } from './proposal.ts';
import { z } from './zod.ts';

/** An identifier made by a client: letters, digits, `_`, `-`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const roleSchema = z.enum(ROLES);
/** The SHA-256 of a one-time secret that its maker hands over; the secret itself is in no act. */
export const linkSchema = digestSchema;
export const reasonSchema = z.string().max(2_000);
/** One line as it will be recorded: spaces at its ends are refused, not cut, so that a replay reads what was signed. */
export const lineSchema = (max: number) => z.string().min(1).max(max).refine((text) => text === text.trim(), 'no spaces at the ends');
/** What people call somebody: composed, and nothing in it that cannot be seen. */
export const nameSchema = (max: number) => lineSchema(max).refine(isCleanName, 'characters that no name has');

/**
 * The text that an act was shown with (`digestOf`, or of the working paper). Every act that is sent carries it; in the record it is absent where the act is older than this rule,
 * and then nothing is concluded from it.
 */
export const digestOrOlder = digestSchema.optional();

export const keySchema = z.string().regex(/^[a-z]{2,3}:[a-z]{1,32}$/);
export const offsetSchema = z.number().int().min(0).max(SLOT_LIMIT);
const runSchema = z.strictObject({ t: z.string().min(1).max(SLOT_LIMIT), m: z.string().max(400).optional() });
const slotSchema: z.ZodType<Slot> = z.array(runSchema).max(4_000);
export const provisionSchema: z.ZodType<Provision> = z.strictObject({
  id: idSchema, kind: z.enum(KINDS), label: z.string().max(40), level: z.number().int().min(0).max(8), slots: z.record(keySchema, slotSchema),
});

const namedHunk = { from: offsetSchema, to: offsetSchema, removed: slotSchema, inserted: slotSchema };
const version = z.number().int().min(1).max(1_000);
const fieldValue = z.union([z.string().max(40), z.number().int()]);
export const proposalSchema: z.ZodType<Proposal> = z.discriminatedUnion('on', [
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

export const partsSchema = z.array(proposalSchema).min(1).max(200).refine(namesNothingTwice, 'something is named twice');

/** What tells of a proposal which text it is about: that is legible, its words are not. */
export const PART_PLACE = { on: true, party: true, provision: true, key: true } as const;
/** As acts of the first version of the rules have it. */
export const FORMER_PART_PLACE = { ...PART_PLACE, digest: true, version: true } as const;
