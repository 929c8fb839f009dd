import { describe, expect, it } from 'vitest';
import { canonical, committed, digestOfJson, hex, type Json, leafHash, utf8 } from './index.ts';
import vectors from './vectors/tlog.json' with { type: 'json' };

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

describe('hashes', () => {
  it.each(vectors.leafHash)('leaf hash of $dataHex', ({ dataHex, leafHashHex }) => expect(hex(leafHash(bytes(dataHex)))).toBe(leafHashHex));

  it.each(vectors.payloadCommitment)('commitment $commitmentHex', ({ saltHex, payloadHex, commitmentHex }) => {
    const { blob, c } = committed(bytes(saltHex), bytes(payloadHex));
    expect(c).toBe(commitmentHex);
    expect(hex(blob)).toBe(saltHex + payloadHex);
  });

  it('a commitment needs a whole salt', () => expect(() => committed(new Uint8Array(31), utf8('x'))).toThrow(RangeError));
});

describe('canonical JSON', () => {
  it.each(vectors.jcs)('$json', ({ json, canonical: text, sha256Hex }) => {
    const value = JSON.parse(json) as Json;
    expect(canonical(value)).toBe(text);
    expect(digestOfJson(value)).toBe(sha256Hex);
  });

  it('refuses what has no single encoding', () => {
    for (const bad of ['\ud83d', 'a\udc00', { '\ud800': 1 }, [undefined], { a: undefined }, 0.5, NaN, Infinity, 2 ** 53, () => 1]) {
      expect(() => canonical(bad as unknown as Json)).toThrow(TypeError);
    }
    expect(canonical('🤝 知情')).toBe('"🤝 知情"');
  });
});
