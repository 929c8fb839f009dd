import { applyEdits, type Edit, fillRoom, plainSlot, type Provision, RoomView, textFrom, textOf } from '@parley/text';
import { EditorState, type Transaction } from 'prosemirror-state';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Binding } from './binding.ts';
import { moved, removed, split } from './commands.ts';
import { docNode, posOf } from './nodes.ts';
import { schema } from './schema.ts';
import { backFrom } from './undo.ts';

const provision = (id: string, words: string): Provision => ({ id, kind: 'paragraph', label: '', level: 0, slots: { 'en:text': plainSlot(words) } });
const START = textFrom([provision('a', 'First.'), provision('b', 'Second one.'), provision('c', 'Third.')]);

function context() {
  const room = new Y.Doc();
  fillRoom(room, START, Math.random);
  const view = new RoomView(room);
  const context = { state: EditorState.create({ schema, doc: docNode(view.text) }), follow(tr: Transaction) { context.state = context.state.apply(tr); }, heldBack: () => undefined, homeless: () => undefined };
  const binding = new Binding(room, view, context, Math.random);
  const type = (id: string, offset: number, words: string) => {
    const tr = context.state.tr.insertText(words, posOf(context.state.doc, { id, key: 'en:text', offset })!);
    context.state = context.state.apply(tr);
    binding.write(tr);
  };
  /** A colleague's words: the same room, another origin. */
  const colleague = (id: string, offset: number, words: string) => room.transact(() => ((room.getMap('provisions').get(id) as Y.Map<Y.Text>).get('en:text')!).insert(offset, words), 'colleague');
  return { binding, type, colleague, words: () => view.text.list.map((id) => textOf(view.text.by.get(id)!.slots['en:text']!)), ids: () => view.text.list, view };
}

describe('undo', () => {
  it('[E7] takes back a split: the words return, the second half goes, its id stays unused', () => {
    const d = context();
    d.binding.edit(split(d.view.text, { id: 'b', key: 'en:text', offset: 6 }, { id: 'new', label: '' }));
    expect(d.words()).toEqual(['First.', 'Second', 'one.', 'Third.']);
    expect(d.binding.undoLast()).toBe(true);
    expect(d.words()).toEqual(['First.', 'Second one.', 'Third.']);
    d.binding.redoLast();
    expect([d.ids(), d.words()]).toEqual([['a', 'b', 'new', 'c'], ['First.', 'Second', 'one.', 'Third.']]);
  });

  it('[E7] goes back over words and commands in their order', () => {
    const d = context();
    d.type('a', 5, ' typed');
    d.binding.edit(moved(d.view.text, 'c', 'up'));
    d.type('c', 0, 'X');
    d.binding.edit(removed('b'));
    expect([d.ids(), d.words()]).toEqual([['a', 'c'], ['First typed.', 'XThird.']]);
    d.binding.undoLast();
    expect(d.ids()).toEqual(['a', 'c', 'b']);
    d.binding.undoLast();
    expect(d.words()).toEqual(['First typed.', 'Third.', 'Second one.']);
    d.binding.undoLast();
    expect(d.ids()).toEqual(['a', 'b', 'c']);
    d.binding.undoLast();
    expect(d.words()).toEqual(['First.', 'Second one.', 'Third.']);
    for (let i = 0; i < 4; i++) d.binding.redoLast();
    expect([d.ids(), d.words()]).toEqual([['a', 'c'], ['First typed.', 'XThird.']]);
  });

  it('[E7] leaves a colleague’s words alone', () => {
    const d = context();
    d.type('a', 5, ' mine');
    d.colleague('a', 0, 'Theirs. ');
    d.binding.undoLast();
    expect(d.words()[0]).toBe('Theirs. First.');
  });

  it('[E7] refuses to take back a provision in which a colleague wrote', () => {
    const d = context();
    d.binding.edit(split(d.view.text, { id: 'b', key: 'en:text', offset: 6 }, { id: 'new', label: '' }));
    d.colleague('new', 0, 'colleague');
    expect(d.binding.undoLast()).toBe(false);
    expect(d.words()).toEqual(['First.', 'Second', 'colleagueone.', 'Third.']);
  });

  it('[E7] is forgotten when an act has been performed', () => {
    const d = context();
    d.type('a', 0, 'Mine. ');
    d.binding.undo.clear();
    expect(d.binding.undoLast()).toBe(false);
    expect(d.words()[0]).toBe('Mine. First.');
  });

  it('[E7] a command goes back around what others changed meanwhile', () => {
    const done: Edit[] = [{ do: 'splice', id: 'b', key: 'en:text', from: 0, to: 6, insert: plainSlot('Another') }];
    const after = applyEdits(START, done), now = applyEdits(after, [{ do: 'splice', id: 'b', key: 'en:text', from: 11, to: 11, insert: plainSlot(' more') }]);
    expect(textOf(applyEdits(now, backFrom({ before: START, after }, now)!).by.get('b')!.slots['en:text']!)).toBe('Second one more.');
  });
});
