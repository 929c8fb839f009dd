import { codeSchema, digestSchema, idSchema } from '@parley/negotiation';
import { isCleanName } from '@parley/text';
import { z } from './zod.ts';

export const userNameSchema = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/);
/** Half a character is none, and would match any other half. */
export const passwordSchema = z.string().min(15).max(128).regex(/^\P{Cs}*$/u, 'not well-formed');
/** A name that others read: composed, without spaces at its ends or anything that cannot be seen. */
const nameSchema = (max: number) => z.string().trim().min(1).max(max).overwrite((name) => name.normalize('NFC')).refine(isCleanName, { params: { refusal: 'bad-text' }, message: 'characters that no name has' });
export const displayNameSchema = nameSchema(80);

export const signInSchema = z.strictObject({ userName: z.string().max(80), password: z.string().max(256) });
export const demoSignInSchema = z.strictObject({ user: idSchema });
export const newAccountSchema = z.strictObject({ userName: userNameSchema, displayName: displayNameSchema, password: passwordSchema });
/** POST /api/groups */
export const newGroupSchema = z.strictObject({
  name: nameSchema(200),
  /** `id`: what the record says for ever; made from the code where none is wished for. */
  delegations: z.array(z.strictObject({ id: idSchema.optional(), code: codeSchema, name: nameSchema(80) })).length(2),
});
export type NewGroup = z.infer<typeof newGroupSchema>;
export const setUpSchema = newAccountSchema.extend({ token: z.string().max(200), group: newGroupSchema });
/** POST /api/accounts/:user/reset: the hash of the link's secret. */
export const resetSchema = z.strictObject({ link: digestSchema });
export type NewAccount = z.infer<typeof newAccountSchema>;
export type SetUp = z.infer<typeof setUpSchema>;

/** The secret of a one-time link. It travels in the fragment of the address and in bodies; the record knows its hash. */
export const secretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const lookAtLinkSchema = z.strictObject({ secret: secretSchema });
/** What somebody wants to be called at signing in; the server completes it, so that no answer tells which names there are. */
const userNameWishSchema = userNameSchema.max(32);
/** `person`: for an invitation, whoever has no account yet. */
export const openLinkSchema = z.strictObject({
  secret: secretSchema, password: passwordSchema, person: z.strictObject({ userName: userNameWishSchema, displayName: displayNameSchema }).optional(),
});
export type OpenLink = z.infer<typeof openLinkSchema>;
export const recoverSchema = z.strictObject({ userName: z.string().max(80), code: z.string().max(80), password: passwordSchema });
export type Recover = z.infer<typeof recoverSchema>;
export const ownPasswordSchema = z.strictObject({ password: z.string().max(256) });
/** POST /api/groups/:group/documents/:id/read: the last entry that was shown. */
export const readUpToSchema = z.strictObject({ entry: z.int().min(0) });
export type ReadUpTo = z.infer<typeof readUpToSchema>;
