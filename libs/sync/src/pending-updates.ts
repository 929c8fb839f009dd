import type { RoomName } from '@parley/negotiation';
import type { Joined } from '@parley/protocol';
import { copyOf } from '@parley/text';
import * as Y from 'yjs';
import { noLongerWritten } from './replaced-rooms.ts';
import type { Replica } from './replica.ts';
import type { HandedBack } from './status.ts';
import { typedBy, type Words } from './typed.ts';
import { unknownOf } from './updates.ts';
import type { PendingRoom } from './wire.ts';

/** What earlier sessions kept in one history, by room. */
export type PendingUpdates = ReadonlyMap<string, readonly Uint8Array[]>;

/** What belongs to this history, or may: it was kept before stores knew of epochs. */
export function pendingIn(epoch: string, all: readonly PendingRoom[]): PendingUpdates {
  const kept = new Map<string, readonly Uint8Array[]>();
  for (const { room, updates } of all.filter((one) => one.epoch === epoch || one.epoch === '')) kept.set(room, [...(kept.get(room) ?? []), ...updates]);
  return kept;
}

/** What belongs to any other history, as words: nothing of it is applied. */
export function wordsOfOthers(epoch: string, all: readonly PendingRoom[]): HandedBack[] {
  return all.filter((one) => one.epoch !== epoch && one.epoch !== '').flatMap(({ room, updates }) => {
    const scratch = new Y.Doc();
    for (const update of updates) Y.applyUpdate(scratch, update);
    const words = typedBy(updates, scratch);
    return words.length > 0 ? [{ room: room as RoomName, reason: 'begun-anew' as const, words }] : [];
  });
}

/**
 * Puts what earlier sessions kept into the own room, to be sent from there. What has no room of its own any more, or builds on what is not there, is not applied:
 * its words are returned, unless the server has them already.
 */
export function restorePending(kept: PendingUpdates, replica: Replica, joined: Joined): HandedBack[] {
  return ([...kept] as [RoomName, readonly Uint8Array[]][]).flatMap(([name, updates]) => {
    const room = replica.rooms.get(name);
    const scratch = room ? copyOf(room.doc) : new Y.Doc();
    for (const update of updates) Y.applyUpdate(scratch, update);
    const placed = scratch.store.pendingStructs === null;
    if (room && placed && name === replica.ownRoom) {
      room.apply(updates);
      return [];
    }
    const words = unknownWords(updates, scratch, joined.rooms[name]);
    const reason = name === replica.ownRoom ? 'out-of-step' : !room ? (joined.document.stage === 'closed' ? 'document-closed' : 'stage-forbids') : noLongerWritten(name, joined.document);
    return words.length > 0 ? [{ room: name, reason, words }] : [];
  });
}

function unknownWords(updates: readonly Uint8Array[], scratch: Y.Doc, state: Joined['rooms'][RoomName]): Words[] {
  return typedBy(state ? unknownOf(updates, state.vector) : updates, scratch);
}
