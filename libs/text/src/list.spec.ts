import { describe, expect, it } from 'vitest';
import { compareSlots } from './compare.ts';
import { applyEdit, applyEdits } from './edit.ts';
import { listCases, listText, notTrueCases, paragraph } from '../test-support/compare-cases.ts';
import { compareLists, compareTexts, type Item } from './list.ts';
import { type Text, textFrom } from './provision.ts';
import { acceptInRemoved, acceptItem, itemInCommon, withdrawItem } from './rebase.ts';
import { plainSlot, textOf } from './slot.ts';

const bare = (item: Item) => {
  if (item.type !== 'add' && item.type !== 'remove') return item;
  return item.type === 'add' ? { type: item.type, id: item.id, after: item.after } : { type: item.type, id: item.id };
};

describe('the cases of lists', () => {
  it.each(listCases)('[I1] $id $note', (c) => {
    const common = listText(c.common);
    for (const party of ['A', 'B'] as const) {
      const { items, slots } = compareTexts(common, listText(c.positions[party], c.edits[party]));
      const texts = [...slots].flatMap(([id, keys]) => [...keys].flatMap(([key, hunks]) => hunks.map((h) => (
        { type: 'text', id, slot: key.split(':')[1], from: h.from, to: h.to, inserted: textOf(h.inserted) }))));
      expect([...items.map(bare), ...texts]).toEqual(c.items[party]);
    }
  });

  it('[I10] are the same value while only words of provisions that both have change; for anything else another, as if they had not been found before', () => {
    const common = listText(['a', 'b', 'c', 'd']);
    const position = applyEdits(common, [{ do: 'remove', id: 'b' }, { do: 'add', after: 'c', provision: paragraph('x', '9', 'Added.') }, { do: 'set', id: 'd', label: '7' }]);
    const words = (text: Text, id: string) => applyEdits(text, [{ do: 'splice', id, key: 'en:text', from: 0, to: 0, insert: plainSlot('So ') }]);
    const anew = (text: Text): Text => ({ list: [...text.list], by: text.by });
    const before = compareLists(common, position);
    expect([compareLists(common, words(position, 'a')), compareLists(words(common, 'c'), words(position, 'c')), compareLists(words(common, 'd'), position)]).toEqual([before, before, before]);
    expect(compareLists(common, words(position, 'a'))).toBe(before);
    for (const [one, other] of [[common, words(position, 'x')], [words(common, 'b'), position], [common, applyEdits(position, [{ do: 'set', id: 'a', level: 2 }])], [applyEdits(common, [{ do: 'set', id: 'a', kind: 'heading' }]), position]] as const) {
      expect(compareLists(one, other)).toEqual(compareLists(anew(one), anew(other)));
      expect(compareLists(one, other)).not.toEqual(before);
    }
  });

  it('[I2] N06 which of two provisions counts as moved may change; the order is right', () => {
    const n = notTrueCases.find((c) => c.id === 'N06') as unknown as { common: string[]; A: string[]; B: string[]; then: { common: string[]; B: string[]; moved: { before: string; after: string } } };
    const common = listText(n.common), b = listText(n.B), item = compareLists(common, listText(n.A))[0]!;
    expect(bare(item)).toEqual({ type: 'remove', id: 'c2' });
    const after = applyEdit(common, itemInCommon(item));
    const bThen = applyEdits(b, acceptItem({ common, item, proposer: 'A', position: { party: 'B', text: b }, accepting: true }).edits);
    expect([after.list, bThen.list]).toEqual([n.then.common, n.then.B]);
    const moved = (c: Text, p: Text) => compareLists(c, p).filter((i) => i.type === 'move').map((i) => i.id);
    expect([moved(common, b), moved(after, bThen)]).toEqual([[n.then.moved.before], [n.then.moved.after]]);
  });

  it('[I2] N07 a move and an addition into one gap stand in the order of acceptance', () => {
    const n = notTrueCases.find((c) => c.id === 'N07') as unknown as { common: string[]; A: string[]; B: string[]; accept: { party: 'A' | 'B'; type: string; id: string }[]; then: Record<string, string[]> };
    const run = (order: typeof n.accept) => {
      let common = listText(n.common);
      const texts = { A: listText(n.A), B: listText(n.B) };
      for (const { party, type, id } of order) {
        const item = compareLists(common, texts[party]).find((i) => i.type === type && i.id === id)!, other = party === 'A' ? 'B' : 'A';
        texts[other] = applyEdits(texts[other], acceptItem({ common, item, proposer: party, position: { party: other, text: texts[other] }, accepting: true }).edits);
        common = applyEdit(common, itemInCommon(item));
      }
      return common.list;
    };
    expect(run(n.accept)).toEqual(n.then['A first']);
    expect(run([...n.accept].reverse())).toEqual(n.then['B first']);
  });
});

describe('accepting an item', () => {
  const common = listText(['p1', 'p2', 'p3']);
  const accept = (theirs: Text, mine: Text, accepting: boolean) => {
    const item = compareLists(common, theirs)[0]!;
    const { edits, givesUp } = acceptItem({ common, item, proposer: 'A', position: { party: 'B', text: mine }, accepting });
    return { text: applyEdits(mine, edits), edits, givesUp };
  };
  const edited = listText(['p1', 'p2', 'p3'], { p2: { text: 'Text of p2, amended.' } });

  it('[I3] a removal: who has not touched the provision follows', () => {
    expect(accept(listText(['p1', 'p3']), common, true)).toMatchObject({ text: { list: ['p1', 'p3'] }, givesUp: [] });
  });

  it('[I3] a removal with own edits inside: the accepting side gives them up, a third party keeps the provision as an added one', () => {
    expect(accept(listText(['p1', 'p3']), edited, true)).toMatchObject({ text: { list: ['p1', 'p3'] }, givesUp: [{ type: 'add', id: 'p2', provision: edited.by.get('p2') }] });
    const kept = accept(listText(['p1', 'p3']), edited, false);
    expect(kept.edits).toEqual([]);
    expect(compareLists(listText(['p1', 'p3']), kept.text).map(bare)).toEqual([{ type: 'add', id: 'p2', after: 'p1' }]);
  });

  it('[I4] both moved it: the accepting side moves it there, a third party keeps its place; the same move needs nothing', () => {
    const theirs = listText(['p2', 'p3', 'p1']), mine = listText(['p2', 'p1', 'p3']);
    expect(accept(theirs, listText(['p3', 'p1', 'p2']), true).text.list).toEqual(['p3', 'p1', 'p2']);
    expect(accept(theirs, theirs, true).edits).toEqual([]);
    expect(accept(theirs, mine, true).text.list).toEqual(['p2', 'p3', 'p1']);
  });

  it('[I5] both changed one field: contested; different fields: both stand', () => {
    const label = listText(['p1', 'p2', 'p3'], { p2: { label: '2 A' } }), other = listText(['p1', 'p2', 'p3'], { p2: { label: '2 B' } });
    expect(accept(label, other, true)).toMatchObject({ edits: [{ do: 'set', id: 'p2', label: '2 A' }], givesUp: [{ type: 'field', to: '2 B' }] });
    expect(accept(label, other, false).edits).toEqual([]);
    const level = textFrom([...common.by.values()].map((p) => (p.id === 'p2' ? { ...p, level: 1 } : p)));
    expect(accept(label, level, false).text.by.get('p2')).toMatchObject({ label: '2 A', level: 1 });
  });

  it('[I6] changed by one, removed by the other: the accepting side takes it back, a third party keeps it removed', () => {
    const label = listText(['p1', 'p2', 'p3'], { p2: { label: '2 A' } }), gone = listText(['p1', 'p3']);
    const taken = accept(label, gone, true);
    expect(taken.text.list).toEqual(['p1', 'p2', 'p3']);
    expect(taken.text.by.get('p2')!.label).toBe('2 A');
    expect(taken.givesUp.map(bare)).toEqual([{ type: 'remove', id: 'p2' }]);
    expect(accept(label, gone, false).edits).toEqual([]);
    const accepted = edited.by.get('p2')!;
    expect(acceptInRemoved({ common, accepted, position: { party: 'B', text: gone }, accepting: true }).edits).toEqual([{ do: 'add', provision: accepted, after: 'p1' }]);
  });

  it('[I7] an addition whose anchor the party has removed comes after the nearest one before it, else first', () => {
    const theirs = textFrom([...listText(['p1', 'p2']).by.values(), paragraph('n', '2 bis', 'New.'), common.by.get('p3')!]);
    expect(accept(theirs, listText(['p1', 'p3']), true).text.list).toEqual(['p1', 'n', 'p3']);
    expect(accept(theirs, listText(['p3']), true).text.list).toEqual(['n', 'p3']);
  });

  it('[I8] withdrawing takes each kind of item back', () => {
    const mine = textFrom([paragraph('p3', '3', 'Text of p3.'), paragraph('n', '0', 'New.'), paragraph('p1', '1 A', 'Text of p1.')]);
    let text = mine;
    for (let left = compareLists(common, text); left.length > 0; left = compareLists(common, text)) text = applyEdit(text, withdrawItem(left.at(-1)!, common, text));
    expect(text).toEqual(common);
  });
});

describe('kinds', () => {
  it('[I9] another kind is a field; words are compared over the slots of the common kind', () => {
    const before = paragraph('p', '1', 'Words.');
    const now = { ...before, kind: 'definition' as const, slots: { ...before.slots, 'en:text': plainSlot('Other words.'), 'en:term': plainSlot('Term') } };
    const { items, slots } = compareTexts(textFrom([before]), textFrom([now]));
    expect(items).toEqual([{ type: 'field', id: 'p', field: 'kind', from: 'paragraph', to: 'definition' }]);
    expect([...slots.get('p')!.keys()]).toEqual(['en:text']);
    expect(slots.get('p')!.get('en:text')).toBe(compareSlots(before.slots['en:text']!, now.slots['en:text']));
  });
});
