import type { DocumentState, RoomName } from '@parley/negotiation';
import type { Joined, Refusal } from '@parley/protocol';
import type { LocalRoom } from './replica.ts';
import type { Sender } from './sender.ts';
import type { HandedBack } from './status.ts';
import { typedBy } from './typed.ts';
import { lacking, unknownOf } from './updates.ts';

/** Why nobody writes any more in a room that was written in. */
export const noLongerWritten = (room: RoomName, { stage }: DocumentState): Refusal => (stage === 'closed' ? 'document-closed' : room === 'working' ? 'stage-forbids' : 'role-forbids');

/** The rooms whose copies this client gives up; what its person wrote there and the server never took goes back to its author. */
export class ReplacedRooms {
  /** Rooms to be had anew from the server, and why. */
  private readonly toReplace = new Map<RoomName, Refusal>();
  /** Own room that is not the server's although nothing waits to be sent: what stands only here goes back. */
  private differing: RoomName | null = null;
  /** Rooms left behind by a change of stage, until what is under way there is answered. */
  private readonly left = new Map<RoomName, LocalRoom>();

  /** `lost` is called with the reason of words that were not delivered, before they are handed back. */
  constructor(private readonly sender: Pick<Sender, 'waiting' | 'forget'>, private readonly lost: (reason: Refusal) => void) {}

  get anew(): ReadonlySet<RoomName> {
    return new Set(this.toReplace.keys());
  }

  replaceAll(rooms: Iterable<RoomName>, reason: Refusal): void {
    for (const room of rooms) this.toReplace.set(room, reason);
  }

  /** Copies that are others than the server's; among them may be the own room. */
  replaceDiffering(rooms: readonly RoomName[], own: RoomName | null): void {
    this.replaceAll(rooms, 'out-of-step');
    this.differing = rooms.find((room) => room === own) ?? null;
  }

  /** The server has another history: all rooms are replaced, and none of them differs from this one. */
  beginAnew(rooms: Iterable<RoomName>): void {
    this.replaceAll([...rooms, ...this.left.keys()], 'begun-anew');
    this.differing = null;
  }

  leave(room: LocalRoom): void {
    if (this.sender.waiting(room.name).length > 0) this.left.set(room.name, room);
    else room.close();
  }

  leftBehind(name: RoomName): LocalRoom | undefined {
    return this.left.get(name);
  }

  /** Something under way in a room was taken: one that was left behind for it alone is done with. */
  delivered(name: RoomName): void {
    const room = this.left.get(name);
    if (!room || this.sender.waiting(name).length > 0) return;
    this.left.delete(name);
    room.close();
  }

  /** What was under way in a room left behind is refused; null when there is no such room. */
  refused(name: RoomName, reason: Refusal): HandedBack[] | null {
    const room = this.left.get(name);
    this.left.delete(name);
    return room ? this.handBack(room, reason) : null;
  }

  /** Gives up `out`, which a join has replaced or ended, and all that was left behind. Nothing is to be replaced afterwards. */
  discard(out: readonly LocalRoom[], joined: Joined): HandedBack[] {
    const handed = [...out, ...this.left.values()].flatMap((room) => this.handBack(room, this.toReplace.get(room.name) ?? noLongerWritten(room.name, joined.document), joined));
    this.toReplace.clear();
    this.differing = null;
    this.left.clear();
    return handed;
  }

  private handBack(room: LocalRoom, reason: Refusal, joined?: Joined): HandedBack[] {
    const under = this.sender.waiting(room.name), waiting = this.notDelivered(room, under, reason, joined?.rooms[room.name]);
    const words = typedBy(waiting, room.doc);
    room.close();
    if (under.length > 0 || waiting.length > 0) this.sender.forget(room.name);
    if (waiting.length === 0) return [];
    // A differing copy that lacked no words has nothing to give back.
    if (room.name === this.differing && words.length === 0) return [];
    this.lost(reason);
    return [{ room: room.name, reason, words }];
  }

  /** What the server does not have of a room: of what is under way, that whose answer was lost is there already. In another history nothing is. */
  private notDelivered(room: LocalRoom, under: Uint8Array[], reason: Refusal, state: Joined['rooms'][RoomName]): Uint8Array[] {
    if (!state || reason === 'begun-anew') return under;
    if (room.name !== this.differing) return unknownOf(under, state.vector);
    const missing = lacking(room.doc, state);
    return missing ? [missing] : [];
  }
}
