import { compactRoom, copyDigest, type Edit, type Former, FormerRooms, ROOT, RoomView, type RoomChange, type Sender, type SlotKey, structsIn, type Text, writeEdits } from '@parley/text';
import type { JoinedRoom } from '@parley/protocol';
import * as Y from 'yjs';
import { EncodedRoom } from './encoded-room.ts';
import { FORMERS, type RoomBytes, withFormerRoom } from './stored-room.ts';

/** What one update or one set of edits did to a room. */
export interface Effect {
  /** Provisions whose words or fields changed, that appeared or went. */
  readonly touched: ReadonlySet<string>;
  /** Provisions whose place in the room was written. */
  readonly moved: ReadonlySet<string>;
  /** What was typed into provisions that had been removed before: Yjs takes it and shows it to nobody. */
  readonly lost: readonly Typed[];
  /** What the server itself wrote by it: for an update of a user only what Yjs tidied up on the way. */
  readonly own: readonly Uint8Array[];
}

export interface Typed { readonly provision: string; readonly key: SlotKey; readonly words: readonly { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[] }

const EMPTY_UPDATE = Uint8Array.of(0, 0);
const RECEIVED = Symbol('received');
/** A room is compacted again when it has so many times the structs that it had after the last time, or so many more. */
const GROWN = 3, MORE = 20_000;

/** One Y.Doc on the server, with its text as a value. */
export class Room {
  readonly doc: Y.Doc;
  readonly view: RoomView;
  private readonly root: Y.Map<unknown>;
  private captured: Uint8Array[] = [];
  private touched = new Set<string>();
  private moved = new Set<string>();
  private lost: Typed[] = [];
  private gone: ReadonlySet<string> = new Set();
  /** The same as it is now; null until it is asked for again. */
  private goneNow: ReadonlySet<string> | null = null;
  private consists: string | null = null;
  private readonly encoded: EncodedRoom;
  private formerRooms: FormerRooms | null = null;
  private readonly translators = new Map<string, number>();
  /** It is not worth it to compact it before it has this many structs: most of what is there is needed. */
  compactAbove = 0;

  /** `doc` is taken over as it is; nobody else may hold it. `formers`: what stood before texts of it were replaced, the oldest first. */
  constructor(doc: Y.Doc, private formers: readonly Former[] = []) {
    this.doc = doc;
    this.root = doc.getMap(ROOT);
    this.view = new RoomView(doc);
    this.encoded = new EncodedRoom(doc);
    this.view.onChange((change: RoomChange) => {
      change.touched.forEach((id) => this.touched.add(id));
      if (change.listChanged) this.goneNow = null;
    });
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.consists = null;
      this.encoded.add(update);
      if (origin !== RECEIVED) this.captured.push(update);
    });
    this.root.observeDeep((events) => events.forEach((event) => this.notice(event)));
  }

  get text(): Text {
    return this.view.text;
  }

  /** What it consists of, to be compared with other copies; made once for each state that is asked about. */
  get digest(): string {
    return (this.consists ??= copyDigest(this.doc));
  }

  /** The whole of it; made once for each state that is asked about, so that rooms at rest cost nothing. */
  get bytes(): RoomBytes {
    return { ...this.encoded.whole(), formers: this.formers };
  }

  /** How many structs it consists of. */
  get structs(): number {
    return structsIn(this.doc);
  }

  /** What somebody lacks who has `have`, a state vector; throws when that cannot be read. Some of it may be there already. */
  lacking(have: Uint8Array | undefined): JoinedRoom {
    return this.encoded.lacking(have);
  }

  /** Applies an update that the validator has passed. */
  receive(update: Uint8Array): Effect {
    return this.during(() => Y.applyUpdate(this.doc, update, RECEIVED));
  }

  /** Writes edits as the server. */
  write(edits: readonly Edit[], random: () => number): Effect {
    return this.during(() => writeEdits(this.doc, edits, random));
  }

  /** Replaces texts that consist mostly of what was deleted (D24). */
  compact(): Effect {
    const { update: before } = this.bytes, effect = this.during(() => compactRoom(this.doc)), [compaction] = effect.own;
    if (compaction) {
      this.formers = withFormerRoom(this.formers, { before, compaction });
      this.formerRooms = this.formerRooms?.followedBy({ before, compaction }, FORMERS) ?? null;
    }
    this.compactAbove = Math.min(GROWN * this.structs, this.structs + MORE);
    return effect;
  }

  /** Does to the texts of today what an update, made before they took the place of others, does to those; written under `client`. `taken`: of which units it did. */
  translate(late: Uint8Array, who: Sender, client: number): { readonly effect: Effect; readonly taken: (unit: Y.ID) => boolean } {
    let taken: (unit: Y.ID) => boolean = () => false;
    this.formerRooms ??= FormerRooms.of(this.formers);
    const server = this.doc.clientID;
    try {
      this.doc.clientID = client;
      const effect = this.during(() => { taken = this.formerRooms!.translate(late, this.doc, who); });
      return { effect, taken };
    } finally {
      this.doc.clientID = server;
    }
  }

  /** Under which client id what somebody wrote before is written now; `fresh` makes one. */
  translator(user: string, fresh: () => number): number {
    const client = this.translators.get(user) ?? fresh();
    this.translators.set(user, client);
    return client;
  }

  /** True when it can be told what updates are about that were made before texts of it were replaced. */
  get remembers(): boolean {
    return this.formers.length > 0;
  }

  destroy(): void {
    this.view.destroy();
    this.doc.destroy();
  }

  private during(work: () => void): Effect {
    this.captured = [];
    this.touched = new Set();
    this.moved = new Set();
    this.lost = [];
    this.gone = this.goneNow ??= this.removed();
    work();
    return { touched: this.touched, moved: this.moved, lost: this.lost, own: this.captured };
  }

  /** Removal is a field, so what is removed now is found only by asking each. */
  private removed(): ReadonlySet<string> {
    const gone = new Set<string>();
    if (this.root.size === this.view.text.list.length) return gone;
    for (const id of this.root.keys()) if (!this.view.text.by.has(id)) gone.add(id);
    return gone;
  }

  private notice(event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const [id, key] = event.path as string[];
    if (id === undefined) return void (this.goneNow = null);
    if (key === undefined && event.changes.keys.has('rank')) this.moved.add(id);
    if (key !== undefined && this.gone.has(id) && event instanceof Y.YTextEvent) {
      const words = event.delta.filter((part) => typeof part.insert === 'string');
      if (words.length > 0) this.lost.push({ provision: id, key, words });
    }
  }
}

/** What the record has for a room that was made without a word in it. */
export const emptyUpdate = (): Uint8Array => EMPTY_UPDATE.slice();
