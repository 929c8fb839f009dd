import type { DocumentClient } from '@parley/sync';
import type { Binding } from './binding.ts';

const AFTER_COMPOSITION_MS = 60;
/** Whoever has not touched a composition for so long is elsewhere. */
const COMPOSITION_MS = 10_000;

/** While an input method composes: what is composed stays on the screen, and nothing of others reaches the room (E8). */
export class Composing {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `over` is called when others' words have been let in again. */
  constructor(private readonly client: Pick<DocumentClient, 'hold' | 'release'>, private readonly binding: Binding, private readonly over: () => void) {}

  begin(): void {
    this.binding.letGo();
    this.binding.holdBack();
    this.goOn();
  }

  /** A key of the composition: others wait from here on anew. */
  goOn(): void {
    if (this.timer === undefined) this.client.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), COMPOSITION_MS);
  }

  /** The composition has ended; what the browser puts in last comes a moment later. */
  end(): void {
    if (this.timer === undefined) this.client.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.binding.letGo(); this.release(); this.over(); }, AFTER_COMPOSITION_MS);
  }

  release(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.client.release();
  }
}
