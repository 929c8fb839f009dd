import { absent, type DocumentState } from '@parley/negotiation';
import { plainSlot, type Provision, textFrom } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { directionIn, readingOf, type ViewName } from './reading.ts';

const one = (id: string): Provision => ({ id, kind: 'paragraph', label: id, level: 0, slots: { 'en:text': plainSlot(`Words of ${id}.`) } });
const common = textFrom([one('1'), one('2'), one('3')]);
const GROUP = { name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }], seats: {} };

const consent = { user: 'u', at: 0, digest: '' };
const agreed = (id: string): DocumentState => ({ ...absent('d'), stage: 'negotiation', settled: { [id]: { ...absentSettlement, consents: { az: consent, oc: consent } }, 3: { ...absentSettlement, consents: { az: consent } } } });
const absentSettlement = { consents: {}, approved: null, reopenings: {} } as DocumentState['settled'][string];

it('[E22] the common text is all that nobody disputes so far; agreed only is what both delegations have agreed, and nothing else', () => {
  const shown = (view: ViewName, document: DocumentState | null) => readingOf(view, { common }, GROUP as never, document, 'az').text.list;
  expect([shown('common', agreed('2')), shown('agreed', agreed('2')), shown('agreed', { ...agreed('2'), settled: {} }), shown('agreed', null)]).toEqual([['1', '2', '3'], ['2'], [], []]);
});

it('[E22] the agreed text is the same value while nothing of it changes, so that nothing is drawn anew', () => {
  const text = (document: DocumentState) => readingOf('agreed', { common }, GROUP as never, document, null).text;
  expect(text({ ...agreed('2') })).toBe(text({ ...agreed('2') }));
});

describe('[E21] a slot has one direction for every seat and in every view', () => {
  const SHALOM = '\u05e9\u05dc\u05d5\u05dd', SALAM = '\u0633\u0644\u0627\u0645', said = (words: string | null) => textFrom(words === null ? [] : [{ ...one('1'), slots: { 'en:text': plainSlot(words) } }]);
  it.each([
    ['The sides agree.', `${SHALOM} The sides agree.`, 'The sides agree.', 'left-to-right'], ['The sides agree.', 'The sides agree.', `${SALAM} `, 'left-to-right'],
    [`${SHALOM} 12`, `Peace ${SHALOM} 12`, SHALOM, 'right-to-left'], ['\u200F12 - 24 hours', '12', '12', 'left-to-right'], ['双方同意。', `${SALAM}双方同意。`, '', 'left-to-right'],
    ['12 - 24', '12 - 24', `${SHALOM} 12 - 24`, 'right-to-left'], ['12 - 24', 'within 12 - 24', `${SHALOM} 12 - 24`, 'left-to-right'], [null, null, SALAM, 'right-to-left'], [null, null, '24', 'left-to-right'],
    ['', `${SHALOM}`, 'Peace', 'right-to-left'],
  ] as const)('common text %j, Azure %j, Ochre %j: %s', (text, az, oc, wanted) => {
    const rooms = { common: said(text), 'position:az': said(az), 'position:oc': said(oc) };
    for (const party of ['az', 'oc', null]) for (const view of ['bracketed', 'common', 'agreed', 'party:az', 'party:oc'] as const) {
      expect([party, view, directionIn(readingOf(view, rooms, GROUP as never, null, party), '1', 'en:text')]).toEqual([party, view, wanted]);
    }
  });
});
