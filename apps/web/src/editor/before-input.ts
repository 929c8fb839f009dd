import { cleanText } from '@parley/text';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { syncSelection } from './dom-selection.ts';
import { type KeyActions, toggle } from './keys.ts';
import { schema } from './schema.ts';
import { caretAt } from './selection.ts';

type Actions = Pick<KeyActions, 'split' | 'undo' | 'redo'>;

/** Puts words where the selection is, in the model: the browser would put placeholders of its own beside what is drawn. */
function put(view: EditorView, words: string): void {
  const { $from, $to } = view.state.selection;
  // Over several slots first the deletions, then the words: told apart from the text alone, a letter like the last that was selected would seem to have stayed.
  if (!$from.sameParent($to)) view.dispatch(view.state.tr.deleteSelection());
  const { state } = view, clean = cleanText(words);
  view.dispatch((clean ? state.tr.insertText(clean) : state.tr.deleteSelection()).scrollIntoView());
}

const wordsBrought = (event: InputEvent): string => event.data ?? event.dataTransfer?.getData('text/plain') ?? '';

/** Selects the words that the browser means to replace (a spelling put right, say). False where they are not in the text. */
function selectTarget(view: EditorView, event: InputEvent): boolean {
  const [range] = event.getTargetRanges();
  if (!range) return true;
  if (!view.dom.contains(range.startContainer) || !view.dom.contains(range.endContainer)) return false;
  if (range.collapsed) return true;
  const from = view.posAtDOM(range.startContainer, range.startOffset), to = view.posAtDOM(range.endContainer, range.endOffset);
  view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, from, to)));
  return true;
}

/** What is done here instead of by the browser, by the kind of input. Undefined: the browser does it; null: nobody. */
function ownWay(view: EditorView, event: InputEvent, actions: Actions): (() => void) | null | undefined {
  const over = !view.state.selection.empty;
  switch (event.inputType) {
    case 'insertText': return () => { if (over || selectTarget(view, event)) put(view, wordsBrought(event)); };
    case 'insertFromYank': return () => put(view, wordsBrought(event));
    case 'insertReplacementText': return () => { if (selectTarget(view, event)) put(view, wordsBrought(event)); };
    case 'insertParagraph': return () => actions.split();
    case 'historyUndo': return () => actions.undo();
    case 'historyRedo': return () => actions.redo();
    case 'formatBold': return () => { toggle(schema.marks.strong)(view.state, view.dispatch); };
    case 'formatItalic': return () => { toggle(schema.marks.em)(view.state, view.dispatch); };
    case 'insertTranspose': return undefined;
    default: return !event.inputType.startsWith('delete') ? null : over ? () => put(view, '') : undefined;
  }
}

/**
 * Everything that a browser would do to the text but take away what stands beside the caret, and compose: that is done in the model, or not at all. Beside drawn words a
 * browser deletes with placeholders of its own (a line break, an element with a style), and puts the second letter before the first (E30).
 */
export function beforeInput(view: EditorView, event: InputEvent, actions: Actions): boolean {
  if (event.isComposing || view.composing || event.inputType === 'insertCompositionText' || event.inputType === 'deleteCompositionText') return false;
  syncSelection(view);
  const way = ownWay(view, event, actions);
  if (way === undefined) return false;
  event.preventDefault();
  if (view.editable) way?.();
  return true;
}

/** Letters over a selection of several slots, which the view itself would put in before the browser is asked. */
function overSlots(view: EditorView, words: string): boolean {
  const { $from, $to } = view.state.selection;
  if (view.composing || $from.sameParent($to)) return false;
  if (view.editable) put(view, words);
  return true;
}

/** The editor's answer to what the browser is about to do. `before` is called first. */
export const inputPlugin = (actions: Actions, before: (view: EditorView, event: KeyboardEvent | InputEvent) => void): Plugin => new Plugin({
  props: {
    handleTextInput: (view, _from, _to, words) => overSlots(view, words),
    handleDOMEvents: {
      keydown: (view, event) => { before(view, event); return false; },
      beforeinput: (view, event) => { before(view, event); return beforeInput(view, event, actions); },
    },
  },
});
