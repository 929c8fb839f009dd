import type { EditorView } from 'prosemirror-view';
import type { Binding } from './binding.ts';
import type { Incoming } from './incoming.ts';

const AFTER_COMPOSITION_MS = 60;
/** Whoever has not touched a composition for so long is elsewhere. */
const COMPOSITION_MS = 10_000;

/** The code of a key that an input method answers. */
const ANSWERED_BY_METHOD = 229;

/** While an input method composes: what is composed stays on the screen, and nothing of others reaches the room (E8). */
export class Composing {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ending = false;

  /** `over` is called when others' words have been let in again. */
  constructor(private readonly incoming: Incoming, private readonly binding: Binding, private readonly over: () => void) {}

  begin(): void {
    this.binding.letGo();
    this.binding.holdBack();
    this.goOn();
  }

  /** A key of the composition: others wait from here on anew. */
  goOn(): void {
    this.ending = false;
    if (this.timer === undefined) this.incoming.hold('composition');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), COMPOSITION_MS);
  }

  /** The composition has ended; what the browser puts in last comes a moment later. */
  end(): void {
    this.ending = true;
    if (this.timer === undefined) this.incoming.hold('composition');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.binding.letGo(); this.release(); this.over(); }, AFTER_COMPOSITION_MS);
  }

  release(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.incoming.release('composition');
  }

  /**
   * Ends a composition that the browser has given up without a word, as it does where the element is replaced in which it composed: whatever was typed from then on would
   * be held back with it. Told by a key, or a letter, that is no part of a composition.
   */
  endForgotten(view: EditorView, event: KeyboardEvent | InputEvent): void {
    if (event.isComposing || ('inputType' in event ? event.inputType !== 'insertText' : event.keyCode === ANSWERED_BY_METHOD)) return;
    if (view.composing) view.dom.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '' }));
    else if (this.binding.holdsBack && !this.ending) this.end();
  }
}
