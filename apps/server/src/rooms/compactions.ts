import { type Now, type Step, stepOf } from './draft.ts';
import type { Host } from './host.ts';
import { SERVER_USER } from './registry.ts';

/** When the texts of a room are written anew (D24). */
export interface CompactionRule {
  /** A room of no more structs is left as it is. */
  readonly above: number;
  /** One of more is not left until nobody types. */
  readonly atOnceAbove: number;
  /** Nobody has typed for so long. */
  readonly quietMs: number;
  /** No document more often than this, whatever is done in it. */
  readonly everyMs: number;
}

export const COMPACTION: CompactionRule = { above: 20_000, atOnceAbove: 40_000, quietMs: 3_000, everyMs: 10 * 60_000 };

/** Sees to it that rooms are compacted when they have grown: while nobody types, unless they grow too much. */
export class Compactions {
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  /** `due`: a document is to be compacted in a turn of its own. */
  constructor(private readonly rule: CompactionRule, private readonly due: (subject: string) => void) {}

  /** Something in a document has become durable. */
  seen(host: Host, at: number): void {
    clearTimeout(this.waiting.get(host.subject));
    this.waiting.delete(host.subject);
    const { above, atOnceAbove, quietMs, everyMs } = this.rule;
    if (at - host.compactedAt < everyMs || host.roomToCompact(above) === null) return;
    if (quietMs === 0 || host.roomToCompact(atOnceAbove) !== null) return this.due(host.subject);
    this.waiting.set(host.subject, setTimeout(() => {
      this.waiting.delete(host.subject);
      this.due(host.subject);
    }, quietMs).unref());
  }

  /** Compacts a room of the document in memory; null when there is nothing to compact. */
  make(host: Host, now: Now): Step | null {
    const name = host.roomToCompact(this.rule.above), room = name && host.room(name);
    if (!room) return null;
    host.compactedAt = now.at;
    const writes = room.compact().own.map((update) => ({ room: name, by: SERVER_USER, update }));
    return writes.length === 0 ? null : stepOf({ kind: 'update', by: SERVER_USER, room: name, writes, touched: [] }, host, now);
  }

  stop(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }
}
