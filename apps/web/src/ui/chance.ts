import { actId } from '@parley/sync';

/** Sixteen random bytes in lower-case hex: keeps short words from being guessed by their hash. */
export const randomSalt = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

/** A name for a document, an act or a provision that nobody has used. Not `randomUUID`: a page over plain http has none. */
export const newId = (): string => actId(() => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32);
