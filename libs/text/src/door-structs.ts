import * as Y from 'yjs';

/** Why the door sent an update away. A closed list: the screens have a sentence for each. */
export type DoorRefusal =
  | 'too-large' | 'malformed' | 'not-canonical' | 'gap' | 'foreign-client' | 'unknown-origin' | 'foreign-list' | 'misplaced'
  | 'bad-content' | 'bad-shape' | 'bad-delete' | 'limit' | 'bad-text';

/** Thrown inside the door, caught in `judge`, never seen outside. `resync`: perhaps only behind, let the client join again. */
export class Refusal {
  constructor(readonly reason: DoorRefusal, readonly detail: string, readonly resync = false) {}
}

export type Struct = Y.Item | Y.GC | Y.Skip;

/** The structs of one client, in the order of their clocks, without gaps. `from`: clocks below it are not written. */
export interface Section { readonly client: number; readonly from: number; readonly structs: readonly Struct[] }

export interface Range { readonly clock: number; readonly len: number }

/** The deleted ranges of one client, in order. */
export interface Deletes { readonly client: number; readonly ranges: readonly Range[] }

export interface Decoded { readonly sections: readonly Section[]; readonly deletes: readonly Deletes[] }

/** Bit 6 of an item's info: "has a parentSub". */
const SUB = 0x20;
/** Bits 7 and 8: the item has an origin to the right or left, so its parentSub is not written. */
const ORIGINS = 0xc0;

function sectionsOf(structs: readonly Struct[]): Section[] {
  const out: (Section & { structs: Struct[] })[] = [];
  for (const struct of structs) {
    if (!(struct.length > 0)) throw new Refusal('malformed', 'a struct of no length');
    const last = out.at(-1);
    if (last && last.client === struct.id.client) last.structs.push(struct);
    else if (last && last.client < struct.id.client) throw new Refusal('not-canonical', 'clients are not in descending order');
    else out.push({ client: struct.id.client, from: struct.id.clock, structs: [struct] });
  }
  return out;
}

function deletesOf(clients: ReadonlyMap<number, readonly Range[]>): Deletes[] {
  const out: Deletes[] = [];
  let above = Infinity;
  for (const [client, ranges] of clients) {
    if (client >= above) throw new Refusal('not-canonical', 'clients of deletions are not in descending order');
    above = client;
    let end = -1;
    for (const range of ranges) {
      if (!(range.len > 0) || range.clock <= end) throw new Refusal('not-canonical', 'deleted ranges are not in order, or touch');
      end = range.clock + range.len;
    }
    out.push({ client, ranges });
  }
  return out;
}

/** Version 1 of the update format, as Yjs itself writes it. Structs are not changed. */
export function encode({ sections, deletes }: Decoded): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  encoder.writeLen(sections.length);
  for (const { client, from, structs } of sections) {
    encoder.writeLen(structs.length);
    encoder.writeClient(client);
    encoder.writeLen(from);
    for (const struct of structs) (struct as Y.Item).write(encoder, Math.max(0, from - struct.id.clock));
  }
  encoder.writeLen(deletes.length);
  for (const { client, ranges } of deletes) {
    encoder.writeClient(client);
    encoder.writeLen(ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return encoder.toUint8Array();
}

/**
 * The same bytes, but for one bit: an item that says its origin needs no parentSub, and Yjs marks there all the same that it has one
 * when it writes from a document, and not when it merges or converts updates. Both are honest.
 */
function sameEncoding(theirs: Uint8Array, ours: Uint8Array): boolean {
  if (theirs.length !== ours.length) return false;
  for (let i = 0; i < ours.length; i++) {
    const a = theirs[i]!;
    const b = ours[i]!;
    if (a !== b && !(a === (b | SUB) && (b & ORIGINS) !== 0)) return false;
  }
  return true;
}

/** Reads an update that has one meaning and one encoding; with it our own encoding of the whole. Throws what is no update. */
export function decode(bytes: Uint8Array): Decoded & { readonly canonical: Uint8Array } {
  const { structs, ds } = Y.decodeUpdate(bytes);
  const decoded: Decoded = { sections: sectionsOf(structs), deletes: deletesOf(ds.clients) };
  const canonical = encode(decoded);
  if (!sameEncoding(bytes, canonical)) throw new Refusal('not-canonical', 'not the encoding that Yjs writes');
  return { ...decoded, canonical };
}

/** A piece of a decoded struct that the server does not have, with the list it goes to. */
export class Fresh {
  constructor(
    readonly struct: Y.Item | Y.GC,
    readonly client: number,
    /** The first clock that is new; `skip` units of the struct before it are known. */
    readonly clock: number,
    readonly end: number,
    readonly origin: Y.ID | null,
    readonly rightOrigin: Y.ID | null,
    readonly list: List,
  ) {}

  get skip(): number {
    return this.clock - this.struct.id.clock;
  }

  get content(): Y.Item['content'] | null {
    return this.struct instanceof Y.Item ? this.struct.content : null;
  }
}

export type SharedType = Y.AbstractType<unknown>;

/** What a list of a room is: an entry of the root map, a field or slot of a provision, the text of a slot; or nothing that is left. */
export type Level = 'root' | 'provision' | 'text' | 'gone';

/** One list of items: the text under a Y.Text, or all the values one key of a map ever had. Two items are neighbours only in one list. */
export interface List {
  readonly level: Level;
  readonly parent: SharedType | null;
  readonly sub: string | null;
  /** The provision this is about. */
  readonly id: string;
  /** The field or slot. */
  readonly key: string;
  readonly fresh: Fresh[];
  /** Of a map's key: the item that is its value, unless deleted. */
  tail: Y.Item | Fresh | null;
  touched: boolean;
  /** Units of text that come and go. */
  inserted: number;
  removed: number;
}
