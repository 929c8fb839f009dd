import { plainSlot, textFrom } from '@parley/text';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { markPlugin } from './held-marks.ts';
import { HeldPastes } from './held-pastes.ts';
import { docNode, posOf } from './nodes.ts';
import type { ReadHtml } from './pasted.ts';
import { schema } from './schema.ts';

const loading = vi.hoisted(() => ({ arrive: (_read: unknown): void => undefined }));
vi.mock('./html-reader.ts', () => ({ htmlReader: () => null, loadHtmlReader: () => new Promise((resolve) => { loading.arrive = resolve; }) }));

const READ: ReadHtml = () => { throw new Error('nothing is read here'); };
const PAPER = textFrom(['p', 'q', 'r'].map((id) => ({ id, kind: 'paragraph' as const, label: '', level: 0, slots: { 'en:text': plainSlot('A reply is due.') } })));

let state: EditorState, ended: boolean, composing: boolean, held: HeldPastes, homeless: string[];

const view = { get state() { return state; }, get isDestroyed() { return ended; }, get composing() { return composing; }, dispatch(tr: Transaction) { state = state.apply(tr); } } as EditorView;

function pastesAt(id: string, offset: number, words: string): void {
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, posOf(state.doc, { id, key: 'en:text', offset })!)));
  held.put(true, () => view.dispatch(view.state.tr.insertText(words)), (at) => homeless.push(`${at.id} ${at.offset} ${words}`));
}

beforeEach(() => {
  state = EditorState.create({ schema, doc: docNode(PAPER), plugins: [markPlugin()] });
  ended = composing = false; homeless = [];
  held = new HeldPastes(() => view, () => homeless.push('not read'));
});

describe('[EP7] pastes that wait for what reads them', () => {
  it('stand each where it was pasted, whatever was typed since', async () => {
    pastesAt('p', 7, ' soon');
    pastesAt('q', 1, ' full');
    view.dispatch(view.state.tr.insertText('!'));
    loading.arrive(READ);
    await vi.waitFor(() => expect(state.doc.children.map(({ textContent }) => textContent)).toEqual(['A reply soon is due.', 'A full! reply is due.', 'A reply is due.']));
    expect(homeless).toEqual([]);
  });

  it('[E41] of a text that is gone meanwhile are told each where it was to stand, also when an input method composed as it went', async () => {
    pastesAt('p', 7, 'soon');
    pastesAt('q', 1, 'full');
    ended = composing = true;
    loading.arrive(READ);
    await vi.waitFor(() => expect(homeless).toEqual(['p 7 soon', 'q 1 full']));
  });

  it('whose provision others have removed meanwhile are told where they were to stand, and go into no other provision', async () => {
    pastesAt('q', 7, ' soon');
    pastesAt('p', 1, ' full');
    pastesAt('r', 7, ' soon');
    const [first, , last] = state.doc.children;
    view.dispatch(state.tr.delete(state.doc.content.size - last!.nodeSize, state.doc.content.size).delete(0, first!.nodeSize));
    loading.arrive(READ);
    await vi.waitFor(() => expect(homeless).toEqual(['p 1  full', 'r 7  soon']));
    expect(state.doc.children.map(({ textContent }) => textContent)).toEqual(['A reply soon is due.']);
  });
});
