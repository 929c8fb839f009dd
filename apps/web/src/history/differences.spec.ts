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

  const list = (...ids: string[]) => ids.map((id) => p(id, `Words of ${id}.`));
  it('[TW1] tells a move that an act made once, in the common text, also where a position adds or moves provisions of its own there', () => {
    const before = at({ common: list('1', '2', '3'), 'position:a': list('1', '2', '3'), 'position:b': list('1', '2', 'n', '3') });
    expect(shape(before, at({ common: list('3', '1', '2'), 'position:a': list('3', '1', '2'), 'position:b': list('3', '1', '2', 'n') }))).toEqual([['3', [['common', ['move'], []]]]]);
    expect(shape(before, at({ common: list('3', '1', '2'), 'position:a': list('3', '2', '1'), 'position:b': list('3', '1', '2', 'n') }))).toEqual([['3', [['common', ['move'], []]]], ['2', [['position:a', ['move'], []]]]]);
  });
  it('[TW1] tells a move with a change of words as both, and of a position that goes further only what it adds', () => {
    const before = at({ common: list('1', '2'), 'position:a': list('1', '2') }), changed = p('2', 'Other words of 2.');
    expect(shape(before, at({ common: [changed, p('1', 'Words of 1.')], 'position:a': [{ ...changed, label: '9' }, p('1', 'Words of 1.')] }))).toEqual([
      ['2', [['common', ['move'], ['Words>Other words']], ['position:a', ['field'], []]]],
    ]);
  });
  it('[TW1] tells level, kind and label that an act changed once, though the position has words of its own', () => {
    const before = at({ common: [p('1', '24 hours')], 'position:a': [p('1', '12 hours')] }), other = { kind: 'heading', level: 2, label: '1.1.1' } as const;
    expect(shape(before, at({ common: [{ ...p('1', '24 hours'), ...other }], 'position:a': [{ ...p('1', '12 hours'), ...other }] }))).toEqual([['1', [['common', ['field', 'field', 'field'], []]]]]);
  });
  it('[TW1] tells the words that come and go where a provision is turned into one of other fields', () => {
    const before = at({ common: [p('1', 'Evidence is what is shown.')] }), turned: Provision = { ...p('1', ''), kind: 'definition', slots: { 'en:text': plainSlot('Evidence is what is proven.'), 'en:term': plainSlot('Evidence'), 'en:meaning': [] } };
    expect(shape(before, at({ common: [turned] }))).toEqual([['1', [['common', ['field'], ['Evidence is what is shown.>', '>Evidence']]]]]);
  });
});
