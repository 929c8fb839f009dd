import type { Timers } from '@parley/sync';

interface Event { readonly at: number; readonly order: number; readonly then: () => void; wanted: boolean }

const macrotask = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Time that passes without waiting: things happen in the order of their time, and whatever they lead to is done before the next one. */
export class Timeline implements Timers {
  now = 0;
  private readonly heap: Event[] = [];
  private count = 0;
  private busy = 0;

  after(milliseconds: number, then: () => void): () => void {
    const event: Event = { at: this.now + Math.max(0, milliseconds), order: this.count++, then, wanted: true };
    this.push(event);
    return () => { event.wanted = false; };
  }

  /** Work that takes no time of this clock, but turns of the event loop: the next event waits for it. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      return await work;
    } finally {
      this.busy -= 1;
    }
  }

  /** Everything that happens until `end`. */
  async until(end: number): Promise<void> {
    await this.quiet();
    for (;;) {
      const next = this.heap[0];
      if (!next || next.at > end) break;
      this.pop();
      if (!next.wanted) continue;
      this.now = next.at;
      next.then();
      await this.quiet();
    }
    this.now = end;
  }

  /** Until nothing is under way that needs no time. */
  async quiet(): Promise<void> {
    do await macrotask(); while (this.busy > 0);
  }

  private push(event: Event): void {
    const { heap } = this;
    let at = heap.push(event) - 1;
    for (let up = (at - 1) >> 1; at > 0 && before(event, heap[up]!); up = (at - 1) >> 1) {
      [heap[at], heap[up]] = [heap[up]!, event];
      at = up;
    }
  }

  private pop(): void {
    const { heap } = this, last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = right < heap.length && before(heap[right]!, heap[left]!) ? right : left;
      if (least >= heap.length || !before(heap[least]!, heap[at]!)) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

const before = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
