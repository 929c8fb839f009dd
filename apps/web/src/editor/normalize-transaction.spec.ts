import { plainSlot, type Provision, SLOT_LIMIT, textFrom } from '@parley/text';
import { Slice } from 'prosemirror-model';
import { EditorState, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import { normalizeTransaction } from './normalize-transaction.ts';
import { allSlots, docNode, posOf } from './nodes.ts';
import { schema } from './schema.ts';
import { caretAt } from './selection.ts';

const provision = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': plainSlot(words) } });

const stateOf = (...words: string[]): EditorState =>
  EditorState.create({ schema, doc: docNode(textFrom(words.map((w, i) => provision('abcdef'[i]!, w)))) });
const at = (state: EditorState, id: string, offset: number): number => posOf(state.doc, { id, key: 'en:text', offset })!;
const selecting = (state: EditorState, a: [string, number], h: [string, number]): EditorState =>
  state.apply(state.tr.setSelection(caretAt(state.doc, at(state, ...a), at(state, ...h))));

function through(state: EditorState, tr: Transaction, writable: (id: string) => boolean = () => true): { words: string[]; refused: string | null } {
  const result = normalizeTransaction(state, tr, writable);
  const doc = result.tr ? result.tr.doc : state.doc;
  doc.check();
  return { words: allSlots(doc).map((s) => s.node.textContent), refused: result.refused };
}

describe('what may enter', () => {
  it('[E2] words inside one slot pass as they are', () => {
    const state = stateOf('ab', 'cd'), tr = state.tr.insertText('x', at(state, 'a', 1));
    expect(normalizeTransaction(state, tr, () => true)).toEqual({ tr, refused: null });
  });

  it('[E2] a selection over several provisions goes slot by slot, the words come where it began', () => {
    const state = selecting(stateOf('first', 'second', 'third'), ['a', 2], ['c', 3]);
    expect(through(state, state.tr.insertText('X')).words).toEqual(['fiX', '', 'rd']);
    expect(through(state, state.tr.deleteSelection()).words).toEqual(['fi', '', 'rd']);
  });

  it('[E2] words over a selection that begins behind the last word of a slot, or in an empty one, stand there; where nobody may write there, in the next', () => {
    const state = selecting(stateOf('first', '', 'third'), ['a', 5], ['c', 2]);
    expect(through(state, state.tr.insertText('X')).words).toEqual(['firstX', '', 'ird']);
    expect(through(state, state.tr.insertText('X'), (id) => id !== 'a')).toEqual({ words: ['first', '', 'Xird'], refused: null });
    const blank = selecting(stateOf('first', '', 'third'), ['b', 0], ['c', 2]);
    expect(through(blank, blank.tr.insertText('X')).words).toEqual(['first', 'X', 'ird']);
    expect(through(blank, blank.tr.deleteSelection()).words).toEqual(['first', '', 'ird']);
  });

  it('[E2] repeated words do not let the deletion slip aside', () => {
    const state = selecting(stateOf('ab', 'ab'), ['a', 1], ['b', 1]);
    expect(through(state, state.tr.deleteSelection()).words).toEqual(['a', 'b']);
  });

  it('[E2] a join that the browser made changes nothing', () => {
    const state = stateOf('one', 'two');
    const joined = state.tr.delete(at(state, 'a', 3), at(state, 'b', 0));
    expect(through(state, joined).words).toEqual(['one', 'two']);
  });

  it('[E2] a removed, doubled or foreign node comes out as words alone', () => {
    const state = stateOf('one', 'two');
    expect(through(state, state.tr.delete(0, state.doc.child(0).nodeSize)).words).toEqual(['', 'two']);
    const twice = state.tr.insert(0, docNode(textFrom([provision('z', 'new')])).child(0));
    expect(through(state, twice).words.join('')).toBe('newonetwo');
    expect(through(state, state.tr.replace(0, state.doc.content.size, Slice.empty)).words).toEqual(['', '']);
  });

  it('[E3] unclean characters do not enter, line breaks read from the screen are no words', () => {
    const state = selecting(stateOf('ab'), ['a', 1], ['a', 1]);
    expect(through(state, state.tr.insertText('x\u202Ey\nz\u0007')).words).toEqual(['axyzb']);
  });

  it('[E3] a character outside the first plane is deleted whole or not at all', () => {
    const state = stateOf('a😀b');
    expect(through(state, state.tr.delete(at(state, 'a', 1), at(state, 'a', 2))).words).toEqual(['ab']);
  });

  it('[E3] a slot does not grow beyond its limit', () => {
    const state = stateOf('x'.repeat(SLOT_LIMIT));
    expect(through(state, state.tr.insertText('y', at(state, 'a', 0)))).toEqual({ words: ['x'.repeat(SLOT_LIMIT)], refused: 'too-long' });
  });

  it('[E4] nothing enters an agreed provision, the rest of a larger change does', () => {
    const state = selecting(stateOf('first', 'second', 'third'), ['a', 2], ['c', 3]), open = (id: string) => id !== 'b';
    expect(through(state, state.tr.insertText('x', at(state, 'b', 1)), open)).toEqual({ words: ['first', 'second', 'third'], refused: 'locked' });
    expect(through(state, state.tr.insertText('X'), open)).toEqual({ words: ['fiX', 'second', 'rd'], refused: 'locked' });
    const marked = normalizeTransaction(state, state.tr.addMark(1, state.doc.content.size, schema.marks.em.create()), open);
    expect(marked.tr!.doc.children.map((p) => p.firstChild!.firstChild!.marks.length)).toEqual([1, 0, 1]);
  });
});
