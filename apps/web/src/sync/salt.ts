/** Sixteen random bytes in lower-case hex: keeps short words from being guessed by their hash. */
export const randomSalt = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

/** A name for an act or a provision that nobody has used. */
export const newId = (): string => crypto.randomUUID();
