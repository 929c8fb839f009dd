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

/**
 * The selection of the screen where the editor does not know it yet; null where both are one, or nothing may move: the page is elsewhere, or an input method composes. While
 * the button of the mouse is down, where a drag began counts from here on as known: what is drawn next may put the caret elsewhere, and the browser then forgets it (see `dragged`).
 */
export function movedOnScreen(view: EditorView): Selection | null {
  if (view.composing || !view.hasFocus()) return null;
  const now = selectionOnScreen(view), press = pressed.get(view), { selection, doc } = view.state;
  if (!now) return null;
  const isCaret = now.anchor === now.head, anchor = isCaret && press?.known ? selection.anchor : now.anchor;
  if (isCaret && press) press.known = true;
  if (anchor === selection.anchor && now.head === selection.head) return null;
  const next = caretAt(doc, anchor, now.head);
  return next.eq(selection) ? null : next;
}

/**
 * Takes over the selection of the screen. A browser tells of a moved caret only after the next key may have come: whoever acts on the
 * selection at a key or at the clipboard must ask first, or it acts where the caret was.
 */
export function syncSelection(view: EditorView): void {
  const moved = movedOnScreen(view);
  if (moved) view.dispatch(view.state.tr.setSelection(moved));
}

/** Texts over which the button of the mouse is down, and whether the editor knows the caret that it put there. */
const pressed = new WeakMap<EditorView, { known: boolean }>();

/** Whether the button of the mouse is down over a text: what is drawn then moves the words under it, and what is selected with them. */
export const isPressed = (view: EditorView): boolean => pressed.has(view);

/** What the place of a text does while the button of the mouse is down over it. */
export interface Press {
  begin(): void;
  /** Called a task after the button came up, when the browser has selected what it selects then. */
  end(): void;
}

/** What ends a press: also a drag of what was selected, a browser that takes the pointer for itself, and a key, should all of these have been missed. */
const RELEASES = ['mouseup', 'dragend', 'drop', 'pointercancel', 'keydown'] as const;

/** Notes that the button of the mouse is down over a text, until it comes up. True where the click is answered here (see `clickOnDrawn`). */
export function pressOn(view: EditorView, event: MouseEvent, press: Press): boolean {
  if (event.button === 0) beginPress(view, press);
  return clickOnDrawn(view, event);
}

function beginPress(view: EditorView, press: Press): void {
  const page = view.dom.ownerDocument, listening = new AbortController(), options = { capture: true, signal: listening.signal };
  const release = (): void => {
    listening.abort();
    pressed.delete(view);
    // Pressed again meanwhile, it ends with that press.
    setTimeout(() => { if (!pressed.has(view)) press.end(); });
  };
  pressed.set(view, { known: false });
  press.begin();
  for (const event of RELEASES) page.addEventListener(event, release, options);
  // A button that came up over another window is known by the next movement alone.
  page.addEventListener('mousemove', ({ buttons }) => { if ((buttons & 1) === 0) release(); }, options);
  page.defaultView?.addEventListener('blur', release, { signal: listening.signal });
}

/**
 * The selection of a drag that began beside something drawn. There the view puts the caret on the other side of what is drawn, and with it Chromium forgets where the
 * drag began: from then on it tells of a caret under the mouse. Null where the browser's own selection holds.
 */
export function dragged(view: EditorView, anchor: number, head: number): Selection | null {
  const press = pressed.get(view), { doc, selection } = view.state;
  if (!press || anchor !== head) return null;
  if (press.known) return selection.anchor === head ? null : caretAt(doc, selection.anchor, head);
  press.known = true;
  return null;
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

/**
 * Sets the caret where it is. A browser that has deleted words remembers how they looked, until the caret is set, and would give what is composed there an element with
 * a style of its own.
 */
function forgetStyle(view: EditorView): void {
  const selection = view.dom.ownerDocument.getSelection(), { anchorNode, anchorOffset = 0 } = selection ?? {};
  if (selection?.isCollapsed && anchorNode && view.dom.contains(anchorNode)) selection.collapse(anchorNode, anchorOffset);
}

/** Before the browser composes: what is selected goes in the model; where nobody may take it away, the caret stands before it. */
export function makeRoom(view: EditorView): void {
  syncSelection(view);
  if (!view.state.selection.empty) view.dispatch(view.state.tr.deleteSelection());
  if (!view.state.selection.empty) view.dispatch(view.state.tr.setSelection(caretAt(view.state.doc, view.state.selection.from)));
  forgetStyle(view);
}

/** A click on drawn words, on a seal or a note puts the caret at their point, and so the place in hand: in them nothing could be typed. */
function clickOnDrawn(view: EditorView, event: MouseEvent): boolean {
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

/**
 * Leaves the selection of a text to the view alone. React goes through every node of a focused element that says it is editable, before whatever it draws anywhere, to
 * put the selection back afterwards; here the attribute says it to the browser, and the property no longer to React.
 */
export function ownSelection(view: EditorView): EditorView {
  Object.defineProperty(view.dom, 'contentEditable', { value: 'inherit', writable: true });
  return view;
}

/** How words leave the screen, in the editor and in a text that can only be read. */
export const copyProps = { clipboardTextSerializer: copiedText, clipboardSerializer: copySerializer };
