import type { JoinedRoom } from '@parley/protocol';
import { ROOT } from '@parley/text';
import * as Y from 'yjs';
import { withValues } from './overwritten.ts';

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
interface Range { readonly clock: number; readonly len: number }
type Deletes = ReadonlyMap<number, readonly Range[]>;

const NO_DELETES: Deletes = new Map();

function byClient(structs: readonly Struct[]): Map<number, Struct[]> {
  const all = new Map<number, Struct[]>();
  for (const struct of structs) {
    const own = all.get(struct.id.client);
    if (own) own.push(struct);
    else all.set(struct.id.client, [struct]);
  }
  return all;
}

/** Writes structs and deletes as Yjs itself would: clients in falling order. Structs of one client must follow each other without a gap. */
function encode(structs: readonly Struct[], deletes: Deletes): Uint8Array {
  const sections = byClient(structs);
  const encoder = new Y.UpdateEncoderV1();
  const write = (...numbers: number[]): void => numbers.forEach((n) => encoder.writeDsClock(n));
  write(sections.size);
  for (const [client, own] of falling(sections)) {
    write(own.length, client, own[0]!.id.clock);
    for (const struct of own) struct.write(encoder, 0);
  }
  write(deletes.size);
  for (const [client, ranges] of falling(deletes)) {
    write(client, ranges.length);
    for (const range of ranges) write(range.clock, range.len);
  }
  return encoder.toUint8Array();
}

const falling = <T>(byClient: ReadonlyMap<number, T>): [number, T][] => [...byClient].sort((a, b) => b[0] - a[0]);

/** What of `mine` no range of `theirs` covers. Both sorted by clock. */
function uncovered(mine: readonly Range[], theirs: readonly Range[]): Range[] {
  const left: Range[] = [];
  let i = 0;
  for (const { clock, len } of mine) {
    let from = clock;
    while (i < theirs.length && theirs[i]!.clock + theirs[i]!.len <= from) i++;
    for (let j = i; j < theirs.length && theirs[j]!.clock < clock + len; j++) {
      if (theirs[j]!.clock > from) left.push({ clock: from, len: theirs[j]!.clock - from });
      from = Math.max(from, theirs[j]!.clock + theirs[j]!.len);
    }
    if (from < clock + len) left.push({ clock: from, len: clock + len - from });
  }
  return left;
}

const sorted = (ranges: readonly Range[] | undefined): Range[] => [...(ranges ?? [])].sort((a, b) => a.clock - b.clock);

function deletesBeyond(mine: Deletes, theirs: Deletes): Deletes {
  const out = new Map<number, Range[]>();
  for (const [client, ranges] of mine) {
    const rest = uncovered(sorted(ranges), sorted(theirs.get(client)));
    if (rest.length > 0) out.set(client, rest);
  }
  return out;
}

/** Ranges that touch made one, as Yjs writes them. */
const joined = (deletes: Deletes): Deletes => Y.mergeDeleteSets([{ clients: new Map([...deletes].map(([client, ranges]) => [client, [...ranges]])) } as ReturnType<typeof Y.decodeUpdate>['ds']]).clients;

/** What of deletions is of texts that are there: what is left of one that was replaced is deleted for everybody. */
function ofPresentTexts(doc: Y.Doc, deletes: Deletes): Deletes {
  return new Map([...deletes].map(([client, ranges]) => [client, ranges.flatMap(({ clock, len }) => {
    const structs = (doc.store.clients.get(client) ?? []) as (Y.Item | Y.GC)[], found: Range[] = [];
    for (let i = structs.length > 0 ? Y.findIndexSS(structs, clock) : 0; i < structs.length && structs[i]!.id.clock < clock + len; i++) {
      const { id, length } = structs[i]!, from = Math.max(clock, id.clock), to = Math.min(clock + len, id.clock + length);
      if (structs[i] instanceof Y.Item) found.push({ clock: from, len: to - from });
    }
    return found;
  })]));
}

/**
 * What `doc` holds and a server does not that answered with `vector` and with `updates`, which name its deletes; null when it lacks nothing.
 * A state vector says nothing of deletes: words deleted offline would stand up again if only structs were compared. Values that were overwritten on
 * both sides may be named although the server has them deleted too; that adds nothing there.
 */
export function lacking(doc: Y.Doc, { vector, updates }: JoinedRoom): Uint8Array | null {
  const mine = Y.decodeUpdate(Y.encodeStateAsUpdate(doc, vector));
  const theirs = Y.mergeDeleteSets(updates.map((update) => Y.decodeUpdate(update).ds));
  const deletes = joined(deletesBeyond(ofPresentTexts(doc, mine.ds.clients), theirs.clients));
  return mine.structs.length === 0 && deletes.size === 0 ? null : encode(withValues(doc, mine.structs, Y.decodeStateVector(vector)), deletes);
}

/** The bytes of an update that changes nothing. */
const NOTHING = 2;

/** What a server with this state vector lacks of these updates, as one; none when it has all. */
export const unknownOf = (updates: readonly Uint8Array[], vector: Uint8Array): Uint8Array[] =>
  (updates.length === 0 ? [] : [Y.diffUpdate(Y.mergeUpdates([...updates]), vector)].filter(({ length }) => length > NOTHING));

/** Whether an update is about what stood in a text that another has taken the place of: Yjs keeps of that no more than that it was there. */
function isOfReplaced(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const replaced = (client: number, clock: number, length: number): boolean => {
    const there = (doc.store.clients.get(client) ?? []) as (Y.Item | Y.GC)[];
    if (clock >= Y.getState(doc.store, client)) return false;
    for (let i = Y.findIndexSS(there, clock); i < there.length && there[i]!.id.clock < clock + length; i++) if (there[i] instanceof Y.GC) return true;
    return false;
  };
  return structs.some(({ id, length }) => replaced(id.client, id.clock, length))
    || [...ds.clients].some(([client, ranges]) => ranges.some(({ clock, len }) => replaced(client, clock, len)));
}

const endsOf = (structs: readonly Struct[]): Map<number, number> => new Map(structs.map(({ id, length }) => [id.client, id.clock + length]));

/**
 * What is to be sent, `missing`, as it was typed: the copy here has forgotten words and deletions of texts that the server replaced while they were under way or kept (D24), and
 * the server knows where they belong. `typed`: everything under way or kept, as it was made.
 */
export function asTyped(missing: Uint8Array | null, typed: readonly Uint8Array[], doc: Y.Doc, { vector }: JoinedRoom): Uint8Array | null {
  if (!typed.some((update) => isOfReplaced(doc, update))) return missing;
  const made = Y.diffUpdate(Y.mergeUpdates([...typed]), vector), { structs } = Y.decodeUpdate(made), ends = endsOf(structs);
  const whole = !structs.some((struct) => struct instanceof Y.Skip) && [...endsOf(missing ? Y.decodeUpdate(missing).structs : [])].every(([client, end]) => ends.get(client) === end);
  return whole ? made : missing;
}

/** True when an update writes nothing new; it may still delete. */
export const onlyDeletes = (update: Uint8Array): boolean => Y.decodeUpdate(update).structs.length === 0;

const sizeOf = (struct: Struct): number => {
  const encoder = new Y.UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array().length;
};

/** Hands out the structs of an update so that none comes before what it hangs on. */
class DependencyOrder {
  private readonly queues: Map<number, Struct[]>;

  constructor(structs: readonly Struct[]) {
    this.queues = byClient(structs);
  }

  *[Symbol.iterator](): Generator<Struct> {
    while (this.queues.size > 0) {
      const ready = [...this.queues].find(([, queue]) => this.isReady(queue[0]!)) ?? [...this.queues][0]!;
      const [client, queue] = ready;
      yield queue.shift()!;
      while (queue.length > 0 && this.isReady(queue[0]!)) yield queue.shift()!;
      if (queue.length === 0) this.queues.delete(client);
    }
  }

  private isReady(struct: Struct): boolean {
    if (!(struct instanceof Y.Item)) return true;
    const parent: unknown = struct.parent;
    return [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null].every((id) => {
      const next = id && id.client !== struct.id.client ? this.queues.get(id.client)?.[0] : undefined;
      return !id || !next || id.clock < next.id.clock;
    });
  }
}

const HEADER_BYTES = 64;
/** What a client takes in an update beside its structs. */
const SECTION_BYTES = 30;

/** Deletes alone, so few ranges at a time that each update keeps within `limit`. */
function deleteParts(deletes: Deletes, limit: number): Uint8Array[] {
  const ranges = [...deletes].flatMap(([client, own]) => own.map((range) => ({ client, range })));
  const most = Math.max(1, Math.floor((limit - HEADER_BYTES) / 20));
  const parts: Uint8Array[] = [];
  for (let at = 0; at < ranges.length; at += most) {
    const some = new Map<number, Range[]>();
    for (const { client, range } of ranges.slice(at, at + most)) some.set(client, [...(some.get(client) ?? []), range]);
    parts.push(encode([], some));
  }
  return parts;
}

/** No struct is written in fewer bytes. */
const MIN_STRUCT_BYTES = 2;

/** A new provision begins: its fields and texts follow, and the validator takes them together or not at all (D14). */
const beginsProvision = (struct: Struct): boolean => struct instanceof Y.Item && (struct.parent as unknown) === ROOT;
/** A field is set, or a text begins: what is set at one time goes together, because a new kind and its texts do (D14). */
const isOfFields = (struct: Struct): boolean => struct instanceof Y.Item && !beginsProvision(struct) && (struct.content instanceof Y.ContentAny || struct.content instanceof Y.ContentType);

/** Structs that go together, and about how many bytes they take. */
class Part {
  private readonly structs: { readonly struct: Struct; readonly size: number }[] = [];
  private readonly ends = new Map<number, number>();
  private size = HEADER_BYTES;

  get count(): number {
    return this.structs.length;
  }

  /** Whether a struct may follow here: within the limit, and without a gap behind the last of its client. */
  takes(struct: Struct, limit: number, most: number): boolean {
    const end = this.ends.get(struct.id.client);
    return this.count < most && this.size + sizeOf(struct) + SECTION_BYTES <= limit && (end === undefined || end === struct.id.clock);
  }

  add(struct: Struct): void {
    const size = sizeOf(struct) + (this.ends.has(struct.id.client) ? 0 : SECTION_BYTES);
    this.structs.push({ struct, size });
    this.size += size;
    this.ends.set(struct.id.client, struct.id.clock + struct.length);
  }

  /** Everything before what `next` must not be cut from, and that with all that follows: the last provision that begins here, or fields that are set together; null where neither begins behind its first struct. */
  divided(next: Struct): [Part, Part] | null {
    const provision = this.structs.findLastIndex(({ struct }) => beginsProvision(struct)), parts: [Part, Part] = [new Part(), new Part()];
    const at = provision > 0 || !isOfFields(next) ? provision : this.structs.findLastIndex(({ struct }) => !isOfFields(struct)) + 1;
    if (at <= 0) return null;
    this.structs.forEach(({ struct }, i) => parts[i < at ? 0 : 1].add(struct));
    return parts;
  }

  encoded(): Uint8Array {
    return encode(this.structs.map(({ struct }) => struct), NO_DELETES);
  }
}

/**
 * An update as updates no larger than `limit` and of no more than `most` structs, in an order in which each can be applied: what a struct hangs on comes in the same or an earlier part, a new
 * provision whole, deletes last. A single struct beyond the limit stays whole; the server refuses it and its words go back to their author.
 */
export function partsOf(update: Uint8Array, limit: number, most = Infinity): Uint8Array[] {
  if (update.byteLength <= Math.min(limit, most * MIN_STRUCT_BYTES)) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  if (update.byteLength <= limit && structs.length <= most) return [update];
  const parts: Part[] = [];
  let part = new Part();
  for (const struct of new DependencyOrder(structs)) {
    if (struct instanceof Y.Skip) continue;
    if (part.count > 0 && !part.takes(struct, limit, most)) {
      const [whole, rest] = (beginsProvision(struct) ? null : part.divided(struct)) ?? [part, new Part()];
      parts.push(whole);
      part = rest;
      if (part.count > 0 && !part.takes(struct, limit, most)) { parts.push(part); part = new Part(); }
    }
    part.add(struct);
  }
  if (part.count > 0) parts.push(part);
  return [...parts.map((one) => one.encoded()), ...deleteParts(ds.clients, limit)];
}
