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

/** A replay of a document of some group. */
interface Kept { readonly group: string; readonly replay: Replay }

/** Replays documents up to an instant, one at a time: `from`, then `add` what follows, then `show`. */
export class ReplayCache {
  /** Most lately used last. */
  private kept: Kept[] = [];
  private current: Kept | null = null;

  /** Begins with the kept replay that is least far behind, or with a new one; gives its last entry, -1 for none. What was begun and not shown is kept as far as it went. */
  from(group: string, doc: string, index: number): number {
    if (this.current) this.keep(this.current);
    this.current = { group, replay: this.nearest(group, doc, index) };
    return this.current.replay.last;
  }

  /** Takes in the entries that follow. One that is broken ends the replay. */
  add(entries: readonly StoredEntry[]): void {
    const taken = this.taken(), { replay } = taken;
    try {
      replay.add(entries.map(decodeEntry));
    } catch (error) {
      replay.destroy();
      throw error;
    }
    this.current = taken;
  }

  /** The document right after the last entry added; null when it has none. */
  show(): Instant | null {
    const taken = this.taken(), { replay } = taken;
    const rooms = Object.fromEntries(replay.texts().map(([name, text]) => [name, provisionsOf(text)]));
    const instant = { index: replay.last, at: replay.lastAt, document: replay.document, rooms };
    this.keep(taken);
    return instant.index < 0 ? null : instant;
  }

  private taken(): Kept {
    const { current } = this;
    if (!current) throw new Error('no replay was begun');
    this.current = null;
    return current;
  }

  private nearest(group: string, doc: string, index: number): Replay {
    const behind = this.kept.filter((kept) => kept.group === group && kept.replay.id === doc && kept.replay.last <= index);
    const found = behind.reduce<Kept | undefined>((best, kept) => (best && best.replay.last >= kept.replay.last ? best : kept), undefined);
    if (!found) return new Replay(doc);
    this.kept = this.kept.filter((kept) => kept !== found);
    return found.replay;
  }

  private keep(now: Kept): void {
    const { group, replay } = now;
    if (replay.last < 0) return replay.destroy();
    const twins = this.kept.filter((other) => other.group === group && other.replay.id === replay.id && other.replay.last === replay.last);
    this.kept = [...this.kept.filter((other) => !twins.includes(other)), now];
    for (const twin of twins) twin.replay.destroy();
    while (this.kept.length > KEPT) this.kept.shift()!.replay.destroy();
  }
}
