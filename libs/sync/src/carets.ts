import type { Caret } from '@parley/protocol';
import type { Timers } from './wire.ts';

/** About twelve places a second: enough to follow a caret, little enough for a room of two hundred. */
const INTERVAL_MS = 80;

/** Sends where the own caret is: at once, then at most every so often, the last place never lost. */
export class Carets {
  private place: Caret | null = null;
  private sent: Caret | null = null;
  private pause: (() => void) | null = null;

  constructor(private readonly timers: Timers, private readonly send: (caret: Caret | null) => boolean) {}

  set(caret: Caret | null): void {
    this.place = caret;
    if (!this.pause) this.sendChanged();
  }

  /** The server does not know the caret any more: it is sent again. */
  renew(): void {
    this.sent = null;
    if (this.place && !this.pause) this.sendChanged();
  }

  stop(): void {
    this.pause?.();
    this.pause = null;
  }

  private sendChanged(): void {
    if (same(this.place, this.sent) || !this.send(this.place)) return;
    this.sent = this.place;
    this.pause = this.timers.after(INTERVAL_MS, () => {
      this.pause = null;
      this.sendChanged();
    });
  }
}

const same = (a: Caret | null, b: Caret | null): boolean =>
  a === b || (!!a && !!b && a.room === b.room && a.provision === b.provision && a.key === b.key && a.anchor === b.anchor && a.head === b.head);
