import { positionRoom } from '@parley/negotiation';
import type { PartyId } from '@parley/text';
import type { PendingEntry } from '../commit/commit-batch.ts';
import { subjectIn } from './subjects.ts';

/** What is typed into a position is followed in batches: so long after the first of it. */
const TYPED_MS = 1_000;

/** Sees to it that the open drafts of a document follow a position that has changed. Drafts that are not open follow when they are opened. */
export class Followings {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  /** `due`: the drafts that a subject holds are to follow. */
  constructor(private readonly due: (subject: string) => void) {}

  /** Entries of a document that all share have become durable. `open`: the parties whose drafts of it are open. */
  seen(doc: string, pending: readonly PendingEntry[], open: readonly PartyId[]): void {
    for (const party of open) {
      const subject = subjectIn(doc, { party }), position = positionRoom(party), writing = pending.filter(({ content }) => content.writes.some(({ room }) => room === position));
      if (writing.some(({ content }) => content.kind === 'act')) this.now(subject);
      else if (writing.length > 0 && !this.timers.has(subject)) this.timers.set(subject, setTimeout(() => this.now(subject), TYPED_MS).unref());
    }
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  /** They are to follow as soon as may be. */
  now(subject: string): void {
    clearTimeout(this.timers.get(subject));
    this.timers.delete(subject);
    this.due(subject);
  }
}
