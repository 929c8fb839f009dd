import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that are not taken for one another (Crockford): 5 bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;

/** Some letters and digits, drawn by chance. */
export const drawn = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** A fresh code of 100 bits, in groups that can be written down. */
export const newRecoveryCode = (): string => drawn(LENGTH).replace(/(.{5})(?=.)/g, '$1-');

/** What is kept of a code, however it is written: SHA-256, for nobody guesses 100 bits. */
export function recoveryHashOf(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest('hex');
}
