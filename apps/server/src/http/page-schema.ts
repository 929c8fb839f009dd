import { z } from 'zod';

/** The index of an entry in an address. */
export const indexSchema = z.string().regex(/^\d{1,15}$/, 'the index of an entry').transform(Number);
const afterSchema = z.string().regex(/^(-1|\d{1,15})$/, 'the index of an entry, or -1').transform(Number);

/** The query of a list that comes in pages: what comes after an entry, at most so many. */
export const pageSchemaOf = (most: number) => z.strictObject({ after: afterSchema.optional(), limit: indexSchema.pipe(z.number().min(1).max(most)).optional() });
export type Page = z.infer<ReturnType<typeof pageSchemaOf>>;
