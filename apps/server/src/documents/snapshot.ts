import { createHash } from 'node:crypto';
import { ACTS, type DocumentState, type RoomName } from '@parley/negotiation';
import type { Former } from '@parley/text';
import type { StoredSnapshot } from '../record/snapshot.store.ts';
import type { LastEdit } from './last-edits.ts';
import type { RoomBytes } from './stored-room.ts';

/** What a document is right after an entry: all that a replay of its entries up to there comes to. */
export interface SnapshotContent {
  readonly document: DocumentState;
  readonly lastAt: number;
  readonly openedAt: number;
  readonly lastEdits: readonly (readonly [RoomName, readonly (readonly [string, LastEdit])[]])[];
  readonly owners: readonly (readonly [number, string])[];
  readonly rooms: readonly (readonly [RoomName, RoomBytes])[];
}

/** An entry, and what tells it from any other in its place. */
export interface LogPosition { readonly index: number; readonly leafHash: Uint8Array }

/** Of the bytes below. Raise it when they change their meaning: how client ids are bound, how Yjs encodes, what a `DocumentState` has from the first. */
const FORM = 5;

/** Of the bytes and of everything they are made by: how acts are folded has a version of its own, by the acts themselves. States of another version are passed over, and their documents are replayed. */
export const SNAPSHOT_VERSION = FORM * 1_000 + ACTS.stateVersion;

/** The bytes are not those that were written for this document and entry. */
export class BrokenSnapshot extends Error {
  override readonly name = 'BrokenSnapshot';
}

const DIGEST = 32;

/** SHA-256 ‖ length of the head ‖ head, in JSON ‖ update, vector and deletions of each room, and what was each time before its texts were replaced. The digest is over all the rest, and over what the state is of. */
export function encodeSnapshot(doc: string, { index, leafHash }: LogPosition, content: SnapshotContent): StoredSnapshot {
  const { rooms, ...rest } = content;
  const head = Buffer.from(JSON.stringify({ ...rest, rooms: rooms.map(([name, room]) => [name, ...piecesOf(room).map(({ length }) => length)]) }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const body = Buffer.concat([length, head, ...rooms.flatMap(([, room]) => piecesOf(room))]);
  return { index, leafHash, version: SNAPSHOT_VERSION, bytes: Buffer.concat([digestOf(doc, { index, leafHash }, body), body]) };
}

/** Throws a `BrokenSnapshot` on anything but what `encodeSnapshot` made of this document. */
export function decodeSnapshot(doc: string, state: StoredSnapshot): SnapshotContent {
  if (state.version !== SNAPSHOT_VERSION) throw new BrokenSnapshot(`version ${state.version}, not ${SNAPSHOT_VERSION}`);
  const bytes = Buffer.from(state.bytes.buffer, state.bytes.byteOffset, state.bytes.byteLength);
  const body = bytes.subarray(DIGEST);
  if (!bytes.subarray(0, DIGEST).equals(digestOf(doc, state, body))) throw new BrokenSnapshot('its digest is another');
  const end = 4 + body.readUInt32BE(0);
  const { rooms, ...rest } = JSON.parse(body.toString('utf8', 4, end)) as Omit<SnapshotContent, 'rooms'> & { readonly rooms: readonly (readonly [RoomName, number, number, number, ...number[]])[] };
  let at = end;
  const next = (size: number): Uint8Array => body.subarray(at, at += size);
  return { ...rest, rooms: rooms.map(([name, update, vector, deletes, ...formers]) => [name, { update: next(update), vector: next(vector), deletes: next(deletes), formers: paired(formers.map(next)) }]) };
}

const piecesOf = ({ update, vector, deletes, formers }: RoomBytes): Uint8Array[] => [update, vector, deletes, ...formers.flatMap(({ before, compaction }) => [before, compaction])];

const paired = (pieces: readonly Uint8Array[]): Former[] => pieces.flatMap((before, i) => (i % 2 === 0 ? [{ before, compaction: pieces[i + 1]! }] : []));

const digestOf = (doc: string, { index, leafHash }: LogPosition, body: Uint8Array): Buffer =>
  createHash('sha256').update(`${SNAPSHOT_VERSION}/${doc}/${index}/`).update(leafHash).update(body).digest();
