/**
 * What of a value stands legibly in a leaf: a value without parts as it is, of a value with parts those that are named, of a list the same of every one. A part that is not named is
 * hidden, also one that is added to the value later.
 */
export type Legible<T> = [T] extends [never] ? never : NonNullable<T> extends readonly (infer One)[] ? Legible<One> : NonNullable<T> extends object ? LegibleFields<NonNullable<T>> : true;

type Keys<T> = T extends unknown ? keyof T : never;
type At<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** The legible fields of a value with parts, each with what of it is legible. */
export type LegibleFields<T> = { readonly [K in Keys<T>]?: Legible<At<T, K>> };

/** The same as whoever writes a leaf reads it. */
export type LegibleParts = { readonly [field: string]: true | LegibleParts };
