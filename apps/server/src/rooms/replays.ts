import type { DocumentState, RoomName } from '@parley/negotiation';
import { type Provision, provisionsOf } from '@parley/text';
import { FairQueue } from '../access/fair-queue.ts';
import type { SharedLog } from '../record/shared-log.ts';
import { Replay } from './replay.ts';

/** A document right after an entry. */
export interface Instant {
  readonly index: number;
  readonly at: number;
  readonly document: DocumentState;
  readonly rooms: Readonly<Partial<Record<RoomName, readonly Provision[]>>>;
}

/** Replays kept at hand, over all documents: somebody who steps through a history goes on from one of these. */
const KEPT = 12;
const PAGE = 500;
/** Requests that wait, of one user and of all. */
const MOST_OF_USER = 4;
const MOST = 64;

/** Looks at earlier instants of documents, by replaying the record up to them. */
export class Replays {
  /** Most lately used last. */
  private kept: Replay[] = [];
  private readonly queue = new FairQueue({ atOnce: 1, inLane: MOST_OF_USER, inAll: MOST });

  constructor(private readonly log: Pick<SharedLog, 'page'>) {}

  /** The document right after its last entry not after `index`; null when it has none. One at a time, and users take turns; throws `QueueFull` when too many of `user` wait. */
  at(user: string, doc: string, index: number): Promise<Instant | null> {
    return this.queue.run({ lane: user, name: '', known: true }, () => this.inTurn(doc, index));
  }

  private async inTurn(doc: string, index: number): Promise<Instant | null> {
    const replay = this.nearest(doc, index);
    try {
      await this.forward(replay, index);
    } catch (error) {
      replay.destroy();
      throw error;
    }
    const rooms = Object.fromEntries(replay.texts().map(([name, text]) => [name, provisionsOf(text)]));
    const instant = { index: replay.last, at: replay.lastAt, document: replay.document, rooms };
    this.keep(replay);
    return instant.index < 0 ? null : instant;
  }

  private async forward(replay: Replay, index: number): Promise<void> {
    while (replay.last < index) {
      // Indexes are of the whole log: there are at most so many of this document.
      const limit = Math.min(PAGE, index - replay.last);
      const page = await this.log.page(replay.id, replay.last + 1, limit);
      const wanted = page.filter((entry) => entry.index <= index);
      replay.add(wanted);
      if (wanted.length < limit) return;
    }
  }

  /** The kept replay that is least far behind, taken out; or a new one. */
  private nearest(doc: string, index: number): Replay {
    const behind = this.kept.filter((replay) => replay.id === doc && replay.last <= index);
    const found = behind.reduce<Replay | undefined>((best, replay) => (best && best.last >= replay.last ? best : replay), undefined);
    if (!found) return new Replay(doc);
    this.kept = this.kept.filter((replay) => replay !== found);
    return found;
  }

  private keep(replay: Replay): void {
    if (replay.last < 0) return replay.destroy();
    const twins = this.kept.filter((other) => other.id === replay.id && other.last === replay.last);
    this.kept = [...this.kept.filter((other) => !twins.includes(other)), replay];
    twins.forEach((twin) => twin.destroy());
    while (this.kept.length > KEPT) this.kept.shift()!.destroy();
  }
}
