import { describe, expect, it } from 'vitest';
import { COMPARE_VERSION, compareSlots, fromCommon, hunkName, readsAlike, toCommon } from './compare.ts';
import { slot, textCases, notTrueCases } from '../test-support/compare-cases.ts';
import { EMPTY_SLOT, plainSlot, textOf } from './slot.ts';

const plain = (h: { from: number; to: number; removed: unknown; inserted: unknown }) => ({ from: h.from, to: h.to, removed: h.removed, inserted: h.inserted });

describe('the cases of compare', () => {
  it.each(textCases)('[C1] $id $note', (c) => {
    for (const party of ['A', 'B'] as const) {
      const wanted = c.hunks[party].map((h) => plain({ ...h, removed: slot(h.removed), inserted: slot(h.inserted) }));
      expect(compareSlots(slot(c.common), slot(c.positions[party])).map(plain)).toEqual(wanted);
    }
  });

  it('[C1] the version is part of the name of a hunk', () => expect(COMPARE_VERSION).toBe(3));

  it('[C2] N05 a hunk may change its range when its own side edits the words next to it', () => {
    const n = notTrueCases.find((c) => c.id === 'N05')!;
    const hunks = (position: unknown) => compareSlots(slot(n.common as string), slot(position as string))
      .map((h) => ({ from: h.from, to: h.to, removed: textOf(h.removed), inserted: textOf(h.inserted) }));
    expect(hunks(n.before)).toEqual(n.hunksBefore);
    expect(hunks(n.after)).toEqual(n.hunksAfter);
  });
});

describe('values', () => {
  it('[C3] equal slots give one shared empty list, also where the empty slot is a shared value', () => {
    const none = compareSlots(plainSlot('a'), plainSlot('a'));
    expect(none).toBe(compareSlots(EMPTY_SLOT, EMPTY_SLOT));
    expect(none).toBe(compareSlots(EMPTY_SLOT, []));
    expect(compareSlots(EMPTY_SLOT, plainSlot('one'))).toMatchObject([{ from: 0, to: 0, posTo: 3 }]);
    expect(compareSlots(EMPTY_SLOT, plainSlot('three'))).toMatchObject([{ from: 0, to: 0, posTo: 5 }]);
    expect(compareSlots(plainSlot('gone'), EMPTY_SLOT)).toMatchObject([{ from: 0, to: 4, posTo: 0 }]);
  });

  it('[C3] the same two values give the same list', () => {
    const a = plainSlot('within 24 hours'), b = plainSlot('within 48 hours');
    expect(compareSlots(a, b)).toBe(compareSlots(a, b));
  });

  it('[C4] a slot beyond the bound is one hunk, after its equal ends', () => {
    const words = (seed: string) => Array.from({ length: 2100 }, (_, i) => `${seed}${i % 7}`).join(' ');
    expect(compareSlots(plainSlot(`Start ${words('a')} end.`), plainSlot(`Start ${words('b')} end.`))).toMatchObject([{ from: 6 }]);
  });

  it('[C5] a name has the words of the hunk and twelve characters on each side, and parts no surrogate pair', () => {
    const common = plainSlot('They shall reply 😀2345678901 within 24 hours abc😀def 😀.');
    const [hunk] = compareSlots(common, plainSlot('They shall reply 😀2345678901 within 48 hours abc😀def 😀.'));
    expect(hunkName(common, hunk!)).toBe(['8901 within ', '24', '48', ' hours abc😀'].join('\u241F'));
    const odd = plainSlot('😀23456789012 24');
    expect(hunkName(odd, compareSlots(odd, plainSlot('😀23456789012 48'))[0]!)).toMatch(/^23456789012? \u241F/u);
  });

  it('[C5] where the common text reads alike in several places, that is known', () => {
    const alike = (words: string, position: string) => compareSlots(plainSlot(words), plainSlot(position)).map((hunk) => readsAlike(plainSlot(words), hunk));
    expect(alike('Reply within 24 hours of notice. Reply within 24 hours of notice. Notify in 24 hours.', 'Reply within 48 hours of notice. Reply within 48 hours of notice. Notify in 48 hours.')).toEqual([true, true, false]);
    expect([alike('', 'All of it.'), alike('aa aa aa', 'aa bb aa'), alike('😀 24 😀', '😀 48 😀')]).toEqual([[false], [false], [false]]);
    // Of a character that the twelve cut in two nothing is in the name: these have one name, and are told apart.
    expect(alike('😀2345678901 24 hours now. 😁2345678901 24 hours now. ', '😀2345678901 48 hours now. 😁2345678901 48 hours now. ')).toEqual([true, true]);
    const line = '一二三四五六七八九十甲乙 丙丁戊己庚辛壬癸子丑寅卯 ';
    expect(alike(line.repeat(3), line.repeat(2) + line.replace(' 丙', ' 新 丙'))).toEqual([true]);
  });

  it('[C5] marks are part of a name', () => {
    const common = plainSlot('Evidence means');
    const name = (m: string) => hunkName(common, compareSlots(common, [{ t: 'Evidence', m }, { t: ' means' }])[0]!);
    expect(name('strong')).not.toBe(name('em'));
  });
});

describe('offsets', () => {
  const common = plainSlot('a b c'), theirs = compareSlots(common, plainSlot('a new b'));

  it('[C6] an offset of theirs in the common slot: before, inside and after their words', () => {
    expect([0, 1, 2, 5, 6, 7].map((x) => toCommon(theirs, x))).toEqual(
      [{ at: 0 }, { at: 1 }, { at: 1, inside: 1 }, { at: 1 }, { at: 2 }, { at: 5 }]);
  });

  it('[C6] a common offset in their slot, before or after their insertion', () => {
    expect([fromCommon(theirs, 1, false), fromCommon(theirs, 1, true), fromCommon(theirs, 3, true), fromCommon(theirs, 5, false)]).toEqual([1, 5, 7, 7]);
  });
});
