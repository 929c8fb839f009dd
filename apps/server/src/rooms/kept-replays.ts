import type { DocumentState, RoomName } from '@parley/negotiation';
import { type Provision, provisionsOf } from '@parley/text';
import { decodeEntry } from '../record/entry.ts';
import type { StoredEntry } from '../record/record.store.ts';
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

/** Replays documents up to an instant, one at a time: `from`, then `add` what follows, then `show`. */
export class KeptReplays {
  /** Most lately used last. */
  private kept: Replay[] = [];
  private current: Replay | null = null;

  /** Begins with the kept replay that is least far behind, or with a new one; gives its last entry, -1 for none. What was begun and not shown is kept as far as it went. */
  from(doc: string, index: number): number {
    if (this.current) this.keep(this.current);
    this.current = this.nearest(doc, index);
    return this.current.last;
  }

  /** Takes in the entries that follow. One that is broken ends the replay. */
  add(entries: readonly StoredEntry[]): void {
    const replay = this.taken();
    try {
      replay.add(entries.map(decodeEntry));
    } catch (error) {
      replay.destroy();
      throw error;
    }
    this.current = replay;
  }

  /** The document right after the last entry added; null when it has none. */
  show(): Instant | null {
    const replay = this.taken();
    const rooms = Object.fromEntries(replay.texts().map(([name, text]) => [name, provisionsOf(text)]));
    const instant = { index: replay.last, at: replay.lastAt, document: replay.document, rooms };
    this.keep(replay);
    return instant.index < 0 ? null : instant;
  }

  private taken(): Replay {
    const { current } = this;
    if (!current) throw new Error('no replay was begun');
    this.current = null;
    return current;
  }

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
