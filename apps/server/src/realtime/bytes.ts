import type { Turn } from '@parley/protocol';
import type { Admitted } from '../rooms/rooms.ts';

/**
 * The parser under socket.io has its own idea of bytes. Inwards it gives a Buffer or an ArrayBuffer, by the client. Outwards it writes *the whole memory behind* a
 * Uint8Array, whatever part of it the array shows, and only a Buffer as what it is. So bytes are turned here, at the edge, and nowhere else.
 */
export function bytesIn(value: unknown, depth = 4): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bytesIn(part, depth - 1)]));
}

/** The same bytes as a Buffer, not copied. */
export const bytesOut = (bytes: Uint8Array): Uint8Array => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const turnOut = (turn: Turn): Turn => ({ ...turn, rooms: mapped(turn.rooms, (updates) => updates.map(bytesOut)) });

export const admittedOut = (admitted: Admitted): Admitted =>
  ({ ...admitted, rooms: mapped(admitted.rooms, ({ updates, vector }) => ({ updates: updates.map(bytesOut), vector: bytesOut(vector) })) });

function mapped<K extends string, V>(record: Readonly<Partial<Record<K, V>>>, change: (value: V) => V): Partial<Record<K, V>> {
  const pairs = (Object.entries(record) as [K, V | undefined][]).flatMap(([name, value]) => (value === undefined ? [] : [[name, change(value)] as const]));
  return Object.fromEntries(pairs) as Partial<Record<K, V>>;
}
