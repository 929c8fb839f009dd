import { absent, type DocumentState } from '@parley/negotiation';
import { plainSlot, type Provision, textFrom } from '@parley/text';
import { expect, it } from 'vitest';
import { readingOf, type ViewName } from './reading.ts';

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
