import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical, type Json } from './canonical.ts';

export type Bytes = Uint8Array;

/** SHA-256 of bytes: 32 bytes. */
export const sha256 = (bytes: Bytes): Bytes => nobleSha256(bytes);

/** Lower-case hex. */
export const hex = (bytes: Bytes): string => bytesToHex(bytes);

/** UTF-8 of a string. */
export const utf8 = (text: string): Bytes => utf8ToBytes(text);

const LEAF = Uint8Array.of(0x00);

/** Leaf hash of RFC 6962 section 2.1: SHA-256(0x00 ‖ entry). `digest`: the machine's own SHA-256, where it has a faster one. */
export const leafHash = (entry: Bytes, digest = sha256): Bytes => digest(concatBytes(LEAF, entry));

/** Lower-case hex SHA-256 of the canonical text of a value. */
export const digestOfJson = (value: Json): string => hex(sha256(utf8(canonical(value))));

/**
 * A payload made ready to keep beside its leaf: `blob` = salt ‖ payload, and its commitment `c`, the lower-case hex SHA-256
 * of the blob. The salt must be 32 fresh random bytes: without it a short payload could be guessed from `c`. `digest`: as for `leafHash`.
 */
export function committed(salt: Bytes, payload: Bytes, digest = sha256): { blob: Bytes; c: string } {
  if (salt.length !== 32) throw new RangeError(`committed: the salt has ${salt.length} bytes, not 32`);
  const blob = concatBytes(salt, payload);
  return { blob, c: hex(digest(blob)) };
}
