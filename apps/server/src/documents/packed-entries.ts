import type { StoredEntry } from '../record/record.store.ts';

/** Entries in one buffer of their own, which can be given to another thread without a copy: leaf and blob of each, one behind the other. */
export interface PackedEntries { readonly bytes: ArrayBuffer; readonly lengths: readonly { readonly index: number; readonly leaf: number; readonly blob: number }[] }

/** Copies the bytes: those of a database's answer may lie in a buffer that others use, which nobody may give away. */
export function packed(entries: readonly StoredEntry[]): PackedEntries {
  const parts = entries.flatMap(({ leaf, blob }) => [leaf, blob]), bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes: bytes.buffer, lengths: entries.map(({ index, leaf, blob }) => ({ index, leaf: leaf.length, blob: blob.length })) };
}

/** The same entries, as views of the one buffer. */
export function unpacked({ bytes, lengths }: PackedEntries): StoredEntry[] {
  let at = 0;
  const next = (length: number) => new Uint8Array(bytes, (at += length) - length, length);
  return lengths.map(({ index, leaf, blob }) => ({ index, leaf: next(leaf), blob: next(blob) }));
}
