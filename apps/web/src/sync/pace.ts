/** Changed words are drawn beside the text at most once in so many milliseconds. */
export const WORDS_MS = 250;

/** The time that whoever draws goes by. */
export interface Clock {
  now(): number;
  /** Calls `then` after so many milliseconds; gives what calls it off. */
  after(milliseconds: number, then: () => void): () => void;
}

/**
 * Decides when a change is drawn beside the text: changed words at once where nothing was drawn for WORDS_MS, else as soon as that has passed, all that changed meanwhile
 * together, so that the last change is always drawn.
 */
export class Pace {
  private last = -Infinity;
  private callOff: (() => void) | null = null;

  constructor(private readonly clock: Clock, private readonly draw: () => void) {}

  /** Something changed. What is `urgent` waits for nothing, and brings with it what was waiting. */
  changed(urgent: boolean): void {
    const left = urgent ? 0 : this.last + WORDS_MS - this.clock.now();
    this.stop();
    if (left <= 0) this.pass();
    else this.wait(left);
  }

  /** Something changed that will be told once more, when it is saved: it is drawn then, or where that takes long without it. */
  changing(): void {
    if (!this.callOff) this.wait(WORDS_MS);
  }

  /** Nothing that waits is drawn any more. */
  stop(): void {
    this.callOff?.();
    this.callOff = null;
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
