import { PART_LIMIT, PART_STRUCTS } from '@parley/protocol';
import * as Y from 'yjs';
import { partsOf } from './updates.ts';

const FAN_IN = 32;
/** What has fewer structs is not too much because of how many it has; half of as many holds every new provision. */
const MIN_DIVISIBLE = 64;

/** Updates that wait, merged few at a time: `Y.mergeUpdates` over thousands of small ones does not come to an end. */
class MergingQueue {
  private readonly levels: Uint8Array[][] = [];

  push(update: Uint8Array, level = 0): void {
    const here = (this.levels[level] ??= []);
    here.push(update);
    if (here.length < FAN_IN) return;
    this.levels[level] = [];
    this.push(Y.mergeUpdates(here), level + 1);
  }

  /** Oldest first. */
  all(): Uint8Array[] {
    return this.levels.toReversed().flatMap((level) => level ?? []);
  }

  clear(): void {
    this.levels.length = 0;
  }
}

/**
 * The changes of one room that the server has not acknowledged: one part is under way, what comes meanwhile is merged and goes next. An update may be sent
 * twice: the server cuts off what it has.
 */
export class Outbox {
  private readonly waiting = new MergingQueue();
  private waitingChanges = 0;
  private parts: Uint8Array[] = [];
  private partChanges = 0;

  /** Local changes not acknowledged. */
  get changes(): number {
    return this.partChanges + this.waitingChanges;
  }

  add(update: Uint8Array): void {
    this.waiting.push(update);
    this.waitingChanges += 1;
  }

  /** The part to send now; the same one until it is acknowledged. */
  next(): Uint8Array | null {
    if (this.parts.length === 0 && this.waitingChanges > 0) {
      const all = this.waiting.all();
      this.parts = partsOf(all.length === 1 ? all[0]! : Y.mergeUpdates(all), PART_LIMIT, PART_STRUCTS);
      this.partChanges = this.waitingChanges;
      this.waiting.clear();
      this.waitingChanges = 0;
    }
    return this.parts[0] ?? null;
  }

  /** The part under way is too much at once: its halves go in its place. False when it has so few structs that it is not that. */
  divide(): boolean {
    const [first, ...rest] = this.parts;
    if (!first) return false;
    const { structs } = Y.decodeUpdate(first);
    if (structs.length < MIN_DIVISIBLE) return false;
    this.parts = [...partsOf(first, PART_LIMIT, Math.ceil(structs.length / 2)), ...rest];
    return true;
  }

  acknowledged(): void {
    this.parts.shift();
    if (this.parts.length === 0) this.partChanges = 0;
  }

  /** Everything not acknowledged, oldest first. */
  all(): Uint8Array[] {
    return [...this.parts, ...this.waiting.all()];
  }

  /** From now on exactly `update` is what the server lacks; null: nothing. */
  reset(update: Uint8Array | null): void {
    const changes = Math.max(1, this.changes);
    this.waiting.clear();
    [this.parts, this.partChanges, this.waitingChanges] = [[], 0, 0];
    if (update === null) return;
    this.waiting.push(update);
    this.waitingChanges = changes;
  }
}
