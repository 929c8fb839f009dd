import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf, slotDigest, textDigest } from './digest.ts';
import { type Provision, textFrom } from './provision.ts';
import { plainSlot, type Slot } from './slot.ts';

const sha256 = (json: string): string => createHash('sha256').update(json).digest('hex');
const paragraph = (id: string, slot: Slot): Provision => ({ id, kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': slot } });
const WORDS: Slot = [{ t: 'within ' }, { t: '24', m: 'em' }];
const RUNS = '[{"t":"within "},{"m":"em","t":"24"}]';
const DIGEST = sha256(`{"id":"p","kind":"paragraph","slots":{"en":{"text":${RUNS}}},"v":1}`);

describe('digests', () => {
  it('are SHA-256 of canonical JSON, of a provision without label, level and place, of a slot, and of a whole text with them', () => {
    expect(digestOf(paragraph('p', WORDS))).toBe(DIGEST);
    expect(digestOf({ ...paragraph('p', WORDS), label: '2 bis', level: 3 })).toBe(DIGEST);
    expect(slotDigest(WORDS)).toBe(sha256(`{"runs":${RUNS},"v":1}`));
    expect(textDigest(textFrom([paragraph('p', WORDS)]))).toBe(sha256(`{"provisions":[{"digest":"${DIGEST}","label":"1","level":0}],"v":1}`));
  });

  it('name an empty slot, and every slot of a kind', () => {
    expect(digestOf({ ...paragraph('p', []), slots: {} })).toBe(digestOf(paragraph('p', [])));
    expect(digestOf({ id: 'd', kind: 'definition', label: '', level: 0, slots: {} })).toBe(sha256('{"id":"d","kind":"definition","slots":{"en":{"meaning":[],"term":[]}},"v":1}'));
  });

  it('are those of the value, whoever asked before: equal values have one, other words another', () => {
    const first = paragraph('p', plainSlot('24 hours')), again = paragraph('p', plainSlot('24 hours')), other = paragraph('p', plainSlot('12 hours'));
    for (const digests of [[first, again, first, other].map(digestOf), [first, again, first, other].map((p) => textDigest(textFrom([p]))), [first, again, first, other].map((p) => slotDigest(p.slots['en:text']!))]) {
      expect(new Set(digests.slice(0, 3)).size).toBe(1);
      expect(digests[3]).not.toBe(digests[0]);
    }
  });
});
