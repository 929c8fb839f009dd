import * as parser from 'socket.io-msgpack-parser';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../text/test-support/seeded.ts';
import { BadFrame, decodeFrame, type FrameBounds } from './msgpack.ts';
import { boundedParser, FROM_SERVER } from './parser.ts';
import { cases } from '../../text/test-support/cases.ts';

const BOUNDS: FrameBounds = { bytes: 1 << 20, depth: 16, values: 2_000 };
const FRAMES = cases(200_000);
const encoder = new parser.Encoder();

/** As the library reads it; only for frames of which it is known that the bytes are there. */
const byLibrary = (frame: Uint8Array): unknown => {
  let value: unknown;
  const decoder = Object.assign(new parser.Decoder(), { checkPacket: () => undefined });
  decoder.on('decoded', (packet: unknown) => { value = packet; });
  decoder.add(Buffer.from(frame));
  return value;
};
const encoded = (value: unknown): Uint8Array => (encoder.encode(value) as unknown as Uint8Array[])[0]!;
/** What becomes of a frame. */
const read = (frame: Uint8Array, bounds = BOUNDS): { readonly value: unknown } | BadFrame => {
  try {
    return { value: decodeFrame(frame, bounds) };
  } catch (error) {
    if (error instanceof BadFrame) return error;
    throw error;
  }
};
const refusal = (frame: Uint8Array, bounds = BOUNDS): string => {
  const outcome = read(frame, bounds);
  return outcome instanceof BadFrame ? outcome.message : 'read';
};
const bytes = (...hex: string[]): Uint8Array => Uint8Array.from(Buffer.from(hex.join('').replaceAll(' ', ''), 'hex'));

function same(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return Object.is(one, other);
  const [a, b] = [Object.entries(one), Object.entries(other)];
  return Array.isArray(one) === Array.isArray(other) && a.length === b.length && a.every(([key, value]) => Object.hasOwn(other, key) && same(value, (other as Record<string, unknown>)[key]));
}

/** Values of every sort that a packet of ours may hold. */
class Honest {
  constructor(private readonly random: () => number) {}

  packet(): unknown {
    return { type: this.below(5), nsp: '/', data: [this.some(['join', 'update', 'presence', '走']), this.value(0)], ...(this.random() < 0.5 && { id: this.below(70_000) }) };
  }

  value(depth: number): unknown {
    return this.some<() => unknown>([
      () => null, () => undefined, () => true, () => false, () => this.some([0, -0, 1, 127, 128, -32, -33, 255, 256, 65_535, 65_536, -128, -129, -32_769, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 40 + 7, -(2 ** 40), 1.5, Number.NaN, -1e300, Number.POSITIVE_INFINITY]),
      () => this.random(), () => 'x'.repeat(this.below(40)), () => 'ß走😀'.repeat(this.below(120)), () => Buffer.alloc(this.below(300), 7), () => (this.random() < 0.02 ? Buffer.alloc(70_000, 1) : 1), () => (this.random() < 0.02 ? 'long '.repeat(14_000) : ''),
      () => (depth > 2 ? [] : Array.from({ length: this.below(depth === 0 ? 20 : 4) }, () => this.value(depth + 1))),
      () => (depth > 2 ? {} : Object.fromEntries(Array.from({ length: this.below(depth === 0 ? 20 : 4) }, (_, i) => [this.some(['doc', 'toString', 'constructor', '0', `k${i}`]), this.value(depth + 1)]))),
    ])();
  }

  below(n: number): number { return Math.floor(this.random() * n); }
  some<T>(from: readonly T[]): T { return from[this.below(from.length)]!; }
}

/** Frames that claim more than they bring, nest, repeat, break off. */
class Hostile {
  private readonly honest: Honest;
  constructor(private readonly random: () => number) { this.honest = new Honest(random); }

  frame(): Uint8Array {
    const { honest } = this;
    return honest.some<() => Uint8Array>([
      () => this.bytes(1 + honest.below(60)),
      () => this.changed(encoded(honest.packet())),
      () => this.changed(encoded(honest.packet())).subarray(0, honest.below(200)),
      () => Uint8Array.from(Array.from({ length: 1 + honest.below(40) }, () => this.claim()).flat()),
      () => new Uint8Array(honest.below(2_000)).fill(honest.some([0x80, 0x81, 0x90, 0x91, 0xc7, 0xd4, 0xdc, 0xdd, 0xdf, 0xc1])),
      () => Uint8Array.from([...encoded(honest.packet()), ...this.bytes(1 + honest.below(3))]),
    ])();
  }

  /** A header of any sort with a length that nobody keeps. */
  private claim(): number[] {
    const first = this.honest.some([0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xd4, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0x8f, 0x9f, 0xbf]);
    return [first, ...this.honest.some([[0xff, 0xff, 0xff, 0xff], [0x01, 0xc9, 0xc3, 0x80], [0x0b, 0xeb, 0xc2, 0x00], [0x00, 0x00], [0x01], []])];
  }

  private changed(frame: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(frame.subarray(0, 400));
    for (let n = this.honest.below(4); n > 0; n--) copy[this.honest.below(copy.length)] = this.honest.below(256);
    return copy;
  }

  private bytes(length: number): Uint8Array { return Uint8Array.from({ length }, () => this.honest.below(256)); }
}

describe('[W28] a frame', () => {
  it('of ours is read as the library reads it', () => {
    const honest = new Honest(seeded(1));
    for (let n = 0; n < cases(3_000); n++) {
      const frame = encoded(honest.packet()), outcome = read(frame, FROM_SERVER);
      expect(outcome instanceof BadFrame || !same(outcome.value, byLibrary(frame)), Buffer.from(frame).toString('hex').slice(0, 400)).toBe(false);
    }
  });

  it(`${FRAMES} hostile ones take little time and memory; what is read of them is what the library reads`, { timeout: 300_000 }, () => {
    const hostile = new Hostile(seeded(2)), outcomes: Record<string, number> = {};
    let slowest = 0, decoding = 0, most = 0;
    const before = process.memoryUsage();
    for (let n = 0; n < FRAMES; n++) {
      const frame = hostile.frame(), began = process.cpuUsage().user, outcome = read(frame), took = (process.cpuUsage().user - began) / 1_000;
      decoding += took;
      slowest = Math.max(slowest, took);
      const what = outcome instanceof BadFrame ? outcome.message : 'read';
      outcomes[what] = (outcomes[what] ?? 0) + 1;
      if (!(outcome instanceof BadFrame) && !same(outcome.value, byLibrary(frame))) expect.unreachable(Buffer.from(frame).toString('hex'));
      if (n % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers);
    }
    expect(Object.keys(outcomes).sort()).toEqual(['a key that is none', 'an extension', 'bytes after the end', 'cut off', 'read', 'too deep']);
    // Alone on this machine it takes a fiftieth of that.
    expect(decoding).toBeLessThan(60_000);
    expect(slowest).toBeLessThan(1_000);
    expect(most - before.heapUsed - before.arrayBuffers).toBeLessThan(400 << 20);
  });

  it.each([
    ['arrays that claim thirty million each, one in the other', bytes('dd01c9c380'.repeat(8), '00')],
    ['an extension that claims 200 MB', bytes('c9 0bebc200 00')],
    ['an extension of 16 bits', bytes('c8 ffff 00')],
    ['bytes that claim 4 GB', bytes('c6 ffffffff')],
    ['a text that claims 4 GB', bytes('db ffffffff')],
    ['a map that claims 4 billion fields', bytes('df ffffffff')],
    ['a map of 16 bits', bytes('de ffff a161 01')],
    ['an array of 16 bits', bytes('dc ffff 01')],
    ['a number that breaks off', bytes('cf 00000000')],
    ['nothing', bytes('')],
  ])('is refused when it breaks off: %s', (_what, frame) => {
    expect(['cut off', 'an extension']).toContain(refusal(frame));
    expect(['cut off', 'an extension']).toContain(refusal(frame, FROM_SERVER));
  });

  it.each([
    ['maps one in the other', bytes('81a161'.repeat(17), 'c0'), 'too deep'],
    ['arrays one in the other', bytes('91'.repeat(200_000), 'c0'), 'too deep'],
    ['a key that is a map', bytes('81 80 01'), 'too deep'],
    ['a key that is a number', bytes('81 01 01'), 'a key that is none'],
    ['a prototype', bytes('81 a9 5f5f70726f746f5f5f 80'), 'a key that is none'],
    ['many empty maps', Uint8Array.from([0xdd, 0, 3, 0xd0, 0x90, ...new Uint8Array(250_000).fill(0x80)]), 'too many values'],
    ['many fields', Uint8Array.from([0xde, 8, 0, ...Buffer.from('a16101'.repeat(2_048), 'hex')]), 'too many values'],
    ['a date', bytes('d7 00 0000000000000000'), 'an extension'],
    ['an extension of one byte that is something', bytes('d4 00 01'), 'an extension'],
    ['what msgpack has no use for', bytes('c1'), 'an extension'],
    ['more than one value', bytes('c0 c0'), 'bytes after the end'],
    ['too large', new Uint8Array(BOUNDS.bytes + 1), 'too many bytes'],
  ])('is refused for what it is: %s', (_what, frame, why) => {
    expect(refusal(frame)).toBe(why);
  });

  it('is refused before anything of it is passed on, by the parser that clients are given', () => {
    const passedOn: unknown[] = [], decoder = new (boundedParser(parser).Decoder)();
    decoder.on('decoded', (packet: unknown) => passedOn.push(packet));
    expect(() => decoder.add('2["join"]')).toThrow(BadFrame);
    expect(() => decoder.add(bytes('c9 0bebc200 00'))).toThrow(BadFrame);
    expect(() => decoder.add(encoded({ type: 9, nsp: '/' }))).toThrow('invalid packet type');
    decoder.add(new Uint8Array(encoded({ type: 2, nsp: '/', data: ['commit', Buffer.from([1, 2])] })).buffer);
    expect(passedOn).toEqual([{ type: 2, nsp: '/', data: ['commit', Uint8Array.from([1, 2])] }]);
  });
});
