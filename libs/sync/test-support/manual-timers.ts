import type { Timers } from '../src/wire.ts';

/** Time that passes when it is told to. */
export class ManualTimers implements Timers {
  private now = 0;
  private waiting: { readonly at: number; readonly then: () => void }[] = [];

  after(milliseconds: number, then: () => void): () => void {
    const entry = { at: this.now + milliseconds, then };
    this.waiting.push(entry);
    return () => void (this.waiting = this.waiting.filter((other) => other !== entry));
  }

  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.waiting = this.waiting.filter((entry) => entry !== next);
      this.now = next.at;
      next.then();
    }
    this.now = end;
  }
}
