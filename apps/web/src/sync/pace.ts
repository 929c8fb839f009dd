/** Changed words are drawn beside the text at most once in so many milliseconds; while somebody types here, when he has paused for so long. */
export const WORDS_MS = 250;

/** However long somebody types here without a pause, so long after the last drawing there is another. */
export const TYPING_MS = 1_000;

/** The time that whoever draws goes by. */
export interface Clock {
  now(): number;
  /** Calls `then` after so many milliseconds; gives what calls it off. */
  after(milliseconds: number, then: () => void): () => void;
}

/**
 * Decides when a change is drawn beside the text: changed words at once where nothing was drawn for WORDS_MS, else as soon as that has passed, all that changed meanwhile
 * together, so that the last change is always drawn. While keys come here it waits for a pause between them, at most TYPING_MS: whoever types does not look beside the text,
 * and each drawing may hold up a key.
 */
export class Pace {
  private last = -Infinity;
  private typed = -Infinity;
  private callOff: (() => void) | null = null;

  constructor(private readonly clock: Clock, private readonly draw: () => void) {}

  /** Something changed. What is `urgent` waits for nothing, and brings with it what was waiting. */
  changed(urgent: boolean): void {
    const left = urgent ? 0 : this.left;
    this.stop();
    if (left <= 0) this.pass();
    else this.wait(left);
  }

  /** Something was typed here. It will be told once more, when it is saved: it is drawn then, or where that takes long without it. */
  changing(): void {
    this.typed = this.clock.now();
    const { left } = this;
    if (left <= 0) { if (!this.callOff) this.wait(WORDS_MS); return; }
    this.stop();
    this.wait(left);
  }

  /** Nothing that waits is drawn any more. */
  stop(): void {
    this.callOff?.();
    this.callOff = null;
  }

  private get left(): number {
    return Math.max(this.last + WORDS_MS, Math.min(this.typed + WORDS_MS, this.last + TYPING_MS)) - this.clock.now();
  }

  private wait(milliseconds: number): void {
    this.callOff = this.clock.after(milliseconds, () => this.pass());
  }

  private pass(): void {
    this.stop();
    this.last = this.clock.now();
    this.draw();
  }
}
