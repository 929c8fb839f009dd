/**
 * msgpack as socket.io's parser writes it, read without believing what it claims: no length before the bytes are there, no depth and no number of values beyond the
 * bounds. https://github.com/msgpack/msgpack/blob/master/spec.md
 */

/** How much one frame may hold. `values` counts keys too. */
export interface FrameBounds { readonly bytes: number; readonly depth: number; readonly values: number }

/** A frame that is not what it claims to be, or holds more than it may. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame';
}

const text = new TextDecoder('utf-8', { ignoreBOM: true });
/** So short a text is put together here if it is plain: that takes less time than to ask. */
const SHORT = 32;
/** Would become the prototype of what it is a key of. */
const NO_KEY = '__proto__';

/** What a frame holds: plain values, with bytes as views of the frame itself. Refuses (`BadFrame`) what is cut off or has a rest, keys that are no text, and every extension but the one for `undefined`. */
export function decodeFrame(frame: Uint8Array, bounds: FrameBounds): unknown {
  if (frame.length > bounds.bytes) throw new BadFrame('too many bytes');
  const reader = new FrameReader(frame, bounds.values), value = reader.value(bounds.depth);
  reader.end();
  return value;
}

class FrameReader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly frame: Uint8Array, private valuesLeft: number) {
    this.view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  }

  end(): void {
    if (this.at !== this.frame.length) throw new BadFrame('bytes after the end');
  }

  value(depth: number): unknown {
    if (--this.valuesLeft < 0) throw new BadFrame('too many values');
    const first = this.uint(1);
    if (first < 0x80) return first;
    if (first < 0x90) return this.map(first & 0x0f, depth);
    if (first < 0xa0) return this.array(first & 0x0f, depth);
    if (first < 0xc0) return this.text(first & 0x1f);
    if (first >= 0xe0) return first - 0x100;
    return this.marked(first, depth);
  }

  private marked(first: number, depth: number): unknown {
    switch (first) {
      case 0xc0: return null;
      case 0xc2: return false;
      case 0xc3: return true;
      case 0xc4: case 0xc5: case 0xc6: return this.take(this.uint(1 << (first - 0xc4)));
      case 0xca: return this.view.getFloat32(this.skip(4));
      case 0xcb: return this.view.getFloat64(this.skip(8));
      case 0xcc: case 0xcd: case 0xce: return this.uint(1 << (first - 0xcc));
      case 0xcf: return this.uint(4) * 2 ** 32 + this.uint(4);
      case 0xd0: return this.view.getInt8(this.skip(1));
      case 0xd1: return this.view.getInt16(this.skip(2));
      case 0xd2: return this.view.getInt32(this.skip(4));
      case 0xd3: return this.view.getInt32(this.skip(4)) * 2 ** 32 + this.uint(4);
      case 0xd4: return this.nothing();
      case 0xd9: case 0xda: case 0xdb: return this.text(this.uint(1 << (first - 0xd9)));
      case 0xdc: case 0xdd: return this.array(this.uint(2 << (first - 0xdc)), depth);
      case 0xde: case 0xdf: return this.map(this.uint(2 << (first - 0xde)), depth);
      default: throw new BadFrame('an extension');
    }
  }

  private array(length: number, depth: number): unknown[] {
    this.within(length, depth);
    const values: unknown[] = [];
    for (let i = 0; i < length; i++) values.push(this.value(depth - 1));
    return values;
  }

  private map(length: number, depth: number): Record<string, unknown> {
    this.within(2 * length, depth);
    const fields: Record<string, unknown> = {};
    for (let i = 0; i < length; i++) {
      const key = this.value(0);
      if (typeof key !== 'string' || key === NO_KEY) throw new BadFrame('a key that is none');
      fields[key] = this.value(depth - 1);
    }
    return fields;
  }

  /** Every value takes a byte at least. */
  private within(count: number, depth: number): void {
    if (depth <= 0) throw new BadFrame('too deep');
    if (count > this.frame.length - this.at) throw new BadFrame('cut off');
    if (count > this.valuesLeft) throw new BadFrame('too many values');
  }

  private text(length: number): string {
    const bytes = this.take(length);
    if (length > SHORT) return text.decode(bytes);
    let plain = '';
    for (const byte of bytes) {
      if (byte > 0x7f) return text.decode(bytes);
      plain += String.fromCharCode(byte);
    }
    return plain;
  }

  /** The one extension of one byte that is read: type 0, content 0. */
  private nothing(): undefined {
    if (this.uint(2) !== 0) throw new BadFrame('an extension');
    return undefined;
  }

  private take(length: number): Uint8Array {
    const from = this.skip(length);
    return this.frame.subarray(from, from + length);
  }

  private uint(bytes: number): number {
    const at = this.skip(bytes);
    return bytes === 1 ? this.view.getUint8(at) : bytes === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  /** Where the next `bytes` bytes begin; they are surely there. */
  private skip(bytes: number): number {
    const at = this.at;
    if (bytes > this.frame.length - at) throw new BadFrame('cut off');
    this.at += bytes;
    return at;
  }
}
