import { type Act, type DocumentAct, type GroupAct, ROLES, TEMPLATES } from '@parley/negotiation';
import { isCleanName, KINDS, type Provision, type Slot, SLOT_LIMIT } from '@parley/text';
import { z } from './zod.ts';

/** An identifier made by a client: letters, digits, `_`, `-`. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const party = idSchema;
const key = z.string().regex(/^[a-z]{2,3}:[a-z]{1,32}$/);
const offset = z.number().int().min(0).max(SLOT_LIMIT);
const reason = z.string().max(2_000);
/** One line as it will be recorded: spaces at its ends are refused, not cut, so that a replay reads what was signed. */
const line = (max: number) => z.string().min(1).max(max).refine((text) => text === text.trim(), 'no spaces at the ends');

const runSchema = z.strictObject({ t: z.string().min(1).max(SLOT_LIMIT), m: z.string().max(400).optional() });
export const slotSchema: z.ZodType<Slot> = z.array(runSchema).max(4_000);
export const provisionSchema: z.ZodType<Provision> = z.strictObject({
  id: idSchema, kind: z.enum(KINDS), label: z.string().max(40), level: z.number().int().min(0).max(8), slots: z.record(key, slotSchema),
});

const namedHunk = { from: offset, to: offset, removed: slotSchema, inserted: slotSchema };
const version = z.number().int().min(1).max(1_000);
const proposal = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('words'), party, provision: idSchema, key, digest: digestSchema, version, hunks: z.array(z.strictObject(namedHunk)).min(1).max(500) }),
  z.strictObject({
    on: z.literal('item'), party, provision: idSchema, version,
    item: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('add'), after: idSchema.nullable(), provision: provisionSchema }),
      z.strictObject({ type: z.literal('remove'), digest: digestSchema }),
      z.strictObject({ type: z.literal('move'), after: idSchema.nullable() }),
      z.strictObject({ type: z.literal('field'), field: z.enum(['label', 'kind', 'level']), from: z.union([z.string().max(40), z.number().int()]), to: z.union([z.string().max(40), z.number().int()]) }),
    ]),
  }),
]);
const parts = z.array(proposal).min(1).max(200);
const result = z.strictObject({
  provisions: z.array(z.strictObject({ provision: idSchema, digest: digestSchema.nullable() })).min(1).max(200), order: digestSchema.nullable(),
});
const consent = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('provision'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ on: z.literal('parts'), key: z.string().regex(/^[A-Za-z0-9_-]{1,64}\|[0-9a-f]{24}$/) }),
  z.strictObject({ on: z.literal('closing'), closing: idSchema }),
]);
const own = z.enum(['withdrawn', 'alongside']);

const act = { v: z.literal(1), id: idSchema };
const onDocument = { ...act, doc: idSchema };

/** Every act that is performed on a document. `lapse` is the server's own and is not among them. */
export const documentActSchema: z.ZodType<Exclude<DocumentAct, { t: 'lapse' }>> = z.discriminatedUnion('t', [
  z.strictObject({ ...onDocument, t: z.literal('openDocument'), title: line(300), template: z.enum(TEMPLATES), provisions: z.array(provisionSchema).max(10_000) }),
  z.strictObject({ ...onDocument, t: z.literal('acceptAsBasis'), digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('declineBasis'), digest: digestSchema, reason }),
  z.strictObject({ ...onDocument, t: z.literal('takeBackBasis') }),
  z.strictObject({ ...onDocument, t: z.literal('accept'), parts, own, givesUp: z.array(proposal).max(200), result }),
  z.strictObject({ ...onDocument, t: z.literal('decline'), parts, reason }),
  z.strictObject({ ...onDocument, t: z.literal('withdraw'), parts }),
  z.strictObject({ ...onDocument, t: z.literal('agree'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('takeBackConsent'), consent }),
  z.strictObject({ ...onDocument, t: z.literal('approve'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('askReopening'), provision: idSchema, digest: digestSchema, reason }),
  z.strictObject({ ...onDocument, t: z.literal('grantReopening'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('declineReopening'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('takeBackReopening'), provision: idSchema, digest: digestSchema }),
  z.strictObject({ ...onDocument, t: z.literal('closePaper'), reason }),
  z.strictObject({ ...onDocument, t: z.literal('proposeClosing'), reason }),
  z.strictObject({ ...onDocument, t: z.literal('assentToClosing'), closing: idSchema }),
  z.strictObject({ ...onDocument, t: z.literal('declineClosing'), closing: idSchema, reason }),
  z.strictObject({ ...onDocument, t: z.literal('takeBackClosing'), closing: idSchema }),
]);

const delegation = z.strictObject({ id: idSchema, code: z.string().regex(/^[A-Z0-9]{1,6}$/), name: line(80).refine(isCleanName, 'characters that no name has') });

/** Acts on the working group that the server alone performs, and one that is in old records only. */
export type ServersGroupAct = Extract<GroupAct, { t: 'takeSeat' | 'renewAccount' | 'recoverAccount' | 'wakeSeat' }>;
type OwnGroupAct = Exclude<GroupAct, ServersGroupAct | { t: 'appoint' }>;

/** Every act on the working group that somebody may send. */
export const groupActSchema: z.ZodType<OwnGroupAct> = z.discriminatedUnion('t', [
  z.strictObject({ ...act, t: z.literal('establish'), name: line(200), delegations: z.array(delegation).length(2) }),
  z.strictObject({ ...act, t: z.literal('invite'), link: digestSchema, role: z.enum(ROLES), delegation: idSchema.optional() }),
  z.strictObject({ ...act, t: z.literal('revokeInvitation'), link: digestSchema }),
  z.strictObject({ ...act, t: z.literal('acceptSeat'), user: idSchema, role: z.enum(ROLES) }),
  z.strictObject({ ...act, t: z.literal('declineSeat'), user: idSchema }),
  z.strictObject({ ...act, t: z.literal('remove'), user: idSchema }),
  z.strictObject({ ...act, t: z.literal('keepSeat'), user: idSchema }),
  z.strictObject({ ...act, t: z.literal('resetAccount'), user: idSchema, link: digestSchema }),
  z.strictObject({ ...act, t: z.literal('confirmSeat'), user: idSchema, link: digestSchema }),
]);

/** What of an act stands in its leaf, in UTF-16 units: what is legible is ASCII, and with every one of it quoted the leaf still holds it. */
export const OP_LIMIT = 30_000;

export const sentActSchema = z.strictObject({ op: z.string().max(OP_LIMIT), words: z.string().max(4 * 1024 * 1024) });

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes are needed here');
/** Which kinds of rooms there are, the rooms know: one of no kind does not exist, as one that somebody may not read. */
const room = z.string().regex(/^[a-z]{1,32}(:[A-Za-z0-9_-]{1,64})?$/) as unknown as z.ZodType<'working'>;

export const handshakeSchema = z.strictObject({ seat: idSchema, protocol: z.number().int(), schema: z.number().int() });
const log = z.string().regex(/^(shared|private:[A-Za-z0-9_-]{1,64})$/).optional() as unknown as z.ZodOptional<z.ZodType<'shared'>>;
export const joinSchema = z.strictObject({ doc: idSchema, log, have: z.record(room as unknown as z.ZodString, bytes), epoch: digestSchema.optional() });
export const leaveSchema = z.strictObject({ doc: idSchema, log });
export const updateSchema = z.strictObject({ doc: idSchema, room, update: bytes });
export const compareSchema = z.strictObject({ doc: idSchema, log, entry: z.number().int().min(-1), rooms: z.record(room as unknown as z.ZodString, digestSchema) });
const caret = z.strictObject({ room, provision: idSchema, key, anchor: offset, head: offset });
export const presenceSchema = z.strictObject({ doc: idSchema, log, caret: caret.nullable() });

/** One act of any sort, for the log's readers. */
export type AnyAct = Act;
