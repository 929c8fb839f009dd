import type { OpenProposal, WordsProposal } from '@parley/negotiation';
import { plainSlot, textFrom, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { asOne, doubles, fieldsToAnswer, readsThen } from './field.ts';

const TEXT = 'The two sides meet every year in the capital.';
const common = textFrom([{ id: 'p', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot(TEXT) } }]);

function change(found: string, inserted: string, more: Partial<OpenProposal> = {}): OpenProposal {
  const from = TEXT.indexOf(found);
  const proposal: WordsProposal = { on: 'words', party: 'b', provision: 'p', key: 'en:text', digest: 'd', version: 1, hunks: [{ from, to: from + found.length, removed: plainSlot(found), inserted: plainSlot(inserted) }] };
  return { name: found, proposal, provision: 'p', parties: ['b'], outstanding: ['a'], either: false, contested: false, consents: {}, within: [], declines: [], ...more };
}

describe('the proposals of one field', () => {
  it('are offered together where one other party makes several that wait for the reader', () => {
    const [first, second] = [change('two', 'three'), change('year', 'month')];
    expect(fieldsToAnswer([first, second], 'a')).toEqual([[first, second]]);
    expect(fieldsToAnswer([first, change('year', 'month', { parties: ['c'] })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, change('year', 'month', { parties: ['a', 'b'], either: true })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, change('year', 'month', { outstanding: [] })], 'a')).toEqual([]);
    expect(fieldsToAnswer([first, second], null)).toEqual([]);
  });

  it('become one proposal, in the order of the text, whose result can be read before it is signed', () => {
    const one = asOne([change('year', 'month'), change('two', 'three')])!;
    expect(one.hunks.map((h) => textOf(h.inserted))).toEqual(['three', 'month']);
    expect(readsThen(plainSlot(TEXT), one.hunks)).toEqual([
      { words: 'The ', inserted: false }, { words: 'three', inserted: true }, { words: ' sides meet every ', inserted: false }, { words: 'month', inserted: true }, { words: ' in the capital.', inserted: false },
    ]);
  });

  it('a part of a rewritten sentence that would leave a word twice is known', () => {
    const moved = change('The two', 'Every year the two').proposal, taken = change(' every year', '').proposal;
    expect([doubles(common, change('every ', 'every every ').proposal, []), doubles(common, change('meet', 'meet every').proposal, [])]).toEqual([true, true]);
    expect([doubles(common, moved, [taken]), doubles(common, moved, []), doubles(common, change('year', 'month').proposal, [taken])]).toEqual([true, false, false]);
  });
});
