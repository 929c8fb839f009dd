import { QUIET_MS } from '@parley/protocol';
import type { Timers } from './wire.ts';

/** Calls `onIdle` when nothing has happened for a while, and again as long as nothing does. What happens costs no timer: whether anything did is looked at when the while is over. */
export class IdleTimer {
  private active = false;
  private cancel: (() => void) | null = null;

  /** Without timers it is never called. */
  constructor(private readonly timers: Timers | undefined, private readonly onIdle: () => void) {}

  start(): void {
    if (this.timers && !this.cancel) this.wait(this.timers);
  }

  /** Something happened: the while begins anew. */
  restart(): void {
    this.active = true;
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private wait(timers: Timers): void {
    this.active = false;
    this.cancel = timers.after(QUIET_MS, () => {
      const { active } = this;
      this.wait(timers);
      if (!active) this.onIdle();
    });
  }
}
