/**
 * Bytes at the edge of the wire. msgpack as socket.io speaks it knows two things by the name of binary, and each side of it takes another one for bytes: a
 * `Uint8Array` becomes an object of numbers in a browser, and in Node the *whole* memory behind it is sent, whatever else lies there. So nothing but what
 * `toWire` returns is ever emitted, and nothing is read before `fromWire`: on the wire there is only `bin`.
 */

type Native = (view: Uint8Array) => unknown;

const inNode: Native | undefined = (() => {
  const buffer = (globalThis as { Buffer?: { from(memory: ArrayBufferLike, from: number, length: number): unknown } }).Buffer;
  return buffer && ((view) => buffer.from(view.buffer, view.byteOffset, view.byteLength));
})();

const native: Native = inNode ?? ((view) => view.slice().buffer);

/** No bytes lie deeper in a message; somebody may send one that has no bottom. */
const DEEPEST = 12;

function mapped(value: unknown, bytes: (value: ArrayBuffer | ArrayBufferView) => unknown, depth = DEEPEST): unknown {
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return bytes(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, bytes, depth - 1));
  const fields: [string, unknown][] = [];
  for (const [name, one] of Object.entries(value)) if (one !== undefined) fields.push([name, mapped(one, bytes, depth - 1)]);
  return Object.fromEntries(fields);
}

const plain = (value: ArrayBuffer | ArrayBufferView): Uint8Array =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

/** A message with its bytes as this machine's msgpack takes them; fields that are undefined are left out. */
export const toWire = <T>(message: T): T => mapped(message, (value) => native(plain(value))) as T;

/** A message that arrived, with all bytes as `Uint8Array`. */
export const fromWire = <T>(message: T): T => mapped(message, plain) as T;
