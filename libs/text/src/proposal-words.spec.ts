import { ENGLISH } from '../../messages/test-support/english-wording.ts';
import { describe, expect, it } from 'vitest';
import { belongsTo, hunkWords, itemNames, itemWords, nameIn, phrasesText } from './proposal-words.ts';
import { type Provision, textFrom } from './provision.ts';
import { plainSlot, type Slot } from './slot.ts';

const one = (id: string, label: string, level = 0, kind: Provision['kind'] = 'paragraph', words = `Words of ${id}.`): Provision => ({ id, kind, label, level, slots: { 'en:text': plainSlot(words) } });
const heading = (id: string, label: string, level = 0): Provision => one(id, label, level, 'heading');

describe('a proposal in words', () => {
  const hunk = (removed: string | Slot, inserted: string | Slot) => phrasesText(hunkWords({ removed: typeof removed === 'string' ? plainSlot(removed) : removed, inserted: typeof inserted === 'string' ? plainSlot(inserted) : inserted }, ENGLISH));

  it('[TW1] words that only change their marks are made strong, emphasised, or referred elsewhere', () => {
    const marked = (m?: string): Slot => [m ? { t: 'Evidence', m } : { t: 'Evidence' }];
    expect([hunk(marked(), marked('strong')), hunk(marked('em strong'), marked()), hunk(marked('em'), marked('strong')), hunk(marked('ref:p3'), marked('ref:p5'))])
      .toEqual(['make “Evidence” strong', 'make “Evidence” not emphasis and not strong', 'make “Evidence” strong and not emphasis', 'make “Evidence” refer to another provision']);
  });

  it('[TW1] spaces are called by name', () => expect([hunk('', ' '), hunk('  ', ' '), hunk(' ', '\u00A0'), hunk('a', '')]).toEqual(['insert a space', 'replace 2 spaces by a space', 'replace a space by a no-break space', 'delete “a”']));

  it('[TW1] an item names the provision, where it goes, and levels from 1', () => {
    const text = textFrom([heading('h', 'Article 6'), one('a', '1', 1), one('b', '2', 1), one('c', '')]), names = (id: string) => itemNames(id, text, ENGLISH);
    const say = (item: Parameters<typeof itemWords>[0], of: ReturnType<typeof names>, words?: boolean) => phrasesText(itemWords(item, of, ENGLISH, words));
    expect([
      say({ type: 'move', after: 'b' }, names('a')), say({ type: 'move', after: null }, names('a')), say({ type: 'remove' }, names('b')), say({ type: 'remove' }, names('b'), false),
      say({ type: 'field', field: 'level', from: 1, to: 0 }, names('a')), say({ type: 'field', field: 'label', from: '1', to: '1 bis' }, names('a')), say({ type: 'field', field: 'label', from: '', to: '3' }, names('c')),
      say({ type: 'add', after: 'a', provision: one('n', '1 bis') }, names('n')), say({ type: 'add', after: 'a', provision: one('n', '1 bis') }, names('n'), false),
    ]).toEqual([
      'move Article 6, 1 after Article 6, 2', 'move Article 6, 1 to the beginning', 'delete Article 6, 2 “Words of b.”', 'delete Article 6, 2',
      'change the level of Article 6, 1 from 2 to 1', 'relabel “1” as “1 bis”', 'relabel Article 6, Words of c.: no label as “3”',
      'add paragraph 1 bis after Article 6, 1: “Words of n.”', 'add paragraph 1 bis after Article 6, 1',
    ]);
  });
});

describe('a provision named alone', () => {
  it('[TW2] is named with its article, whatever its level, once', () => {
    const text = textFrom([
      one('pre', '', 0), heading('a6', 'Article 6'), one('p1', '1', 1), one('pa', '(a)', 2), one('same', '2', 0), heading('h6', '6'), one('d', '6.1', 1), one('e', '1', 1), one('sixteen', '61', 1), heading('part', 'Part II', 0), heading('sub', 'Article 7', 1), one('s1', '1', 2),
    ]);
    const named = (id: string) => nameIn(text, id, ENGLISH);
    expect(['a6', 'p1', 'pa', 'same', 'd', 'e', 'sixteen', 'sub', 's1', 'pre', 'nowhere'].map(named)).toEqual([
      'Article 6', 'Article 6, 1', 'Article 6, 1, (a)', 'Article 6, 2', '6.1', '6, 1', '6, 61', 'Article 7', 'Article 7, 1', 'Words of pre.', 'a provision',
    ]);
    expect(nameIn(undefined, 'x', ENGLISH)).toBe('a provision');
    expect(['a6', 'p1', 'pa', 'd', 's1', 'pre', 'nowhere'].map((id) => belongsTo(text, id, ENGLISH))).toEqual(['', 'Article 6', 'Article 6, 1', '', 'Article 7', '', '']);
  });
});
