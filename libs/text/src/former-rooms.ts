import * as Y from 'yjs';
import type { Sender } from './validator-structs.ts';
import { FormerRoom, type Slotted, type Successor } from './former-room.ts';
import { textAt } from './room-shape.ts';

/** A room right before texts of it were replaced, and the update that did so (D24). */
export interface Former { readonly before: Uint8Array; readonly compaction: Uint8Array }

/** A room as it was before each of the last times that texts of it were replaced (D24), the oldest first: what comes later than any of them is led through all that followed. */
export class FormerRooms {
  private constructor(private readonly rooms: readonly FormerRoom[]) {}

  static of(formers: readonly Former[]): FormerRooms {
    return new FormerRooms(formers.map(({ before, compaction }) => new FormerRoom(before, compaction)));
  }

  /** With one more after them, and no more than `most`; those that stay know what came late to them. */
  followedBy({ before, compaction }: Former, most: number): FormerRooms {
    return new FormerRooms([...this.rooms, new FormerRoom(before, compaction)].slice(-most));
  }

  /**
   * Does to `now` what `late` (of the validator's answer about `now`, which does not hold it yet) does to texts that were replaced, in one transaction, writing under the client id
   * of `now`. Gives whether a unit of `late` was a word for such a text and went where it belongs. Where there is no place for it, or it does not fit what it names, nothing is written.
   */
  translate(late: Uint8Array, now: Y.Doc, who: Sender): (id: Y.ID) => boolean {
    for (const room of this.rooms) room.lay(late, now, who);
    now.transact(() => this.rooms.forEach((room, i) => room.pass(now, who, (of) => this.successor(i, of, now))));
    return (id) => this.rooms.some((room, i) => {
      const of = room.takenInto(id);
      return of !== null && this.successor(i, of, now).follows;
    });
  }

  /** What took the place of a text that was replaced the `i`-th time: the one that was replaced next, or the one of today. */
  private successor(i: number, of: Slotted, now: Y.Doc): Successor {
    for (let next = i + 1; next < this.rooms.length; next++) {
      const there = this.rooms[next]!.replacedAt(of);
      if (there) return { text: there.text, follows: there.follows && this.successor(next, of, now).follows };
    }
    return { text: textAt(now, of.provision, of.key), follows: true };
  }
}
