import type { PlacedSpot, Spot } from './nodes.ts';

/** What becomes of keys that are pressed where nobody may write any more. */
export interface ClosedPlaceContext {
  /** The text was closed where somebody was typing. */
  closed(at: Spot): void;
  /** Words that were typed there since; null: the last character was taken back. */
  late(at: Spot, words: string | null): void;
}

/**
 * A place that was closed while somebody was typing there: a paper that froze, a provision that was agreed. Whoever types does not stop at once, and is not to lose what
 * goes on coming: until the caret leaves the provision, keys and pastes are told as late words (E41). Who puts the caret into a closed text is only refused.
 */
export class ClosedPlace {
  /** The provision in which somebody could write when it was looked at last. */
  private open: string | null = null;

  /** The provision that the caret may not leave: the closed one, or where it was put when that was gone; empty in a text without any. */
  private here: string | null;

  /** `at`: where the text was closed to an earlier editor of the same person, whose place this one takes. */
  constructor(private readonly context: ClosedPlaceContext, public at: PlacedSpot | null = null) {
    this.here = at && at.id;
  }

  /** The closed provision went with what had not been delivered: the caret was put elsewhere, and late words are still told where they were typed. */
  putInto(provision: string | undefined): void {
    if (this.at) this.here = provision ?? '';
  }

  /** After everything that may have moved the caret or closed the text. */
  look(spot: PlacedSpot | null, writable: boolean, focused: boolean): void {
    const id = spot?.id ?? '';
    if (!focused || writable || (this.open !== id && this.here !== id)) {
      this.at = this.here = null;
      this.open = focused && writable ? id : null;
      return;
    }
    if (this.at || !spot) return;
    this.at = spot;
    this.here = id;
    this.open = null;
    this.context.closed(spot);
  }

  /** True when a key was taken as late words. */
  key(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
    // AltGr, with which many keyboards write letters and signs, comes as Ctrl and Alt together.
    if (!this.at || event.metaKey || (event.ctrlKey && !event.altKey)) return false;
    const words = event.key === 'Enter' ? '\n' : event.key === 'Backspace' ? null : [...event.key].length === 1 ? event.key : undefined;
    if (words === undefined) return false;
    this.context.late(this.at, words);
    return true;
  }

  /** True when words that came otherwise (pasted, composed) were taken as late words. */
  words(words: string): boolean {
    if (!this.at || words === '') return false;
    this.context.late(this.at, words);
    return true;
  }
}
