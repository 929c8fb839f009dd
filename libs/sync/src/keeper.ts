import type { Store } from './wire.ts';

const COMPACT_AFTER = 256;

/**
 * Keeps unacknowledged changes in the store: each operation is begun at once, for the page may be gone in the next instant. A store that fails does not stop
 * the work; `failed` tells, so that the screen does not promise what the device did not keep.
 */
export class Keeper {
  private tail: Promise<void> = Promise.resolve();
  private readonly since = new Map<string, number>();
  private broken = false;

  constructor(private readonly store: Store | undefined, private readonly doc: string, private readonly onFailure: () => void) {}

  get failed(): boolean {
    return this.broken;
  }

  /** What earlier sessions kept, by room; nothing, and `failed`, where the store cannot be read. */
  async load(): Promise<Map<string, readonly Uint8Array[]>> {
    const kept = new Map<string, readonly Uint8Array[]>();
    if (!this.store) return kept;
    try {
      for (const room of await this.store.rooms(this.doc)) kept.set(room, await this.store.load(this.doc, room));
    } catch {
      this.fail();
    }
    return kept;
  }

  /** Keeps one update more; now and then everything that waits is written anew, so that a day offline does not fill the store with key presses. */
  keep(room: string, update: Uint8Array, all: () => readonly Uint8Array[]): void {
    const count = (this.since.get(room) ?? 0) + 1;
    if (count >= COMPACT_AFTER) return this.replace(room, all());
    this.since.set(room, count);
    this.then((store) => store.keep(this.doc, room, update));
  }

  replace(room: string, updates: readonly Uint8Array[]): void {
    this.since.set(room, 0);
    this.then((store) => store.replace(this.doc, room, updates));
  }

  /** Resolves when everything asked so far is done. */
  async idle(): Promise<void> {
    await this.tail;
  }

  private then(work: (store: Store) => Promise<void>): void {
    const { store } = this;
    if (!store) return;
    const done = work(store).catch(() => this.fail());
    this.tail = Promise.all([this.tail, done]).then(() => undefined);
  }

  private fail(): void {
    this.broken = true;
    this.onFailure();
  }
}
