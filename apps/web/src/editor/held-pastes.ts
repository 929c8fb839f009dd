import type { EditorView } from 'prosemirror-view';
import { marksIn, setMarks } from './held-marks.ts';
import { posOf, type Spot, spotAt } from './nodes.ts';
import { htmlReader, loadHtmlReader } from './html-reader.ts';
import type { ReadHtml } from './pasted.ts';
import { caretAt } from './selection.ts';

const AFTER_COMPOSITION_MS = 100;
/** A place in no provision, where a mark stays whose own is gone. */
const NOWHERE = 0;

type View = Pick<EditorView, 'state' | 'dispatch' | 'composing' | 'isDestroyed'>;

/** A paste that came before what reads it, and where: what puts it in at the caret, and what becomes of it where its place or the text is gone. */
interface Held { readonly at: Spot | null; readonly put: (read: ReadHtml | null) => void; readonly homeless: (at: Spot, read: ReadHtml) => void }

/** A spot as it is when words were put in at `start` and end at `end`: what stood behind the place stands behind them. */
const behind = (spot: Spot | null, start: Spot | null, end: Spot | null): Spot | null =>
  (spot && start && end && spot.id === start.id && spot.key === start.key && spot.offset >= start.offset ? { ...end, offset: end.offset + spot.offset - start.offset } : spot);

/**
 * Pastes that wait until what reads HTML has been loaded. Each is put where the caret stood, before everything that was typed there since, in the order in which they came;
 * nobody waits, and no key is held. Where others have removed the provision meanwhile, it is homeless, and in no other provision.
 */
export class HeldPastes {
  private held: Held[] = [];

  /** `failed`: the reader could not be loaded, so that nothing is put in. */
  constructor(private readonly view: () => View, private readonly failed: () => void) {}

  /** Puts a paste in now where it can be read, else as soon as it can. What is selected goes now. */
  put(needsReader: boolean, put: Held['put'], homeless: Held['homeless']): void {
    const read = htmlReader(), view = this.view();
    if (read || !needsReader) return put(read);
    if (!view.state.selection.empty) view.dispatch(view.state.tr.deleteSelection());
    const { state } = view;
    view.dispatch(setMarks(state.tr, [...marksIn(state), state.selection.head]));
    this.held.push({ at: spotAt(state.doc, state.selection.head), put, homeless });
    if (this.held.length === 1) loadHtmlReader().then((loaded) => this.putAll(loaded), () => this.giveUp());
  }

  private giveUp(): void {
    this.held = [];
    if (!this.view().isDestroyed) this.view().dispatch(setMarks(this.view().state.tr, []));
    this.failed();
  }

  private putAll(read: ReadHtml): void {
    const view = this.view();
    if (view.isDestroyed) return this.giveBack(read);
    if (view.composing) return void setTimeout(() => this.putAll(read), AFTER_COMPOSITION_MS);
    for (let next = this.held.shift(); next; next = this.held.shift()) this.putOne(next, read);
  }

  /** The text is no more: each goes to where it was to stand. */
  private giveBack(read: ReadHtml): void {
    const { state } = this.view(), marks = marksIn(state);
    this.held.splice(0).forEach(({ at: pastedAt, homeless }, i) => {
      const at = spotAt(state.doc, marks[i]!) ?? pastedAt;
      if (at) homeless(at, read);
    });
  }

  private putOne({ at, put, homeless }: Held, read: ReadHtml): void {
    const view = this.view(), { doc, selection } = view.state, [mark, ...others] = marksIn(view.state);
    const place = at && !spotAt(doc, mark!) ? posOf(doc, at) : mark!;
    if (place === null) {
      view.dispatch(setMarks(view.state.tr, others));
      return homeless(at!, read);
    }
    const start = spotAt(doc, place), [anchor, head, ...marks] = [selection.anchor, selection.head, ...others].map((pos) => spotAt(doc, pos));
    view.dispatch(view.state.tr.setSelection(caretAt(doc, place)));
    put(read);
    const now = view.state, caret = now.selection.head, end = spotAt(now.doc, caret);
    const moved = (spot: Spot | null, without: number): number => { const to = behind(spot, start, end); return (to && posOf(now.doc, to)) ?? without; };
    view.dispatch(setMarks(now.tr.setSelection(caretAt(now.doc, moved(anchor!, caret), moved(head!, caret))), marks.map((mark) => moved(mark, NOWHERE))));
  }
}
