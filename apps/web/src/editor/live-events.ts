import type { EditorView } from 'prosemirror-view';
import type { Binding } from './binding.ts';
import { takeLate } from './clipboard-props.ts';
import type { Composing } from './composing.ts';
import { makeRoom, pressOn, type Press } from './dom-selection.ts';
import type { WritingPlace } from './live-editor-context.ts';

/** A click brings the focus before the caret: told at once, the place would be the one where the caret was before. */
const AFTER_FOCUS_MS = 50;

interface Place extends WritingPlace { readonly binding: Pick<Binding, 'text' | 'holdsBack'> }

/** What the text hears of its browser besides words and keys of its own. `focused` is called when the caret stands where the focus came in. */
export const liveEvents = (place: Place, composing: Composing, focused: () => void, press: Press) => ({
  compositionstart: (view: EditorView) => { composing.begin(); makeRoom(view); return false; },
  compositionupdate: (view: EditorView) => { if (view.composing) composing.goOn(); return false; },
  compositionend: () => { composing.end(); return false; },
  blur: () => { if (place.binding.holdsBack) composing.end(); return false; },
  keydown: (_view: EditorView, event: KeyboardEvent) => { const late = !event.isComposing && place.closedPlace.key(event); if (late) event.preventDefault(); return late; },
  paste: (_view: EditorView, event: ClipboardEvent) => takeLate(place, event.clipboardData),
  mousedown: (view: EditorView, event: MouseEvent) => pressOn(view, event, press),
  focus: () => { setTimeout(focused, AFTER_FOCUS_MS); return false; },
});
