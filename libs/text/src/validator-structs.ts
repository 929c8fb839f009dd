import * as Y from 'yjs';

/** Why the validator sent an update away. A closed list: the screens have a sentence for each. */
export type UpdateRefusal =
  | 'too-large' | 'malformed' | 'not-canonical' | 'gap' | 'foreign-client' | 'unknown-origin' | 'foreign-list' | 'misplaced'
  | 'bad-content' | 'bad-shape' | 'bad-delete' | 'limit' | 'full' | 'bad-text';

/** Who sends the update. */
export interface Sender { readonly mayWriteAs: (clientId: number) => boolean }

/** A rule of SPEC-ROOM.md that updates are held against. */
export type UpdateRule =
  | 'D2' | 'D3' | 'D4' | 'D5' | 'D6' | 'D7' | 'D8' | 'D9' | 'D10' | 'D11' | 'D12' | 'D13' | 'D14' | 'D15' | 'D16' | 'D17' | 'D18' | 'D19' | 'D20' | 'D21' | 'D22';

export interface ValidUpdate {
  readonly ok: true;
  /** Re-encoded, only what the server lacked: what is applied, stored and relayed. Never the client's own bytes. */
  readonly update: Uint8Array;
  /** Nothing in it is new. */
  readonly empty: boolean;
  /** How many items were passed to find where its own stand: not how many the room has. */
  readonly work: number;
  /** Provisions it is about, also gone ones. */
  readonly touched: ReadonlySet<string>;
  /** The clientIDs of new structs. */
  readonly clients: readonly number[];
  /** Words for a text that is no more: nobody will ever see them in the room. They go back to their author. */
  readonly orphaned: readonly OrphanedWords[];
  /** Where it names what stood in a text that is no more: the part that is new here, with all that it deletes. It may have been made before the text was replaced (D24). */
  readonly late: Uint8Array | null;
}

/** Words, the unit they begin with, and the provision and slot they were typed in; both empty where nothing tells any more. */
export interface OrphanedWords { readonly id: string; readonly key: string; readonly words: string; readonly unit: { readonly client: number; readonly clock: number } }

export interface InvalidUpdate {
  readonly ok: false;
  readonly rule: UpdateRule;
  readonly reason: UpdateRefusal;
  /** Something it builds on is not here, or a colleague was faster: the client should join again. Not an attack. */
  readonly resync: boolean;
  /** For the log; contains no words of the text. */
  readonly detail: string;
}

/** Thrown inside the validator, caught at its end, never seen outside. `resync`: perhaps only behind, let the client join again. */
export class RuleViolation {
  constructor(readonly rule: UpdateRule, readonly reason: UpdateRefusal, readonly detail: string, readonly resync: boolean) {}
}

/** Holds one update against the rules: all of them, but in the specs that show of each rule what it alone keeps out. */
export class UpdateRules {
  constructor(private readonly off: UpdateRule | null = null) {}

  /** Goes on only where the rule is off. */
  refuse(rule: UpdateRule, reason: UpdateRefusal, detail: string, resync = false): void {
    if (rule !== this.off) throw new RuleViolation(rule, reason, detail, resync);
  }

  has(rule: UpdateRule): boolean {
    return rule !== this.off;
  }
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

function sectionsOf(structs: readonly Struct[], rules: UpdateRules): Section[] {
  const out: (Section & { structs: Struct[] })[] = [];
  for (const struct of structs) {
    if (!(struct.length > 0)) rules.refuse('D3', 'malformed', 'a struct of no length');
    const last = out.at(-1);
    if (last && last.client === struct.id.client) last.structs.push(struct);
    else {
      if (last && last.client < struct.id.client) rules.refuse('D4', 'not-canonical', 'clients are not in descending order');
      out.push({ client: struct.id.client, from: struct.id.clock, structs: [struct] });
    }
  }
  return out;
}

function deletesOf(clients: ReadonlyMap<number, readonly Range[]>, rules: UpdateRules): Deletes[] {
  const out: Deletes[] = [];
  let above = Infinity;
  for (const [client, ranges] of clients) {
    if (client >= above) rules.refuse('D4', 'not-canonical', 'clients of deletions are not in descending order');
    above = client;
    let end = -1;
    for (const range of ranges) {
      if (!(range.len > 0) || range.clock <= end) rules.refuse('D4', 'not-canonical', 'deleted ranges are not in order, or touch');
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
export function decode(bytes: Uint8Array, rules: UpdateRules): Decoded & { readonly canonical: Uint8Array } {
  const { structs, ds } = Y.decodeUpdate(bytes);
  const decoded: Decoded = { sections: sectionsOf(structs, rules), deletes: deletesOf(ds.clients, rules) };
  const canonical = encode(decoded);
  if (!sameEncoding(bytes, canonical)) rules.refuse('D4', 'not-canonical', 'not the encoding that Yjs writes');
  return { ...decoded, canonical };
}

/** A piece of a decoded struct that the server does not have, with the list it goes to. */
export class NewStruct {
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
  readonly fresh: NewStruct[];
  /** Of a map's key: the item that is its value, unless deleted. */
  tail: Y.Item | NewStruct | null;
  touched: boolean;
  /** Units of text that come and go. */
  inserted: number;
  removed: number;
}
