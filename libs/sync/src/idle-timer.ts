import { QUIET_MS } from '@parley/protocol';
import type { Timers } from './wire.ts';

/** Tells when nothing has happened for a while, and again as long as nothing does. What happens costs no timer: it is looked back upon. */
export class IdleTimer {
  private disturbed = false;
  private cancel: (() => void) | null = null;

  /** Without timers it never tells. */
  constructor(private readonly timers: Timers | undefined, private readonly tell: () => void) {}

  start(): void {
    if (this.timers && !this.cancel) this.wait(this.timers);
  }

  /** Something happened: the while begins anew. */
  restart(): void {
    this.disturbed = true;
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private wait(timers: Timers): void {
    this.disturbed = false;
    this.cancel = timers.after(QUIET_MS, () => {
      const { disturbed } = this;
      this.wait(timers);
      if (!disturbed) this.tell();
    });
  }
}
