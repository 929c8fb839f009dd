import type { RoomName } from '@parley/negotiation';
import type { Joined, Returned } from '@parley/protocol';
import { plainSlot, type Text } from '@parley/text';
import * as Y from 'yjs';
import type { Replica } from './replica.ts';

interface SlotPlace { readonly provision: string; readonly key: string }

/** Words that stood, by the ID of their first unit. */
interface UnconfirmedRun extends SlotPlace { readonly client: number; readonly clock: number; readonly words: string }

/**
 * Words of the own room that were sent, or kept by an earlier session, and never acknowledged here, although the server has them: the answer is lost, and with it
 * what it returned. Made before the server's state is applied, asked afterwards.
 */
export class UnconfirmedWords {
  private constructor(readonly room: RoomName, private readonly words: readonly UnconfirmedRun[]) {}

  /** `underWay`: the updates of a room without an acknowledgement, oldest first. */
  static before({ rooms, document, actor }: Joined, replica: Replica, underWay: (room: RoomName) => readonly Uint8Array[]): UnconfirmedWords | null {
    const own = replica.ownRoomOf(actor, document.stage), state = own && rooms[own], updates = own ? underWay(own) : [];
    if (!own || !state || updates.length === 0) return null;
    return new UnconfirmedWords(own, unconfirmedRuns(updates, state.vector, replica.rooms.get(own)?.doc ?? null, replica.text(own)));
  }

  /**
   * Words under way that a commit is about to strike: the acknowledgement that follows it gives them back, unless it is lost. Null when the commit strikes nothing.
   */
  static beforeCommit(room: RoomName, updates: readonly Uint8Array[], replica: Replica, underWay: readonly Uint8Array[]): UnconfirmedWords | null {
    const doc = replica.rooms.get(room)?.doc;
    if (!doc || underWay.length === 0 || !updates.some((update) => Y.decodeUpdate(update).ds.clients.size > 0)) return null;
    return new UnconfirmedWords(room, unconfirmedRuns(underWay, null, doc, replica.text(room)));
  }

  /** Those that stand no more. Deleted words count in negotiation only: in a working paper nothing is locked, and what is gone a colleague has struck. */
  vanished(replica: Replica): Returned[] {
    const doc = replica.rooms.get(this.room)?.doc;
    return doc ? vanished(this.words, doc, replica.text(this.room), replica.document.stage === 'negotiation') : [];
  }
}

/** The provision and slot that an item of a room's text lies in. */
function placeOf(item: Y.Item): SlotPlace {
  const text = (item.parent as Y.AbstractType<unknown> | null)?._item;
  const provision = (text?.parent as Y.AbstractType<unknown> | null | undefined)?._item;
  return { provision: provision?.parentSub ?? '', key: text?.parentSub ?? '' };
}

/** The struct of a document that holds this unit, unless it has none. */
function structAt(doc: Y.Doc, client: number, clock: number): Y.Item | Y.GC | null {
  const structs = doc.store.clients.get(client) as (Y.Item | Y.GC)[] | undefined;
  return structs && clock < Y.getState(doc.store, client) ? structs[Y.findIndexSS(structs, clock)]! : null;
}

/** Runs over the units of some words; `tell` gets each stretch for which `choose` is true. */
function stretches(words: string, choose: (at: number) => boolean, report: (from: number, to: number) => void): void {
  let from = -1;
  for (let at = 0; at <= words.length; at++) {
    const wanted = at < words.length && choose(at);
    if (wanted && from < 0) from = at;
    if (wanted || from < 0) continue;
    report(from, at);
    from = -1;
  }
}

/**
 * The words of these updates that the server has according to `vector`, if there is one, and that stand in `doc`, in a provision of `text`; without a `doc`, those that the updates
 * themselves do not delete again: where they belong is then not known.
 */
function unconfirmedRuns(updates: readonly Uint8Array[], vector: Uint8Array | null, doc: Y.Doc | null, text: Text): UnconfirmedRun[] {
  const server = vector && Y.decodeStateVector(vector), decoded = updates.map((update) => Y.decodeUpdate(update)), found: UnconfirmedRun[] = [];
  const struck = (client: number, clock: number): boolean => decoded.some(({ ds }) => (ds.clients.get(client) ?? []).some((range) => range.clock <= clock && clock < range.clock + range.len));
  for (const struct of decoded.flatMap(({ structs }) => structs)) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const { client, clock } = struct.id, { str } = struct.content, there = (at: number) => doc && structAt(doc, client, clock + at);
    const isPresent = (at: number): boolean => {
      const item = there(at);
      return doc ? item instanceof Y.Item && !item.deleted && text.by.has(placeOf(item).provision) : !struck(client, clock + at);
    };
    stretches(str, (at) => (!server || clock + at < (server.get(client) ?? 0)) && isPresent(at), (from, to) => {
      const item = there(from);
      found.push({ client, clock: clock + from, words: str.slice(from, to), ...(item instanceof Y.Item ? placeOf(item) : { provision: '', key: '' }) });
    });
  }
  return found;
}

/**
 * Which of them stand nowhere any more, now that the server's state is in `doc`: the answer that would have returned them is lost. With `struck` false, words that
 * were deleted are not counted, only those whose provision is no more.
 */
function vanished(runs: readonly UnconfirmedRun[], doc: Y.Doc, text: Text, struck: boolean): Returned[] {
  return runs.flatMap(({ client, clock, words, provision, key }) => {
    const back: Returned[] = [];
    const gone = (at: number): boolean => {
      const item = structAt(doc, client, clock + at);
      if (!(item instanceof Y.Item) || item.deleted) return struck;
      return !text.by.has(placeOf(item).provision);
    };
    stretches(words, gone, (from, to) => back.push({ provision, key, words: plainSlot(words.slice(from, to)) }));
    return back;
  });
}
