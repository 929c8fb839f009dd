import { EditorState, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { bracketPlugins, redraw } from './brackets.ts';
import { copyProps, copySelected } from './dom-selection.ts';
import { InSight, viewsOf } from './in-sight.ts';
import { caretOf, type KeptCaret, withCaret } from './kept-caret.ts';
import { docNode, provisionsAt } from './nodes.ts';
import type { Reading } from './reading.ts';
import { schema } from './schema.ts';

/** A text on the screen that nobody can write in: the same drawing as the editor's, from values alone. */
export class StaticView {
  readonly view: EditorView;
  private readonly plugins = bracketPlugins();
  private readonly inSight: InSight;
  private focus: string | null = null;

  /** `caret`: where it stands, also where the text shown changes; a caret that the text has no place for is kept for one that has. */
  constructor(mount: HTMLElement, private shown: Reading, title: string, public caret: KeptCaret | null = null) {
    this.inSight = new InSight(mount, () => this.shown.text.list, () => this.show(this.shown, this.focus));
    this.view = new EditorView({ mount }, {
      state: this.stateOf(shown, null), ...viewsOf(this.inSight), editable: () => false,
      attributes: { role: 'article', 'aria-label': title, tabindex: '0', translate: 'no' },
      ...copyProps, handleDOMEvents: { copy: copySelected },
      dispatchTransaction: (tr) => this.dispatch(tr),
    });
  }

  get reading(): Reading {
    return this.shown;
  }

  show(reading: Reading, focus: string | null): void {
    if (this.view.isDestroyed) return;
    const same = reading.text === this.shown.text;
    this.shown = reading;
    this.focus = focus;
    this.view.updateState(same ? this.drawn(this.view.state, reading, focus, false) : this.stateOf(reading, focus));
  }

  /** Draws a provision that was not in sight yet, with what stands around it. */
  bringNear(id: string): void {
    if (this.inSight.around(id)) this.show(this.shown, this.focus);
  }

  private select(state: EditorState): void {
    this.view.updateState(this.inSight.add(provisionsAt(state.doc, state.selection)) ? this.drawn(state, this.shown, this.focus, false) : state);
  }

  destroy(): void {
    this.inSight.destroy();
    this.view.destroy();
  }

  private dispatch(tr: Transaction): void {
    if (tr.docChanged) return;
    this.select(this.view.state.apply(tr));
    if (tr.selectionSet) this.caret = caretOf(this.view.state);
  }

  private stateOf(reading: Reading, focus: string | null): EditorState {
    const state = EditorState.create({ schema, doc: docNode(reading.text), plugins: this.plugins });
    return this.drawn(state.apply(withCaret(state.tr, this.caret)), reading, focus, true);
  }

  private drawn(state: EditorState, reading: Reading, focus: string | null, all: boolean): EditorState {
    return state.apply(redraw(state.tr, { reading, focus, carets: [], now: Date.now(), inSight: this.inSight, all }));
  }
}
