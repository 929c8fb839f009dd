import { hash } from 'node:crypto';
import { canonical, committed, type Json, leafHash } from '@parley/ledger';
import type { Act, DocumentEvent, GroupAct, GroupEvent, RecordedAct, RoomName } from '@parley/negotiation';
import { readAct, type SentAct } from '@parley/protocol';
import type { NewEntry, StoredEntry } from './record.store.ts';

/** The subject of what concerns the working group itself. A document's entries have its id, in which this sign never is. */
export const GROUP_SUBJECT = '@';

/** A leaf is kept in bundles with a 16-bit length (tlog-tiles). */
export const LEAF_LIMIT = 65_535;

/** One update of one room by one author. In an act, and where something is put back, the author is the server. */
export interface Write { readonly room: RoomName; readonly by: string; readonly update: Uint8Array }

/** One vetted update: `touched` are the provisions whose words, fields or place it changed, noted so that lists and the rule of rest need no replay of texts. */
export interface UpdateContent {
  readonly kind: 'update'; readonly by: string; readonly room: RoomName; readonly writes: readonly Write[]; readonly touched: readonly string[];
}

/** One act with everything it did. `rules`: the version of the rules that decided it. */
export interface ActContent {
  readonly kind: 'act'; readonly by: string; readonly act: Act; readonly sent: SentAct; readonly rules: number; readonly writes: readonly Write[];
  readonly events: readonly (DocumentEvent | GroupEvent)[];
}

export type EntryContent = UpdateContent | ActContent;

interface Read { readonly index: number; readonly at: number; readonly by: string; readonly writes: readonly Write[] }
export interface UpdateEntry extends Read { readonly kind: 'update'; readonly room: RoomName; readonly touched: readonly string[] }
export interface ActEntry extends Read {
  readonly kind: 'act'; readonly op: string; readonly act: RecordedAct | GroupAct; readonly rules: number; readonly events: readonly (DocumentEvent | GroupEvent)[];
}
export type Entry = UpdateEntry | ActEntry;

/** The record does not say what its own hashes promise, or not in the format of this version. */
export class BrokenEntry extends Error {
  override readonly name = 'BrokenEntry';

  constructor(readonly index: number, what: string) {
    super(`entry ${index} of the record is broken: ${what}`);
  }
}

/** What Node itself computes, several times as fast as any JavaScript. */
const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** The leaf hash of an entry's leaf (RFC 6962), 32 bytes. */
export const leafHashOf = (leaf: Uint8Array): Uint8Array => leafHash(leaf, sha256);

/** The entry as it goes into the log. `ts` must not be below that of the entry before; `salt`: 32 fresh random bytes. */
export function encodeEntry(content: EntryContent, subject: string, ts: number, salt: Uint8Array): NewEntry {
  const payload = bytesOf(canonical(payloadOf(content)));
  const { blob, c } = committed(salt, payload, sha256);
  const head = { v: 1, ts, by: content.by, c, len: payload.length };
  const leaf = bytesOf(canonical(content.kind === 'act' ? { ...head, op: content.sent.op } : { ...head, at: `${subject}/${content.room}` }));
  if (leaf.length > LEAF_LIMIT) throw new RangeError(`a leaf of ${leaf.length} bytes`);
  const entry = { leaf, leafHash: leafHashOf(leaf), blob };
  return content.kind === 'act' ? { ...entry, actId: content.act.id } : entry;
}

function payloadOf(content: EntryContent): Json {
  const writes = content.writes.map((w) => ({ room: w.room, by: w.by, update: Buffer.from(w.update.buffer, w.update.byteOffset, w.update.byteLength).toString('base64') }));
  if (content.kind === 'update') return { v: 1, writes, touched: content.touched };
  // Through JSON: an optional field that was left undefined has no canonical form.
  const events = JSON.parse(JSON.stringify(content.events)) as Json;
  return { v: 1, writes, words: content.sent.words, events, rules: content.rules };
}

interface Leaf { readonly v: number; readonly ts: number; readonly by: string; readonly c: string; readonly len: number; readonly at?: string; readonly op?: string }
interface Payload {
  readonly v: number; readonly writes: readonly { readonly room: RoomName; readonly by: string; readonly update: string }[];
  readonly touched?: readonly string[]; readonly words?: string; readonly events?: readonly (DocumentEvent | GroupEvent)[];
  /** Entries made before there were versions have none: they were decided by the first. */
  readonly rules?: number;
}

const SALT = 32;

/** The entry behind what is stored. Throws `BrokenEntry` when the payload is not the one the leaf committed to. */
export function decodeEntry(stored: StoredEntry): Entry {
  const leaf = parsed<Leaf>(stored, stored.leaf);
  if (leaf.v !== 1) throw new BrokenEntry(stored.index, `leaf version ${leaf.v}`);
  if (stored.blob.length === 0) throw new BrokenEntry(stored.index, 'its payload is missing');
  if (hash('sha256', stored.blob, 'hex') !== leaf.c || stored.blob.length - SALT !== leaf.len) {
    throw new BrokenEntry(stored.index, 'its payload is not the one it committed to');
  }
  const payload = parsed<Payload>(stored, stored.blob.subarray(SALT));
  if (payload.v !== 1) throw new BrokenEntry(stored.index, `payload version ${payload.v}`);
  const writes = payload.writes.map((w) => ({ ...w, update: new Uint8Array(Buffer.from(w.update, 'base64')) }));
  const read = { index: stored.index, at: leaf.ts, by: leaf.by, writes };
  if (leaf.at !== undefined) {
    return { ...read, kind: 'update', room: leaf.at.slice(leaf.at.indexOf('/') + 1) as RoomName, touched: payload.touched ?? [] };
  }
  const act = leaf.op === undefined ? null : readAct({ op: leaf.op, words: payload.words ?? '' });
  if (!act) throw new BrokenEntry(stored.index, 'its operation cannot be read');
  return { ...read, kind: 'act', op: leaf.op!, act: act as unknown as RecordedAct | GroupAct, rules: payload.rules ?? 1, events: payload.events ?? [] };
}

function parsed<T>(stored: StoredEntry, bytes: Uint8Array): T {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as T;
  } catch {
    throw new BrokenEntry(stored.index, 'it is not JSON');
  }
}
