import type { PendingKey, PendingRoom, Store } from './wire.ts';

const COMPACT_AFTER = 256;

/**
 * Keeps unacknowledged changes in the store: each operation is begun at once, for the page may be gone in the next instant. A store that fails does not stop
 * the work; `failed` tells, so that the screen does not promise what the device did not keep. What is kept belongs to the history that was begun last.
 */
export class PendingStore {
  private tail: Promise<void> = Promise.resolve();
  private readonly since = new Map<string, number>();
  private epoch = '';
  /** Every place of which this session has loaded or kept something. */
  private readonly places = new Map<string, PendingKey>();
  private broken = false;

  /** `isHere`: whether a room is one of the log that is joined; what is kept for others is left alone. */
  constructor(private readonly store: Store | undefined, private readonly doc: string, private readonly isHere: (room: string) => boolean, private readonly onFailure: () => void) {}

  get failed(): boolean {
    return this.broken;
  }

  /** What earlier sessions kept; nothing, and `failed`, where the store cannot be read. */
  async load(): Promise<PendingRoom[]> {
    const kept: PendingRoom[] = [];
    if (!this.store) return kept;
    try {
      for (const place of (await this.store.rooms(this.doc)).filter(({ room }) => this.isHere(room))) {
        kept.push({ ...place, updates: await this.store.load(this.doc, place) });
        this.remember(place);
      }
    } catch {
      this.fail();
    }
    return kept;
  }

  /** From now on what is kept belongs to this history. What is there of others stays until `leaveOthers`. */
  begin(epoch: string): void {
    this.epoch = epoch;
    this.since.clear();
  }

  /** Takes away what this session has loaded or kept in other histories: its words must have been handed over, or be kept in this one. */
  leaveOthers(): void {
    for (const [name, place] of this.places) {
      if (place.epoch === this.epoch) continue;
      this.places.delete(name);
      this.then((store) => store.replace(this.doc, place, []));
    }
  }

  /** Keeps one update more; now and then everything that waits is written anew, so that a day offline does not fill the store with key presses. */
  keep(room: string, update: Uint8Array, all: () => readonly Uint8Array[]): void {
    const count = (this.since.get(room) ?? 0) + 1;
    if (count >= COMPACT_AFTER) return this.replace(room, all());
    this.since.set(room, count);
    const place = this.remember({ room, epoch: this.epoch });
    this.then((store) => store.keep(this.doc, place, update));
  }

  replace(room: string, updates: readonly Uint8Array[]): void {
    this.since.set(room, 0);
    const place = this.remember({ room, epoch: this.epoch });
    this.then((store) => store.replace(this.doc, place, updates));
  }

  /** Resolves when everything asked so far is done. */
  async idle(): Promise<void> {
    await this.tail;
  }

  private remember(place: PendingKey): PendingKey {
    this.places.set(`${place.epoch}/${place.room}`, place);
    return place;
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
