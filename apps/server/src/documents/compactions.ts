import { type CommitContext, type PendingEntry, pendingEntryOf } from '../commit/commit-batch.ts';
import type { DocumentSession } from './document-session.ts';
import { SERVER_USER } from './client-id-owners.ts';

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
  private readonly queue = new Map<string, NodeJS.Timeout>();

  /** `due`: a document is to be compacted in a commit of its own. */
  constructor(private readonly rule: CompactionRule, private readonly due: (subject: string) => void) {}

  /** Something in a document has become durable. */
  seen(session: DocumentSession, at: number): void {
    clearTimeout(this.queue.get(session.subject));
    this.queue.delete(session.subject);
    const { above, atOnceAbove, quietMs, everyMs } = this.rule;
    if (at - session.compactedAt < everyMs || session.roomToCompact(above) === null) return;
    if (quietMs === 0 || session.roomToCompact(atOnceAbove) !== null) return this.due(session.subject);
    this.queue.set(session.subject, setTimeout(() => {
      this.queue.delete(session.subject);
      this.due(session.subject);
    }, quietMs).unref());
  }

  /** Compacts a room of the document in memory; null when there is nothing to compact. */
  make(session: DocumentSession, now: CommitContext): PendingEntry | null {
    const name = session.roomToCompact(this.rule.above), room = name && session.room(name);
    if (!room) return null;
    session.compactedAt = now.at;
    const writes = room.compact().own.map((update) => ({ room: name, by: SERVER_USER, update }));
    return writes.length === 0 ? null : pendingEntryOf({ kind: 'update', by: SERVER_USER, room: name, writes, touched: [] }, session, now);
  }

  stop(): void {
    for (const timer of this.queue.values()) clearTimeout(timer);
    this.queue.clear();
  }
}
