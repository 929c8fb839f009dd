import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { listText, paragraph } from '../test-support/compare-cases.ts';
import { seeded } from '../test-support/seeded.ts';
import { applyEdits, type Edit } from './edit.ts';
import { follow, type Marked } from './follow.ts';
import { type Provision, provisionsOf, type Text, textFrom } from './provision.ts';
import { copyOf, fillRoom, readText, textAt, writeEdits } from './room.ts';
import { normal, plainSlot, type Run, slice, type Slot, textOf } from './slot.ts';

const slotOf = (words: string | Slot): Slot => (typeof words === 'string' ? plainSlot(words) : words);
const one = (words: string | Slot): Text => textFrom([{ ...paragraph('p', '1', ''), slots: { 'en:text': slotOf(words) } }]);
const wordsIn = (text: Text, id = 'p', key = 'en:text'): string => textOf(text.by.get(id)!.slots[key] ?? []);
const marks = (marked: readonly Marked[], text: Text): unknown[] => marked.map((m) => (m.type === 'words' ? { id: m.id, key: m.key, own: textOf(slice(text.by.get(m.id)!.slots[m.key]!, m.from, m.to)), now: textOf(m.now) } : m));

/** What one slot of a draft reads, and which words of it are marked beside those of the position. */
const followed = (base: string | Slot, now: string | Slot, own: string | Slot) => {
  const draft = one(own), { text, edits, marked } = follow(one(base), one(now), draft);
  expect(provisionsOf(applyEdits(draft, edits))).toEqual(provisionsOf(text));
  return { words: wordsIn(text), marked: marks(marked, text).map((m) => { const { own: kept, now: theirs } = m as { own: string; now: string }; return [kept, theirs]; }) };
};

const BASE = 'Each side shall reply within 24 hours after receipt.';

describe('words', () => {
  it('[F1] who has changed nothing gets the position', () => expect(followed(BASE, BASE.replace('24', '48'), BASE)).toEqual({ words: BASE.replace('24', '48'), marked: [] }));

  it('[F1] nothing has changed: the very draft, no edit, no mark', () => {
    const draft = one('Another text.');
    expect(follow(one(BASE), one(BASE), draft)).toEqual({ text: draft, edits: [], marked: [] });
    expect(follow(one(BASE), one(BASE), draft).text).toBe(draft);
  });

  it.each([
    ['[F2] only the position', 'Each side shall reply in writing within 24 hours after receipt.', 'Each side will reply within 24 hours after receipt.', 'Each side will reply in writing within 24 hours after receipt.'],
    ['[F2] both alike', BASE.replace('24', '12'), BASE.replace('24', '12'), BASE.replace('24', '12')],
    ['[F3] the draft goes further', 'Each side shall reply promptly within 24 hours after receipt.', 'Each side shall reply promptly and in writing within 24 hours after receipt.', 'Each side shall reply promptly and in writing within 24 hours after receipt.'],
    ['[F3] the position goes further', 'Each side shall reply promptly and in writing within 24 hours after receipt.', 'Each side shall reply promptly within 24 hours after receipt.', 'Each side shall reply promptly and in writing within 24 hours after receipt.'],
    ['[F3] the position takes out what the draft has taken out a part of', 'Each side shall reply after receipt.', 'Each side shall reply within 24 after receipt.', 'Each side shall reply after receipt.'],
    ['[F4] unlike insertions at one point: the position’s, then the draft’s', 'Each side shall reply in writing within 24 hours after receipt.', 'Each side shall reply promptly within 24 hours after receipt.', 'Each side shall reply in writing promptly within 24 hours after receipt.'],
    ['[F4] a comma and words at one point', 'Each side shall reply, within 24 hours after receipt.', 'Each side shall reply promptly within 24 hours after receipt.', 'Each side shall reply, promptly within 24 hours after receipt.'],
  ])('%s', (_, now, own, words) => expect(followed(BASE, now, own)).toEqual({ words, marked: [] }));

  it('[F5] the same words otherwise: the draft keeps its own, and they are marked', () =>
    expect(followed(BASE, BASE.replace('24', '48'), BASE.replace('24', '72'))).toEqual({ words: BASE.replace('24', '72'), marked: [['72', '48']] }));

  it('[F5] insertions at one point that are alike do not stand beside each other: the draft’s, marked', () =>
    expect(followed(BASE, 'Each side shall reply in good faith and promptly within 24 hours after receipt.', 'Each side shall reply in good faith and fully within 24 hours after receipt.'))
      .toEqual({ words: 'Each side shall reply in good faith and fully within 24 hours after receipt.', marked: [[' in good faith and fully', ' in good faith and promptly']] }));

  it('[F5] what the position has changed in words that the draft has taken out: a point is marked', () => {
    const { text, marked } = follow(one(BASE), one(BASE.replace('24', '48')), one('Each side shall reply after receipt.'));
    expect([wordsIn(text), marked.map((m) => m.type === 'words' && [m.from, m.to, textOf(m.now)])]).toEqual(['Each side shall reply after receipt.', [[21, 21, ' within 48 hours']]]);
  });

  it('[F4] words that the draft had before they were accepted, and then edited, do not stand twice', () => {
    const now = 'Each side shall reply in good faith and without delay within 24 hours after receipt.';
    for (const own of [now.replace('without delay', 'in writing'), now.replace('without delay', 'without undue delay'), now.replace('shall reply in good', 'will answer in good')]) {
      expect(followed(BASE, now, own).words).toBe(own);
    }
  });

  it('[F6] two that touch and bring the same words are one place', () =>
    expect(followed('They reply in time.', 'They reply to every request in time.', 'They reply to every request.')).toEqual({ words: 'They reply to every request.', marked: [] }));

  it('[F4] two values at one point never run together', () => {
    const { words, marked } = followed('限期为。', '限期为二十。', '限期为四十。');
    expect([words, marked]).toEqual(['限期为四十。', [['四十', '二十']]]);
  });

  it('[F2] a rewritten sentence is followed hunk by hunk: what the draft has left of the position goes on changing', () =>
    expect(followed('The requested side shall inform the other side of every refusal.', 'The requested side shall inform the other side of every single refusal.', 'It must tell the other side of every refusal.').words).toBe('It must tell the other side of every single refusal.'));

  it.each([
    ['[F2] Chinese: each its own place', '双方应当在十五日内答复。', '双方应当在三十日内答复。', '双方须在十五日内书面答复。', '双方须在三十日内书面答复。'],
    ['[F4] Chinese: beside each other', '双方应当答复。', '双方应当及时答复。', '双方应当书面答复。', '双方应当及时书面答复。'],
  ])('%s', (_, base, now, own, words) => expect(followed(base, now, own)).toEqual({ words, marked: [] }));

  it('[F5] Chinese: the same words otherwise', () => expect(followed('双方应当在十五日内答复。', '双方应当在三十日内答复。', '双方应当在六十日内答复。')).toEqual({ words: '双方应当在六十日内答复。', marked: [['六十日', '三十日']] }));

  it.each([
    ['[F2] an empty slot that the position fills', '', 'New words.', '', 'New words.', []],
    ['[F4] an empty slot that both fill, unlike', '', 'New words.', ' Others', 'New words. Others', []],
    ['[F5] emptied by the position, changed in the draft', 'New words.', '', 'New plain words.', 'New plain words.', [['New plain words.', '']]],
    ['[F5] changed by the position, emptied in the draft', 'New words.', 'New plain words.', '', '', [['', 'New plain words.']]],
  ])('%s', (_, base, now, own, words, marked) => expect(followed(base, now, own)).toMatchObject({ words, marked }));
});

describe('marks of words', () => {
  const styled = (...runs: Run[]): Slot => normal(runs);
  const strong = styled({ t: 'Each ' }, { t: 'side', m: 'strong' }, { t: ' shall reply.' }), em = styled({ t: 'Each ' }, { t: 'side', m: 'em' }, { t: ' shall reply.' });
  const plain = 'Each side shall reply.';
  const draftOf = (base: string | Slot, now: string | Slot, own: string | Slot) => { const { text, marked } = follow(one(base), one(now), one(own)); return { slot: text.by.get('p')!.slots['en:text'], marked: marked.length }; };

  it('[F2] follow as words do', () => {
    expect(draftOf(plain, strong, plain)).toEqual({ slot: strong, marked: 0 });
    expect(draftOf(plain, strong, 'Each side will reply.')).toEqual({ slot: styled({ t: 'Each ' }, { t: 'side', m: 'strong' }, { t: ' will reply.' }), marked: 0 });
    expect(draftOf(plain, 'Each side will reply.', strong)).toEqual({ slot: styled({ t: 'Each ' }, { t: 'side', m: 'strong' }, { t: ' will reply.' }), marked: 0 });
  });

  it('[F5] both otherwise: the draft’s, marked', () => expect(draftOf(plain, strong, em)).toEqual({ slot: em, marked: 1 }));
  it('[F5] a mark of the position on words that the draft has replaced is told; a mark of the draft gives way to words of the position', () => {
    expect(draftOf(plain, strong, 'Each party shall reply.')).toEqual({ slot: plainSlot('Each party shall reply.'), marked: 1 });
    expect(draftOf(plain, 'Each party shall reply.', strong)).toEqual({ slot: plainSlot('Each party shall reply.'), marked: 0 });
  });
});

describe('provisions', () => {
  const base = listText(['p1', 'p2', 'p3']);
  const edited = (text: Text, ...edits: Edit[]) => applyEdits(text, edits);
  const splice = (id: string, words: string): Edit => ({ do: 'splice', id, key: 'en:text', from: 0, to: 4, insert: plainSlot(words) });
  const add = (id: string, after: string | null): Edit => ({ do: 'add', provision: paragraph(id, '9', `Added as ${id}.`), after });
  const then = (position: Text, draft: Text) => { const { text, edits, marked } = follow(base, position, draft); expect(applyEdits(draft, edits)).toEqual(text); return { list: text.list.join(' '), text, marked: marks(marked, text) }; };

  it.each<[string, Edit[], Edit[], string]>([
    ['[F11] added by the position', [add('n', 'p1')], [], 'p1 n p2 p3'],
    ['[F11] added by both at one place', [add('n', 'p1')], [add('m', 'p1')], 'p1 n m p2 p3'],
    ['[F11] added behind what the draft has taken out', [add('n', 'p2')], [{ do: 'remove', id: 'p2' }], 'p1 n p3'],
    ['[F11] moved by the position', [{ do: 'move', id: 'p3', after: null }], [], 'p3 p1 p2'],
    ['[F11] moved by the draft', [splice('p1', 'Word')], [{ do: 'move', id: 'p3', after: null }], 'p3 p1 p2'],
    ['[F11] taken out by the position', [{ do: 'remove', id: 'p2' }], [], 'p1 p3'],
    ['[F11] taken out by both', [{ do: 'remove', id: 'p2' }], [{ do: 'remove', id: 'p2' }], 'p1 p3'],
    ['[F11] taken out by the draft, moved by the position', [{ do: 'move', id: 'p2', after: null }], [{ do: 'remove', id: 'p2' }], 'p1 p3'],
  ])('%s', (_, theirs, own, list) => expect(then(edited(base, ...theirs), edited(base, ...own))).toMatchObject({ list, marked: [] }));

  it('[F11] labels, levels and kinds follow; of two labels the draft keeps its own, marked', () => {
    const position = edited(base, { do: 'set', id: 'p1', label: '1 bis' }, { do: 'set', id: 'p2', level: 2, label: '2 A' }), draft = edited(base, { do: 'set', id: 'p2', label: '2 B' }, splice('p1', 'Words'));
    const { text, marked } = then(position, draft);
    expect([text.by.get('p1'), text.by.get('p2')]).toMatchObject([{ label: '1 bis' }, { label: '2 B', level: 2 }]);
    expect([wordsIn(text, 'p1'), marked]).toEqual(['Words of p1.', [{ type: 'field', id: 'p2', field: 'label' }]]);
  });

  it('[F11] moved by both, otherwise: the draft’s place, marked; to one place: nothing to mark', () => {
    const long = listText(['p1', 'p2', 'p3', 'p4', 'p5']), moved = (after: string) => edited(long, { do: 'move', id: 'p1', after });
    expect(follow(long, moved('p5'), moved('p3'))).toMatchObject({ text: moved('p3'), edits: [], marked: [{ type: 'place', id: 'p1' }] });
    expect(follow(long, moved('p5'), moved('p5'))).toMatchObject({ text: moved('p5'), edits: [], marked: [] });
  });

  it('[F12] taken out by the position, changed in the draft: kept, and marked', () =>
    expect(then(edited(base, { do: 'remove', id: 'p2' }), edited(base, splice('p2', 'Words')))).toMatchObject({ list: 'p1 p2 p3', marked: [{ type: 'provision', id: 'p2' }] }));

  it('[F12] changed by the position, taken out in the draft: stays out, and marked', () =>
    expect(then(edited(base, splice('p2', 'Words')), edited(base, { do: 'remove', id: 'p2' }))).toMatchObject({ list: 'p1 p3', marked: [{ type: 'provision', id: 'p2' }] }));

  it('[F12] came back, while the draft had kept it with words of its own: the draft’s, marked; with the same words: nothing to mark', () => {
    const without = edited(base, { do: 'remove', id: 'p2' }), draft = edited(base, splice('p2', 'Words')), kept = follow(base, without, draft).text;
    const back = follow(without, base, kept);
    expect([wordsIn(back.text, 'p2'), back.text.list, back.marked]).toEqual(['Words of p2.', ['p1', 'p2', 'p3'], [{ type: 'provision', id: 'p2' }]]);
    expect(follow(without, edited(base, splice('p2', 'Words')), kept)).toMatchObject({ text: kept, edits: [], marked: [] });
    const plain = follow(base, without, base).text;
    expect(follow(without, base, plain)).toMatchObject({ text: { list: ['p1', 'p2', 'p3'] }, marked: [] });
  });

  it('[F11] another kind brings its words with it', () => {
    const definition: Provision = { id: 'p2', kind: 'definition', label: '2', level: 0, slots: { ...base.by.get('p2')!.slots, 'en:term': plainSlot('term'), 'en:meaning': plainSlot('meaning') } };
    const position: Text = { list: base.list, by: new Map(base.by).set('p2', definition) }, { text } = then(position, edited(base, splice('p2', 'Words')));
    expect(text.by.get('p2')).toMatchObject({ kind: 'definition', slots: { 'en:term': plainSlot('term'), 'en:meaning': plainSlot('meaning'), 'en:text': plainSlot('Words of p2.') } });
  });

  it('[F7] words that a colleague types in the draft meanwhile stay where they are', () => {
    const own = 'Each side will reply within 24 hours after receipt, and record it.', draft = one(own), room = new Y.Doc();
    fillRoom(room, draft, seeded(1));
    const peer = copyOf(room);
    textAt(peer, 'p', 'en:text')!.insert(own.indexOf(' after'), ' or days');
    writeEdits(room, follow(one(BASE), one('Each side shall reply in writing within 48 hours after its receipt.'), draft).edits, seeded(2));
    Y.applyUpdate(room, Y.encodeStateAsUpdate(peer));
    expect(wordsIn(readText(room))).toBe('Each side will reply in writing within 48 hours or days after its receipt, and record it.');
  });
});

describe('work', () => {
  /** A slot that counts how often it is read. */
  const counted = (words: string, reads: { n: number }): Slot => [{ get t() { reads.n++; return words; } }];
  const text = (words: (i: number) => Slot): Text => textFrom(Array.from({ length: 300 }, (_, i): Provision => ({ id: `p${i}`, kind: 'paragraph', label: String(i), level: 0, slots: { 'en:text': words(i) } })));

  it('[F13] of 300 provisions of which the position has changed one, the words of the 299 others are not read', () => {
    const reads = { n: 0 }, base = text((i) => (i === 7 ? plainSlot(BASE) : counted(BASE, reads))), draft = text((i) => (i === 7 ? plainSlot(BASE) : counted(`${BASE} Own.`, reads)));
    const position: Text = { list: base.list, by: new Map(base.by).set('p7', { ...base.by.get('p7')!, slots: { 'en:text': plainSlot('Other words.') } }) };
    const { edits } = follow(base, position, draft);
    expect([edits.length > 0, edits.every((e) => e.do === 'splice' && e.id === 'p7'), reads.n]).toEqual([true, true, 0]);
  });

  it('[F13] where base and position are values of two rooms, each slot is held against the other once, and the draft’s are not read', () => {
    const reads = { n: 0 }, own = { n: 0 }, draft = text((i) => (i === 7 ? plainSlot(BASE) : counted(`${BASE} Own.`, own)));
    const { edits } = follow(text((i) => (i === 7 ? plainSlot(BASE) : counted(BASE, reads))), text((i) => (i === 7 ? plainSlot('Other words.') : counted(BASE, reads))), draft);
    expect([edits.length > 0, reads.n, own.n]).toEqual([true, 2 * 299, 0]);
  });

  it('[F13] 300 provisions that the position has added, moved or taken out, and the draft has not touched, are followed in one pass', () => {
    let reads = 0;
    class Counted<V> extends Map<string, V> { override get(id: string): V | undefined { reads++; return super.get(id); } }
    const random = seeded(7), ids = Array.from({ length: 300 }, (_, i) => `p${i}`), textOfIds = (list: readonly string[]): Text => textFrom(list.map((id) => paragraph(id, id, BASE)));
    const base = textOfIds(ids.slice(0, 200)), moved = textOfIds(ids.slice(50).sort(() => random() - 0.5)), position: Text = { list: moved.list, by: new Counted(moved.by) };
    const draft = applyEdits(base, [{ do: 'splice', id: 'p60', key: 'en:text', from: 0, to: 0, insert: plainSlot('Own. ') }]);
    const { text, edits, marked } = follow(base, position, draft);
    expect([text.list, wordsIn(text, 'p60'), marked, applyEdits(draft, edits)]).toEqual([position.list, `Own. ${BASE}`, [], text]);
    expect(reads).toBeLessThan(20 * ids.length);
    // Words of the own in what was taken out: it stays, and everything else follows all the same.
    const kept = follow(base, position, applyEdits(draft, [{ do: 'splice', id: 'p7', key: 'en:text', from: 0, to: 0, insert: plainSlot('Own. ') }]));
    expect([kept.text.list.filter((id) => id !== 'p7'), kept.marked]).toEqual([position.list, [{ type: 'provision', id: 'p7' }]]);
  });
});
