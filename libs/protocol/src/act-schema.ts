import { ACTS, type AnyDocumentAct, type AnyGroupAct, type ActRegistry, FIELD_SCHEMAS, idSchema, type SentDocumentAct, type SentGroupAct, type SentIn } from '@parley/negotiation';
import { z } from './zod.ts';

const head = { v: z.literal(1), id: idSchema };

/** Of the acts of a list those that people send, each with its fields and no others. */
function sent<D extends AnyDocumentAct | AnyGroupAct>(acts: readonly D[], common: Readonly<Record<string, z.ZodType>>): z.ZodType<SentIn<D>> {
  const [first, ...rest] = acts.filter(({ performedBy }) => performedBy === 'people').map(({ t, fields }) => z.strictObject({ ...common, ...fields(FIELD_SCHEMAS), t: z.literal(t) }));
  return z.discriminatedUnion('t', [first!, ...rest]) as unknown as z.ZodType<SentIn<D>>;
}

/** Every act that somebody may send on a document. The server's own, and those that are in old records only, are not among them. */
export const documentActSchemaOf = <D extends AnyDocumentAct, G extends AnyGroupAct>(acts: ActRegistry<D, G>): z.ZodType<SentIn<D>> => sent(acts.onDocument, { ...head, doc: idSchema });

/** Every act that somebody may send on the working group. */
export const groupActSchemaOf = <D extends AnyDocumentAct, G extends AnyGroupAct>(acts: ActRegistry<D, G>): z.ZodType<SentIn<G>> => sent(acts.onGroup, head);

export const documentActSchema: z.ZodType<SentDocumentAct> = documentActSchemaOf(ACTS);
export const groupActSchema: z.ZodType<SentGroupAct> = groupActSchemaOf(ACTS);
