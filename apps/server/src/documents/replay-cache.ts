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

/** Replays in the cache, over all documents: somebody who steps through a history goes on from one of these. */
const MOST = 12;

/** A replay of a document of some group. */
interface CachedReplay { readonly group: string; readonly replay: Replay }

/** Replays documents up to an instant, one at a time: `from`, then `add` what follows, then `show`. */
export class ReplayCache {
  /** Most lately used last. */
  private cached: CachedReplay[] = [];
  private current: CachedReplay | null = null;

  /** Begins with the cached replay that is least far behind, or with a new one; gives its last entry, -1 for none. What was begun and not shown stays in the cache as far as it went. */
  from(group: string, doc: string, index: number): number {
    if (this.current) this.put(this.current);
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
    this.put(taken);
    return instant.index < 0 ? null : instant;
  }

  private taken(): CachedReplay {
    const { current } = this;
    if (!current) throw new Error('no replay was begun');
    this.current = null;
    return current;
  }

  private nearest(group: string, doc: string, index: number): Replay {
    const behind = this.cached.filter((one) => one.group === group && one.replay.id === doc && one.replay.last <= index);
    const found = behind.reduce<CachedReplay | undefined>((best, one) => (best && best.replay.last >= one.replay.last ? best : one), undefined);
    if (!found) return new Replay(doc);
    this.cached = this.cached.filter((one) => one !== found);
    return found.replay;
  }

  private put(last: CachedReplay): void {
    const { group, replay } = last;
    if (replay.last < 0) return replay.destroy();
    const twins = this.cached.filter((other) => other.group === group && other.replay.id === replay.id && other.replay.last === replay.last);
    this.cached = [...this.cached.filter((other) => !twins.includes(other)), last];
    for (const twin of twins) twin.replay.destroy();
    while (this.cached.length > MOST) this.cached.shift()!.replay.destroy();
  }
}
