import { PART_LIMIT } from '@parley/protocol';
import { type Edit, lengthOf, type Slot, SLOT_LIMIT } from '@parley/text';
import { Fragment } from 'prosemirror-model';
import type { EditorProps, EditorView } from 'prosemirror-view';
import { inOne, paragraphsIn } from './clipboard.ts';
import { pasted } from './commands.ts';
import { copyProps, copySelected, syncSelection } from './dom-selection.ts';
import type { LiveEditor } from './live-editor.ts';
import { fresh } from './fresh.ts';
import { posOf, slotAt, spotAt, textNodes } from './nodes.ts';
import { caretAt } from './selection.ts';

/** Bytes an update may take for one character: the worst case, with room for structs. */
const BYTES_PER_UNIT = 3;
const BYTES_PER_PROVISION = 400;

const isTooMuch = (paragraphs: readonly Slot[]): boolean =>
  paragraphs.reduce((n, slot) => n + lengthOf(slot) * BYTES_PER_UNIT + BYTES_PER_PROVISION, 0) > PART_LIMIT;

/** Puts pasted paragraphs in the place of the selection. What is too long is refused before it enters (DESIGN 3). */
function put(editor: LiveEditor, view: EditorView, paragraphs: readonly Slot[]): void {
  if (paragraphs.length === 0 || !view.editable) return;
  if (isTooMuch(paragraphs)) return editor.refuse('too-much');
  if (paragraphs.some((slot) => lengthOf(slot) > SLOT_LIMIT)) return editor.refuse('too-long');
  const at = view.state.selection.$from;
  const plain = at.depth > 0 && at.node(1).childCount === 1;
  if (paragraphs.length === 1 || !plain) return putWords(view, inOne(paragraphs));
  if (!view.state.selection.empty) view.dispatch(view.state.tr.deleteSelection());
  const spot = spotAt(view.state.doc, view.state.selection.from);
  if (!spot) return;
  const news = paragraphs.slice(1).map((_, i) => fresh(editor, spot.id, i));
  const edits: Edit[] = pasted(editor.binding.view.text, spot, paragraphs, news);
  editor.edit(edits);
  const last = slotAt(view.state.doc, news.at(-1)!.id, spot.key), end = last && posOf(view.state.doc, { id: last.id, key: last.key, offset: lengthOf(paragraphs.at(-1)!) });
  if (end !== null) view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, end)).scrollIntoView());
}

function putWords(view: EditorView, words: Slot): void {
  const { from, $from, $to, to } = view.state.selection;
  const tr = view.state.tr;
  if ($from.sameParent($to)) tr.replaceWith(from, to, Fragment.from(textNodes(words))).setSelection(caretAt(tr.doc, from + lengthOf(words)));
  else {
    view.dispatch(view.state.tr.deleteSelection());
    return putWords(view, words);
  }
  view.dispatch(tr.scrollIntoView().setMeta('uiEvent', 'paste'));
}

/** Copy takes the own words, paste brings words: nothing drawn goes either way (COMPARE 6, traps 1 and 8). */
export function clipboardProps(editor: LiveEditor): EditorProps {
  return {
    ...copyProps,
    handleDOMEvents: {
      copy: copySelected,
      cut(view, event) {
        syncSelection(view);
        copySelected(view, event);
        if (view.editable && !view.state.selection.empty) view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'));
        return true;
      },
      paste(view, event) {
        if (!event.clipboardData) return false;
        event.preventDefault();
        syncSelection(view);
        put(editor, view, paragraphsIn(event.clipboardData));
        return true;
      },
      dragstart(_view, event) {
        event.preventDefault();
        return true;
      },
      drop(view, event) {
        event.preventDefault();
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!event.dataTransfer || !place || !view.editable) return true;
        view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, place.pos)));
        put(editor, view, paragraphsIn(event.dataTransfer));
        return true;
      },
    },
  };
}
