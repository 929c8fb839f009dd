import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { bracketPlugins, redraw } from './brackets.ts';
import { copyProps, copySelected } from './dom-selection.ts';
import { InSight, provisionViews } from './in-sight.ts';
import { docNode, provisionsAt } from './nodes.ts';
import type { Reading } from './reading.ts';
import { schema } from './schema.ts';

/** A text on the screen that nobody can write in: the same drawing as the editor's, from values alone. */
export class StaticView {
  readonly view: EditorView;
  private readonly plugins = bracketPlugins();
  private readonly inSight: InSight;
  private focus: string | null = null;

  constructor(mount: HTMLElement, private shown: Reading, title: string) {
    this.inSight = new InSight(mount, () => this.shown.text.list, () => this.show(this.shown, this.focus));
    this.view = new EditorView({ mount }, {
      state: this.stateOf(shown, null), nodeViews: provisionViews(this.inSight), editable: () => false,
      attributes: { role: 'article', 'aria-label': title, tabindex: '0', translate: 'no' },
      ...copyProps, handleDOMEvents: { copy: copySelected },
      dispatchTransaction: (tr) => { if (!tr.docChanged) this.select(this.view.state.apply(tr)); },
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

  private stateOf(reading: Reading, focus: string | null): EditorState {
    return this.drawn(EditorState.create({ schema, doc: docNode(reading.text), plugins: this.plugins }), reading, focus, true);
  }

  private drawn(state: EditorState, reading: Reading, focus: string | null, all: boolean): EditorState {
    return state.apply(redraw(state.tr, { reading, focus, carets: [], now: Date.now(), inSight: this.inSight, all }));
  }
}
