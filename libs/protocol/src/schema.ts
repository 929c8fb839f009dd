import { digestSchema, idSchema, keySchema, offsetSchema } from '@parley/negotiation';
import { z } from './zod.ts';

/** What of an act stands in its leaf, in UTF-16 units: what is legible is ASCII, and with every one of it quoted the leaf still holds it. */
export const OP_LIMIT = 30_000;

export const sentActSchema = z.strictObject({ op: z.string().max(OP_LIMIT), words: z.string().max(4 * 1024 * 1024) });

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes are needed here');
/** Which kinds of rooms there are, the rooms know: one of no kind does not exist, as one that somebody may not read. */
const room = z.string().regex(/^[a-z]{1,32}(:[A-Za-z0-9_-]{1,64}){0,2}$/) as unknown as z.ZodType<'working'>;

export const handshakeSchema = z.strictObject({ seat: idSchema, protocol: z.number().int(), schema: z.number().int() });
const log = z.string().regex(/^(shared|private:[A-Za-z0-9_-]{1,64})$/).optional() as unknown as z.ZodOptional<z.ZodType<'shared'>>;
export const joinSchema = z.strictObject({ doc: idSchema, log, have: z.record(room as unknown as z.ZodString, bytes), epoch: digestSchema.optional() });
export const leaveSchema = z.strictObject({ doc: idSchema, log });
export const updateSchema = z.strictObject({ doc: idSchema, room, update: bytes });
export const compareSchema = z.strictObject({ doc: idSchema, log, entry: z.number().int().min(-1), rooms: z.record(room as unknown as z.ZodString, digestSchema) });
const caret = z.strictObject({ room, provision: idSchema, key: keySchema, anchor: offsetSchema, head: offsetSchema });
export const presenceSchema = z.strictObject({ doc: idSchema, log, caret: caret.nullable() });
