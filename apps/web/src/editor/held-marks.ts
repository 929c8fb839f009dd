import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';

const key = new PluginKey<readonly number[]>('heldPastes');

/** Places in the document that stay before whatever is typed at them. */
export const markPlugin = (): Plugin<readonly number[]> => new Plugin<readonly number[]>({
  key, state: { init: () => [], apply: (tr, marks) => (tr.getMeta(key) as readonly number[] | undefined) ?? marks.map((pos) => tr.mapping.map(pos, -1)) },
});

export const marksIn = (state: EditorState): readonly number[] => key.getState(state)!;

/** From this transaction on there are these marks. */
export const setMarks = (tr: Transaction, marks: readonly number[]): Transaction => tr.setMeta(key, marks);
