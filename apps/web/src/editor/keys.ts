import { keydownHandler } from 'prosemirror-keymap';
import type { MarkType } from 'prosemirror-model';
import { type Command, type EditorState, Plugin, type Transaction } from 'prosemirror-state';
import { syncSelection } from './dom-selection.ts';
import { slotsIn, spotAt } from './nodes.ts';
import { schema } from './schema.ts';
import { caretAt } from './selection.ts';

/** What keys do that is more than a change of words. */
export interface KeyActions {
  /** Enter in a kind with one slot. */
  split(): void;
  /** Backspace in a provision without any words. True when it went. */
  removeEmpty(): boolean;
  undo(): void;
  redo(): void;
  go(direction: 1 | -1): void;
  accept(): boolean;
}

type Send = ((tr: Transaction) => void) | undefined;

/** A selection goes in the model, over several slots slot by slot; at a caret the browser deletes, and beyond a slot's edge nothing does. */
const deletes = (backward: boolean, actions: KeyActions): Command => (state, send) => {
  const { selection } = state;
  if (!selection.empty) { send?.(state.tr.deleteSelection().scrollIntoView()); return true; }
  const at = selection.$from;
  if (at.parent.type !== schema.nodes.slot) return true;
  if (backward ? at.parentOffset > 0 : at.parentOffset < at.parent.content.size) return false;
  if (backward) actions.removeEmpty();
  return true;
};

/** The next or previous slot of the same provision, or of the next when `beyond`. */
function step(state: EditorState, direction: 1 | -1, beyond: boolean, send: Send): boolean {
  const spot = spotAt(state.doc, state.selection.head);
  if (!spot) return false;
  const at = state.selection.$head, provision = at.node(1), slots = slotsIn(provision, at.before(1));
  const next = slots[slots.findIndex((s) => s.key === spot.key) + direction];
  const pos = next ? next.start : beyond && at.after(1) < state.doc.content.size ? at.after(1) + 2 : null;
  if (pos === null) return false;
  const end = next && direction < 0 ? pos + next.node.content.size : pos;
  send?.(state.tr.setSelection(caretAt(state.doc, end)).scrollIntoView());
  return true;
}

const isPlain = (state: EditorState): boolean => state.selection.$head.depth > 0 && state.selection.$head.node(1).childCount === 1;

const enter = (actions: KeyActions): Command => (state, send) => {
  const { $from, $to } = state.selection;
  if (!isPlain(state) && $from.sameParent($to)) step(state, 1, true, send);
  else actions.split();
  return true;
};

const tab = (direction: 1 | -1): Command => (state, send) => !isPlain(state) && step(state, direction, false, send);

/** Sets or takes off a mark over the selection. Without one nothing: stored marks break input methods. */
export const toggle = (type: MarkType): Command => (state, send) => {
  const { from, to, empty } = state.selection;
  if (empty) return true;
  let all = true;
  state.doc.nodesBetween(from, to, (node) => { if (node.isText && !type.isInSet(node.marks)) all = false; });
  send?.(all ? state.tr.removeMark(from, to, type) : state.tr.addMark(from, to, type.create()));
  return true;
};

/** All own words. The browser's own would end in a drawn block where one stands last, and that is no place in the text. */
const selectAll: Command = (state, send) => {
  send?.(state.tr.setSelection(caretAt(state.doc, 0, state.doc.content.size)));
  return true;
};

/** To the beginning or the end of the text, `taking` along the selection: the browser's own would end where the words are not drawn yet. */
const goTo = (end: 'start' | 'end', taking: boolean): Command => (state, send) => {
  const head = end === 'start' ? 0 : state.doc.content.size;
  send?.(state.tr.setSelection(caretAt(state.doc, taking ? state.selection.anchor : head, head)).scrollIntoView());
  return true;
};

const nothing: Command = () => true;

const does = (run: () => void): Command => () => { run(); return true; };

/** What the editor's own keys do, by their names. Keys that do nothing here are named too: the browser must not do its own. */
export function keyCommands(actions: KeyActions): Readonly<Record<string, Command>> {
  const back = deletes(true, actions), forward = deletes(false, actions);
  return {
    Enter: enter(actions), 'Shift-Enter': nothing, Tab: tab(1), 'Shift-Tab': tab(-1),
    Backspace: back, 'Mod-Backspace': back, 'Shift-Backspace': back, 'Alt-Backspace': back, Delete: forward, 'Mod-Delete': forward, 'Alt-Delete': forward,
    'Mod-b': toggle(schema.marks.strong), 'Mod-i': toggle(schema.marks.em), 'Mod-u': nothing,
    'Mod-a': selectAll, 'Mod-z': does(() => actions.undo()), 'Mod-y': does(() => actions.redo()), 'Shift-Mod-z': does(() => actions.redo()),
    'Alt-ArrowDown': does(() => actions.go(1)), 'Alt-ArrowUp': does(() => actions.go(-1)), 'Mod-.': does(() => actions.go(1)), 'Mod-,': does(() => actions.go(-1)),
    'Mod-Enter': () => actions.accept(),
    'Ctrl-Home': goTo('start', false), 'Ctrl-End': goTo('end', false), 'Ctrl-Shift-Home': goTo('start', true), 'Ctrl-Shift-End': goTo('end', true),
    'Cmd-ArrowUp': goTo('start', false), 'Cmd-ArrowDown': goTo('end', false), 'Cmd-Shift-ArrowUp': goTo('start', true), 'Cmd-Shift-ArrowDown': goTo('end', true),
  };
}

/** The keys of the editor. Everything not named here is the browser's. */
export function keyPlugin(actions: KeyActions): Plugin {
  const handle = keydownHandler(keyCommands(actions));
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        // A letter at a caret is the browser's to put in; over a selection it is ours, which the browser would take across fields.
        const over = view.dom.ownerDocument.getSelection()?.isCollapsed === false;
        if (over || event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) syncSelection(view);
        return handle(view, event);
      },
    },
  });
}
