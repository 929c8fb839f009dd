import { type ItemProposal, type WordsProposal } from '@parley/negotiation';
import { compareSlots, phrasesText, plainSlot, type Provision, type Slot, slotDigest, textFrom } from '@parley/text';
import { describe as group, expect, it } from 'vitest';
import { describe, placeName, whichSlot } from './describe.ts';

const paragraph = (id: string, label: string, text: string): Provision => ({ id, kind: 'paragraph', label, level: 0, slots: { 'en:text': plainSlot(text) } });
const common = textFrom([paragraph('p1', '1', 'The Parties consult.'), paragraph('p2', '2', 'They meet.'), paragraph('p3', '', 'Nothing in this Understanding affects other obligations.')]);

const words = (removed: string, inserted: string): WordsProposal => ({
  on: 'words', party: 'b', provision: 'p1', key: 'en:text', digest: '', version: 1,
  hunks: [{ from: 0, to: removed.length, removed: plainSlot(removed), inserted: plainSlot(inserted) }],
});
const item = (it: ItemProposal['item'], provision = 'p1'): ItemProposal => ({ on: 'item', party: 'b', provision, version: 1, item: it });
const sentence = (p: WordsProposal | ItemProposal): string => phrasesText(describe(p, common));

group('what a proposal wants', () => {
  it('inserts, deletes, replaces', () => {
    expect(sentence(words('', ', supply'))).toBe('insert “, supply”');
    expect(sentence(words('72 hours', ''))).toBe('delete “72 hours”');
    expect(sentence(words('72 hours', '12 hours'))).toBe('replace “72 hours” by “12 hours”');
  });
  it('names a space, which nobody can see', () => expect([sentence(words('', ' ')), sentence(words(' ', ''))]).toEqual(['insert a space', 'delete a space']));
  it('[TW1] a change of emphasis is told as that', () => {
    const bold = { ...words('', ''), hunks: [{ from: 0, to: 5, removed: plainSlot('Party'), inserted: [{ t: 'Party', m: 'strong' }] }] };
    expect(sentence(bold)).toBe('make “Party” strong');
  });
  it('[TW1] names what cannot be seen', () => {
    expect([sentence(words('cooperation', 'co\u00ADoperation')), sentence(words(' ', '\u00A0')), sentence(words('party', 'p\u0430rty'))])
      .toEqual(['replace “cooperation” by “co⟨soft hyphen⟩operation”', 'replace a space by a no-break space', 'replace “party” by “p\u0430⟨Cyrillic \u0430⟩rty”']);
  });
  it('names several hunks in one sentence', () => {
    const two = { ...words('', 'a'), hunks: [...words('', 'a').hunks, ...words('b', '').hunks] };
    expect(sentence(two)).toBe('insert “a”; delete “b”');
  });
  it('[TW1] a rewritten sentence is one replacement, before its acceptance and after it; hunk by hunk only where the common text is another one', () => {
    const old = plainSlot('The requested side shall preserve the data.'), now = plainSlot('The data are to be preserved by the side that was asked.'), hunks = compareSlots(old, now);
    const whole = 'replace “requested side shall preserve the data” by “data are to be preserved by the side that was asked”';
    const proposal: WordsProposal = { on: 'words', party: 'b', provision: 'p1', key: 'en:text', digest: slotDigest(old), version: 2, hunks };
    const said = (words: Slot): string => phrasesText(describe(proposal, textFrom([{ ...common.by.get('p1')!, slots: { 'en:text': words } }])));
    expect(hunks.length).toBeGreaterThan(1);
    expect([said(old), said(now)]).toEqual([whole, whole]);
    expect(said(plainSlot('Costs are shared.')).split('; ')).toHaveLength(hunks.length);
  });
  it('adds, with the kind, the label, the place and the words', () => {
    expect(sentence(item({ type: 'add', after: 'p2', provision: paragraph('n', '2 bis', 'They report.') }, 'n'))).toBe('add paragraph 2 bis after 2: “They report.”');
    expect(sentence(item({ type: 'add', after: null, provision: paragraph('n', '', '') }, 'n'))).toBe('add paragraph to the beginning, still empty');
  });
  it('removes, moves, relabels, changes kind and level', () => {
    expect(sentence(item({ type: 'remove', digest: '' }))).toBe('delete 1 “The Parties consult.”');
    expect(sentence(item({ type: 'move', after: 'p3' }))).toBe('move 1 after Nothing in this Understanding affects…');
    expect(sentence(item({ type: 'field', field: 'label', from: '1', to: '1 bis' }))).toBe('relabel “1” as “1 bis”');
    expect(sentence(item({ type: 'field', field: 'kind', from: 'paragraph', to: 'evidence' }))).toBe('turn 1 from a paragraph into an evidence standard');
    expect(sentence(item({ type: 'field', field: 'level', from: 0, to: 1 }))).toBe('change the level of 1 from 1 to 2');
  });
});

group('names', () => {
  it('[TW2] are the article and the label, else the first words, and the field where there are several', () => {
    const text = textFrom([{ ...paragraph('h', 'Article 6', 'Requests'), kind: 'heading' }, ...['p2', 'p3'].map((id) => common.by.get(id)!), { id: 'd', kind: 'definition', label: '3', level: 0, slots: {} }]);
    expect(['h', 'p2', 'p3', 'gone'].map((id) => placeName(text, id, 'en:text'))).toEqual(['Article 6', 'Article 6, 2', 'Article 6, Nothing in this Understanding affects…', 'a provision']);
    expect([placeName(text, 'd', 'en:meaning'), placeName(text, 'd'), placeName(undefined, 'd')]).toEqual(['Article 6, 3 · Meaning', 'Article 6, 3', 'a provision']);
  });
  it('names the slot only where there are several', () => {
    expect(whichSlot(words('', 'x'), common.by.get('p1'))).toBeNull();
    expect(whichSlot({ ...words('', 'x'), key: 'en:meaning' }, { ...common.by.get('p1')!, kind: 'definition' })).toBe('Meaning');
  });
});
