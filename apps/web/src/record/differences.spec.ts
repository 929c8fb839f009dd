import { absent } from '@parley/negotiation';
import type { InstantView } from '@parley/protocol';
import { plainSlot, type Provision, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './differences.ts';

const p = (id: string, text: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(text) } });
const at = (rooms: InstantView['rooms']): InstantView => ({ index: 0, at: 0, document: absent('d'), rooms, delegations: [] });
const shape = (a: InstantView, b: InstantView) => changesBetween(a, b).map((c) => [c.id, c.rooms.map((r) => [r.room, r.items.map((i) => i.type), r.words.flatMap((w) => w.hunks.map((h) => `${textOf(h.removed)}>${textOf(h.inserted)}`))])]);

describe('what changed between two instants', () => {
  it('tells words by room', () => {
    const before = at({ common: [p('1', 'within 24 hours')], 'position:a': [p('1', 'within 24 hours')] });
    const after = at({ common: [p('1', 'within 24 hours')], 'position:a': [p('1', 'within 12 hours')] });
    expect(shape(before, after)).toEqual([['1', [['position:a', [], ['24>12']]]]]);
  });
  it('tells an accepted change once, in the common text', () => {
    const before = at({ common: [p('1', '24 hours')], 'position:a': [p('1', '12 hours')], 'position:b': [p('1', '24 hours')] });
    const after = at({ common: [p('1', '12 hours')], 'position:a': [p('1', '12 hours')], 'position:b': [p('1', '12 hours')] });
    expect(shape(before, after)).toEqual([['1', [['common', [], ['24>12']]]]]);
  });
  it('tells a withdrawn change in the position', () => {
    const before = at({ common: [p('1', '24 hours')], 'position:a': [p('1', '12 hours')] });
    expect(shape(before, at({ common: [p('1', '24 hours')], 'position:a': [p('1', '24 hours')] }))).toEqual([['1', [['position:a', [], ['12>24']]]]]);
  });
  it('compares with the working paper when negotiation began in between', () => {
    const before = at({ working: [p('1', 'x')] });
    expect(shape(before, at({ working: [p('1', 'x')], common: [p('1', 'x')], 'position:a': [p('1', 'x'), p('2', 'y')] }))).toEqual([['2', [['position:a', ['add'], []]]]]);
  });
  it('tells additions and removals in reading order', () => {
    const before = at({ working: [p('1', 'a'), p('2', 'b')] });
    expect(shape(before, at({ working: [p('1', 'a'), p('3', 'c')] })).map(([id]) => id)).toEqual(['2', '3']);
  });
});
