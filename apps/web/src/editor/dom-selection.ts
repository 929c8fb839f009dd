import type { Selection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { copiedText, copySerializer } from './clipboard.ts';
import { caretAt } from './selection.ts';

/** What is selected on the screen now, as positions; null when it is elsewhere, or in something drawn. */
function selectionOnScreen(view: EditorView): { anchor: number; head: number } | null {
  const selection = view.dom.ownerDocument.getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null;
  const drawn = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest('[data-bracket]') != null;
  if (drawn(anchorNode) && drawn(focusNode)) return null;
  return { anchor: view.posAtDOM(anchorNode, selection.anchorOffset), head: view.posAtDOM(focusNode, selection.focusOffset) };
}

/** The selection of the screen where the editor has not heard of it yet; null where both are one, or nothing may move: the page is elsewhere, or an input method composes. */
export function movedOnScreen(view: EditorView): Selection | null {
  if (view.composing || !view.hasFocus()) return null;
  const now = selectionOnScreen(view), { selection, doc } = view.state;
  if (!now || (now.anchor === selection.anchor && now.head === selection.head)) return null;
  const next = caretAt(doc, now.anchor, now.head);
  return next.eq(selection) ? null : next;
}

/**
 * Takes over the selection of the screen. A browser tells of a moved caret only after the next key may have come: whoever acts on the
 * selection at a key or at the clipboard must ask first, or it acts where the caret was (COMPARE 6, trap 1).
 */
export function syncSelection(view: EditorView): void {
  const moved = movedOnScreen(view);
  if (moved) view.dispatch(view.state.tr.setSelection(moved));
}

/**
 * Puts the caret of the screen into the words that it touches. Between elements, where drawing may leave it, it stands for the same place, but what a browser
 * then deletes or composes there lands beside the words, or before them.
 */
export function caretIntoWords(view: EditorView): void {
  const selection = view.dom.ownerDocument.getSelection(), { selection: { empty, head } } = view.state;
  if (!empty || view.composing || !view.hasFocus() || !selection?.isCollapsed || selection.anchorNode instanceof Text || !view.dom.contains(selection.anchorNode)) return;
  const { node, offset } = view.domAtPos(head, -1);
  if (node instanceof Text && !node.parentElement?.closest('[data-bracket]')) selection.collapse(node, offset);
}

/** A click on drawn words, on a seal or a note puts the caret at their point, and so the place in hand: in them nothing could be typed. */
export function clickOnDrawn(view: EditorView, event: MouseEvent): boolean {
  const point = event.target instanceof Element ? event.target.closest('.point, .seals, .notes') : null;
  if (!point || event.button !== 0 || event.shiftKey) return false;
  event.preventDefault();
  view.focus();
  view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, view.posAtDOM(point, 0))));
  return true;
}

/** Puts the selected words on the clipboard, and nothing drawn among them: the browser itself must never copy here (trap 8). */
export function copySelected(view: EditorView, event: ClipboardEvent): boolean {
  const now = selectionOnScreen(view);
  event.preventDefault();
  if (!now || now.anchor === now.head || !event.clipboardData) return true;
  const { from, to } = caretAt(view.state.doc, now.anchor, now.head);
  const { dom, text } = view.serializeForClipboard(view.state.doc.slice(from, to));
  event.clipboardData.clearData();
  event.clipboardData.setData('text/html', dom.innerHTML);
  event.clipboardData.setData('text/plain', text);
  return true;
}

/** How words leave the screen, in the editor and in a text that can only be read. */
export const copyProps = { clipboardTextSerializer: copiedText, clipboardSerializer: copySerializer };
