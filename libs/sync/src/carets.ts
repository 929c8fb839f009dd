import type { Caret } from '@parley/protocol';
import type { Timers } from './wire.ts';

/** About twelve places a second: enough to follow a hand, little enough for a room of two hundred. */
const EVERY = 80;

/** Says where the own caret is: at once, then at most every so often, the last place never lost. */
export class Carets {
  private place: Caret | null = null;
  private said: Caret | null = null;
  private pause: (() => void) | null = null;

  constructor(private readonly timers: Timers, private readonly send: (caret: Caret | null) => boolean) {}

  set(caret: Caret | null): void {
    this.place = caret;
    if (!this.pause) this.say();
  }

  /** The server has forgotten: say it again. */
  renew(): void {
    this.said = null;
    if (this.place && !this.pause) this.say();
  }

  stop(): void {
    this.pause?.();
    this.pause = null;
  }

  private say(): void {
    if (same(this.place, this.said) || !this.send(this.place)) return;
    this.said = this.place;
    this.pause = this.timers.after(EVERY, () => {
      this.pause = null;
      this.say();
    });
  }
}

const same = (a: Caret | null, b: Caret | null): boolean =>
  a === b || (!!a && !!b && a.room === b.room && a.provision === b.provision && a.key === b.key && a.anchor === b.anchor && a.head === b.head);
