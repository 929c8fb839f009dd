import { PART_LIMIT } from '@parley/protocol';
import { applyEdits, lengthOf, type ReadProvision, type Slot, SLOT_LIMIT } from '@parley/text';
import { Fragment } from 'prosemirror-model';
import type { EditorProps, EditorView } from 'prosemirror-view';
import { brought, type Clip, clipOf, inOne, plainOf, sizeOf } from './clipboard.ts';
import { pasted } from './commands.ts';
import { copyProps, copySelected, syncSelection } from './dom-selection.ts';
import { newProvision } from './new-provision.ts';
import type { WritingPlace } from './live-editor-context.ts';
import { htmlReader, loadHtmlReader } from './html-reader.ts';
import { posOf, slotAt, spotAt, textNodes } from './nodes.ts';
import type { ReadHtml } from './pasted.ts';
import { caretAt } from './selection.ts';
import { cutEdits } from './to-room.ts';

/** Bytes an update may take for one character: the worst case, with room for structs. */
const BYTES_PER_UNIT = 3;
const BYTES_PER_PROVISION = 400;

/** The most characters that can be put in at once, in one paragraph. */
export const PASTE_LIMIT = Math.floor((PART_LIMIT - BYTES_PER_PROVISION) / BYTES_PER_UNIT);

/** By how many characters each further paragraph makes that less. */
export const PARAGRAPH_COST = Math.ceil(BYTES_PER_PROVISION / BYTES_PER_UNIT);

const isTooMuch = (provisions: readonly ReadProvision[]): boolean => sizeOf(provisions) * BYTES_PER_UNIT + provisions.length * BYTES_PER_PROVISION > PART_LIMIT;

/** Puts what was pasted in the place of the selection, as soon as it can be read. */
function take(editor: WritingPlace, view: EditorView, data: DataTransfer): void {
  if (!view.editable) return;
  const clip = clipOf(data);
  editor.held.put(clip.html !== '', (read) => put(editor, view, clip, read), (at, read) => editor.late(at, plainOf(clip, read)));
}

/** Where the text was closed under the typist, a paste is late words (E41): true when it is taken so. */
export function takeLate(editor: WritingPlace, data: DataTransfer | null): boolean {
  const { at } = editor.closedPlace, clip = data && clipOf(data);
  if (!at || !clip) return false;
  const read = htmlReader();
  if (read || clip.html === '') return editor.closedPlace.words(plainOf(clip, read));
  loadHtmlReader().then((loaded) => editor.late(at, plainOf(clip, loaded)), () => editor.refuse('not-read'));
  return true;
}

/** As one step. What is too long is refused before it enters; what was left out is said. */
function put(editor: WritingPlace, view: EditorView, clip: Clip, read: ReadHtml | null): void {
  const { provisions, say } = brought(clip, editor.client.document.stage === 'drafting', read);
  if (isTooMuch(provisions)) return editor.refuse({ characters: sizeOf(provisions), paragraphs: provisions.length });
  if (provisions.some((p) => lengthOf(p.words) > SLOT_LIMIT)) return editor.refuse('too-long');
  const undo = editor.asOne(() => putIn(editor, view, provisions));
  if (say) editor.tellPasted(say, undo);
}

function putIn(editor: WritingPlace, view: EditorView, provisions: readonly ReadProvision[]): void {
  const at = view.state.selection.$from, plain = at.depth > 0 && at.node(1).childCount === 1;
  if (provisions.length === 0) return;
  if (!plain || (provisions.length === 1 && at.node(1).textContent !== '')) return putWords(view, inOne(provisions));
  const { doc, selection: { from, to } } = view.state, spot = spotAt(doc, from), cut = cutEdits(doc, from, to, editor.writable);
  if (!spot) return;
  const news = provisions.slice(1).map((_, i) => newProvision(editor, spot.id, i));
  editor.edit([...cut, ...pasted(applyEdits(editor.binding.text, cut), spot, provisions, news)]);
  const last = slotAt(view.state.doc, news.at(-1)?.id ?? spot.id, spot.key), end = last && posOf(view.state.doc, { id: last.id, key: last.key, offset: lengthOf(provisions.at(-1)!.words) });
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

/** Copy takes the own words, paste brings words: nothing drawn goes either way. */
export function clipboardProps(editor: WritingPlace): EditorProps {
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
        take(editor, view, event.clipboardData);
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
        take(editor, view, event.dataTransfer);
        return true;
      },
    },
  };
}
