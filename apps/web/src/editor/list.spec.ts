import { applyEdits, type Edit, plainSlot, type Provision, type Text, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { nextLabel, pasted, restored, split } from './commands.ts';
import { drawList } from './drawing-list.ts';
import type { Reading } from './reading.ts';

const provision = (id: string, label: string, words: string, kind: Provision['kind'] = 'paragraph'): Provision =>
  ({ id, kind, label, level: 0, slots: { 'en:text': plainSlot(words) } });

const COMMON = textFrom([provision('a', '1', 'First.'), provision('b', '2', 'Second.'), provision('c', '3', 'Third.')]);
const GROUP = { name: 'G', delegations: [{ id: 'az', code: 'AZ', name: 'Azure' }, { id: 'oc', code: 'OC', name: 'Ochre' }], seats: {} };

const reading = (az: readonly Edit[], oc: readonly Edit[]): Reading => ({
  party: 'az', text: applyEdits(COMMON, az), common: COMMON, others: [{ party: 'oc', text: applyEdits(COMMON, oc) }], group: GROUP, document: null,
});

const add = (id: string, after: string | null): Edit => ({ do: 'add', after, provision: provision(id, '', `Added ${id}.`) });
const blocks = (r: Reading) => drawList(r).blocks.map((b) => [b.kind, b.provision.id, b.after, b.parties.join()]);
const wordsIn = (text: Text) => text.list.map((id) => textOf(text.by.get(id)!.slots['en:text']!));

describe('drawing of the list', () => {
  it('[E16] what others add stands behind its anchor, behind the own additions there', () => {
    expect(blocks(reading([add('mine', 'a')], [add('theirs', 'a'), add('first', null)]))).toEqual([['added', 'first', null, 'oc'], ['added', 'theirs', 'mine', 'oc']]);
  });

  it('[E16] what the own side removed stands where it stood, and what others add behind it follows', () => {
    expect(blocks(reading([{ do: 'remove', id: 'b' }], [add('theirs', 'b')]))).toEqual([['removed', 'b', 'a', 'az'], ['added', 'theirs', 'a', 'oc']]);
  });

  it('[E16] says who changed what the own side removed', () => {
    const r = reading([{ do: 'remove', id: 'b' }], [{ do: 'splice', id: 'b', key: 'en:text', from: 0, to: 6, insert: plainSlot('Other') }]);
    expect(drawList(r).blocks[0]!.changedBy).toEqual(['oc']);
  });

  it('[E16] says the same proposal of both once', () => {
    const relabel: Edit = { do: 'set', id: 'b', label: '2 bis' };
    expect(drawList(reading([relabel], [relabel, { do: 'move', id: 'c', after: null }])).notes).toEqual(new Map([
      ['c', [{ kind: 'moved', parties: ['oc'], say: 'moves this to the beginning' }]],
      ['b', [{ kind: 'field', parties: ['az', 'oc'], say: '2 becomes 2 bis' }]],
    ]));
  });
});

describe('structural commands', () => {
  it('[E6] Enter moves the words behind the caret into a new provision', () => {
    const after = applyEdits(COMMON, split(COMMON, { id: 'b', key: 'en:text', offset: 3 }, { id: 'new', label: '2 bis' }));
    expect([after.list, wordsIn(after)]).toEqual([['a', 'b', 'new', 'c'], ['First.', 'Sec', 'ond.', 'Third.']]);
  });

  it('[E6] Enter before the first word leaves the words their id', () => {
    const after = applyEdits(COMMON, split(COMMON, { id: 'b', key: 'en:text', offset: 0 }, { id: 'new', label: '' }));
    expect([after.list, after.by.get('b')]).toEqual([['a', 'new', 'b', 'c'], COMMON.by.get('b')]);
  });

  it('[E6] Enter never cuts a character in two', () => {
    const text = textFrom([provision('a', '', '😀😁')]);
    expect(wordsIn(applyEdits(text, split(text, { id: 'a', key: 'en:text', offset: 3 }, { id: 'new', label: '' })))).toEqual(['😀', '😁']);
  });

  it('[E9] several paragraphs join what stands before and behind the caret', () => {
    const edits = pasted(COMMON, { id: 'b', key: 'en:text', offset: 3 }, ['x', 'y', 'z'].map(plainSlot), [{ id: 'n1', label: '' }, { id: 'n2', label: '' }]);
    expect(wordsIn(applyEdits(COMMON, edits))).toEqual(['First.', 'Secx', 'y', 'zond.', 'Third.']);
  });

  it('[E6] a provision added in negotiation is called bis, then ter; while drafting nothing', () => {
    const bis = textFrom([provision('a', '2', ''), provision('b', '2 bis', '')]);
    expect([nextLabel(COMMON, 'b', true), nextLabel(bis, 'a', true), nextLabel(bis, 'b', true), nextLabel(bis, 'a', false), nextLabel(bis, null, true)]).toEqual(['2 bis', '2 ter', '2 ter', '', '']);
  });

  it('[E16] a removed provision comes back as the common text has it, behind what stands before it', () => {
    const text = applyEdits(COMMON, [{ do: 'remove', id: 'a' }, { do: 'remove', id: 'b' }]);
    expect(applyEdits(text, restored(text, COMMON, 'b')).list).toEqual(['b', 'c']);
  });
});
