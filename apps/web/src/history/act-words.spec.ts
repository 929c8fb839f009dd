import type { GroupState, ItemProposal, Proposal, RecordedAct } from '@parley/negotiation';
import { NO_GROUP } from '@parley/negotiation';
import { phrases, plainSlot, type Provision, textFrom } from '@parley/text';
import { describe, expect, it, vi } from 'vitest';
import { wording } from '../ui/messages.ts';
import { actWords } from './act-words.ts';
import type { ActEntry } from './history-rows.ts';

const group: GroupState = { ...NO_GROUP, delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }] };
const text = textFrom(['1', '2'].map((label): Provision => ({ id: `p${label}`, kind: 'paragraph', label, level: 0, slots: { 'en:text': plainSlot('Words.') } })));
const words = (party: string, provision: string, removed: string, inserted: string): Proposal =>
  ({ on: 'words', party, provision, key: 'en:text', digest: 'd', version: 2, hunks: [{ from: 0, to: removed.length, removed: plainSlot(removed), inserted: plainSlot(inserted) }] });
type Loose<A> = A extends unknown ? Omit<A, 'v' | 'id' | 'doc'> : never;
const told = (act: Loose<RecordedAct>, ...events: ActEntry['events']): string =>
  actWords({ index: 1, at: 0, by: 'h', kind: 'act', rules: 2, act: { v: 1, id: 'x', doc: 'd', ...act } as RecordedAct, events }, group, () => text).map(({ text }) => text).join('');
const result = { provisions: [], order: null };

describe('the words of an act in the history', () => {
  it('name every part that was accepted, and what the accepting side gave up', () => {
    const parts = [words('az', 'p1', '24', '48'), words('az', 'p2', 'year', 'month')];
    expect(told({ t: 'accept', parts, own: 'withdrawn', givesUp: [words('oc', 'p1', '24', '72')], result }, { e: 'entered', name: 'p1/en:text/x', provision: 'p1' }))
      .toBe('accepted Azure’s proposal in 1: replace “24” by “48”; in 2: replace “year” by “month” — entered the common text; its own side gave up in 1: replace “24” by “72”');
    expect(told({ t: 'accept', parts: [parts[0]!], own: 'withdrawn', givesUp: [], result })).toBe('accepted Azure’s proposal in 1: replace “24” by “48” — waits for the other delegation');
    expect(told({ t: 'decline', parts, reason: 'no' })).toContain('; in 2: replace “year” by “month” — “no”');
  });

  it('name what was given up under the first version of the rules too', () => {
    const given = { from: 0, to: 2, removed: plainSlot('24'), inserted: plainSlot('72'), key: 'en:text' } as const;
    expect(told({ t: 'accept', proposal: words('az', 'p1', '24', '48'), own: 'withdrawn', givesUp: { hunks: [given], items: ['move'] } }, { e: 'entered', name: 'n', provision: 'p1' }))
      .toBe('accepted Azure’s proposal in 1: replace “24” by “48” — entered the common text; its own side gave up in the same provision: replace “24” by “72”; the place it moved it to');
    expect(told({ t: 'reopen', provision: 'p1', reason: '' }, { e: 'reopened', provision: 'p1' })).toBe('granted the reopening of 1; consents and approval fell away');
    expect(told({ t: 'reopen', provision: 'p1', reason: 'a slip' }, { e: 'reopeningAsked', provision: 'p1', party: 'oc', reason: 'a slip' })).toBe('asked to reopen 1 — “a slip”');
  });

  it('[TW1] tell whole provisions that are declined: added, removed, moved', () => {
    const item = (it: ItemProposal['item'], provision = 'p1'): Proposal => ({ on: 'item', party: 'az', provision, version: 2, item: it });
    const declined = (part: Proposal): string => told({ t: 'decline', parts: [part], reason: 'no' }, { e: 'declined', name: 'n', party: 'oc', reason: 'no', version: 2 });
    expect(declined(item({ type: 'move', after: 'p2' }))).toBe('declined Azure’s proposal in 1: move 1 after 2 — “no”');
    expect(declined(item({ type: 'remove', digest: '' }))).toBe('declined Azure’s proposal in 1: delete 1 “Words.” — “no”');
    expect(declined(item({ type: 'add', after: 'p1', provision: { ...text.by.get('p1')!, label: '1 bis' } }))).toBe('declined Azure’s proposal in 1: add paragraph 1 bis after 1: “Words.” — “no”');
  });

  it('tell which provisions were tabled', () => {
    const field = (provision: string) => ({ on: 'item', provision, item: { type: 'field', field: 'level', from: 0, to: 1 } }) as const;
    expect(told({ t: 'table', parts: [field('p1'), field('p2')] }, { e: 'tabled', party: 'az', provisions: ['p1', 'p2'] })).toBe('tabled changes in 1 and 2');
  });

  it('tell requests, consents taken back and closings', () => {
    expect(told({ t: 'askReopening', provision: 'p1', reason: 'a slip' })).toBe('asked to reopen 1 — “a slip”');
    expect(told({ t: 'grantReopening', provision: 'p1' })).toContain('granted the reopening of 1');
    expect(told({ t: 'takeBackReopening', provision: 'p1' })).toBe('took back the request to reopen 1');
    expect(told({ t: 'takeBackConsent', consent: { on: 'provision', provision: 'p2' } })).toBe('took back the consent to 2');
    expect(told({ t: 'takeBackConsent', consent: { on: 'parts', key: 'chair|x' } }, { e: 'partsConsentEnded', key: 'chair|x', names: ['p1/en:text/a', 'p2/en:text/b'], party: 'oc' })).toBe('took back the acceptance of Chair’s proposal in 1 and 2');
    expect(told({ t: 'closePaper', reason: 'superseded' })).toBe('closed the working paper — “superseded”');
    expect(told({ t: 'assentToClosing', closing: 'c' }, { e: 'closingAssented', party: 'oc' }, { e: 'closed', reason: '' })).toBe('assented to the closing; the document is closed');
  });
});

describe('phrases in a message', () => {
  const inserted = { as: 'inserted', text: '“48”' } as const, removed = { as: 'removed', text: '“24”' } as const;

  it('stay apart from the words around them, where the message puts them, and React hears nothing of them', () => {
    const complaint = vi.spyOn(console, 'error');
    expect(phrases(wording, 'history.parts.next', { before: [removed, inserted], place: '2', wanted: inserted })).toEqual([removed, inserted, { as: 'said', text: '; in 2: ' }, inserted]);
    expect(phrases(wording, 'history.act.withdraw', { parts: [] })).toEqual([{ as: 'said', text: 'withdrew a proposal in ' }]);
    expect(phrases(wording, 'history.act.takeBackBasis')).toEqual([{ as: 'said', text: 'took the acceptance of the working paper back' }]);
    expect(phrases(wording, 'history.act.withdraw', { parts: removed })[1]).toBe(removed);
    expect(complaint).not.toHaveBeenCalled();
    complaint.mockRestore();
  });

  it('are never made by words that somebody wrote', () => {
    expect(phrases(wording, 'history.act.closePaper', { reasoned: 'yes', reason: '\uFFFF7\uFFFF {parts} <b>\u0001' })).toEqual([{ as: 'said', text: 'closed the working paper — “7 {parts} <b>\u0001”' }]);
  });
});
