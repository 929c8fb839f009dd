import * as Y from 'yjs';
import { validateUpdate } from './update-validator.ts';
import { hasRoomForWords } from './validator-capacity.ts';
import { type Decoded, decode, type Deletes, encode, UpdateRules, type Range, type Section, type Sender, type Struct } from './validator-structs.ts';
import { type Operation, Places, type Run } from './former-places.ts';
import type { SlotKey } from './provision.ts';
import { textAt } from './room-shape.ts';
import { SLOT_LIMIT } from './slot.ts';

/** Where a text stands. */
export interface Slotted { readonly provision: string; readonly key: SlotKey }

/** A text that was replaced: where it stood, and the ids of the units of the one that took its place. */
interface Replaced extends Slotted { readonly places: Places }

interface Change { readonly of: Replaced; readonly delta: readonly Operation[] }

/** Where what was done to a replaced text is to be done now: the text in its place, none where there is none; and whether nothing of it is missing there. */
export interface Successor { readonly text: Y.Text | undefined; readonly follows: boolean }

/**
 * A room as it was right before texts of it were replaced (D24), for updates that were made before and come later. Such an update is laid over the room as its author
 * knew it and held against the validator there; what it does to a replaced text is passed on to the one that took its place.
 */
export class FormerRoom {
  private readonly doc = new Y.Doc();
  private readonly texts = new Map<Y.Text, Replaced>();
  private readonly bySlot = new Map<string, Replaced>();
  /** The items that hold them: by client, their clocks in order. */
  private readonly owners = new Map<number, number[]>();
  private changes: Change[] = [];
  /** How far everybody had written when the texts were replaced. */
  private readonly atFirst: ReadonlyMap<number, number>;

  /** `before`: the whole room right before. `compaction`: the update that replaced its texts. Both as `compactRoom` left them. */
  constructor(before: Uint8Array, compaction: Uint8Array) {
    Y.applyUpdate(this.doc, before);
    this.atFirst = Y.decodeStateVector(Y.encodeStateVector(this.doc));
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => { transaction._needFormattingCleanup = false; });
    for (const [owner, runs] of replacedBy(compaction)) this.replace(owner, runs);
    for (const clocks of this.owners.values()) clocks.sort((a, b) => a - b);
  }

  /** Lays `late` (of the validator's answer about `now`, which does not hold it yet) over this room. Where it does not fit what it names, nothing is laid. */
  lay(late: Uint8Array, now: Y.Doc, who: Sender): void {
    const update = this.known(decode(late, new UpdateRules()));
    this.changes = [];
    this.catchUp(update, now);
    const sections = reachable(update.sections, this.doc), ends = new Map(sections.map(({ client, structs }) => [client, structs.at(-1)!.id.clock + structs.at(-1)!.length]));
    const deletes = update.deletes.map((of) => ({ client: of.client, ranges: this.inTexts(of, ends, who) })).filter(({ ranges }) => ranges.length > 0);
    const verdict = validateUpdate(this.doc, encode({ sections, deletes }), who);
    this.changes = [];
    if (verdict.ok) Y.applyUpdate(this.doc, verdict.update);
  }

  /** Does what was laid over replaced texts, or passed on to them, to what stands in their place; where there is no place for it in `now`, nothing. */
  pass(now: Y.Doc, who: Sender, successorOf: (of: Slotted) => Successor): void {
    for (const { of, delta, text } of this.fitting(now, who, successorOf)) of.places.write(text, delta);
    this.changes = [];
  }

  /** The text that was replaced there, as it was; none where nothing was. What is done to it is passed on. */
  replacedAt({ provision, key }: Slotted): Successor | null {
    const of = this.bySlot.get(slotName(provision, key));
    return of ? { text: textAt(this.doc, provision, key), follows: of.places.follows } : null;
  }

  /** The replaced text of which a unit is a word, if all that was done to it has been passed on. */
  takenInto(id: Y.ID): Slotted | null {
    const item = id.clock < Y.getState(this.doc.store, id.client) ? Y.getItem(this.doc.store, id) : null;
    const of = item instanceof Y.Item ? this.texts.get(item.parent as Y.Text) : undefined;
    return of?.places.follows ? of : null;
  }

  private replace(owner: Y.ID, runs: readonly Run[]): void {
    const item = Y.getItem(this.doc.store, owner), text = item.content instanceof Y.ContentType ? item.content.type : null;
    const provision = (item.parent as Y.AbstractType<unknown>)._item?.parentSub;
    if (!(text instanceof Y.Text) || item.parentSub === null || typeof provision !== 'string') return;
    const of: Replaced = { provision, key: item.parentSub, places: new Places(runs) };
    this.texts.set(text, of);
    this.bySlot.set(slotName(provision, of.key), of);
    const clocks = this.owners.get(owner.client);
    if (clocks) clocks.push(owner.clock);
    else this.owners.set(owner.client, [owner.clock]);
    text.observe((event) => { this.changes.push({ of, delta: event.delta as Operation[] }); });
  }

  /** Who deletes a replaced text itself has seen what took its place: the deletions of such an update are none of the author's. */
  private known(update: Decoded): Decoded {
    const knewOfIt = update.deletes.some(({ client, ranges }) => {
      const clocks = this.owners.get(client);
      return clocks !== undefined && ranges.some(({ clock, len }) => { const next = firstFrom(clocks, clock); return next !== undefined && next < clock + len; });
    });
    return knewOfIt ? { ...update, deletes: [] } : update;
  }

  /** What the same pages wrote before `update` and after this room was left, into texts that were not replaced. */
  private catchUp({ sections }: Decoded, now: Y.Doc): void {
    const missing = sections.flatMap(({ client, from }) => {
      const state = Y.getState(this.doc.store, client), structs = now.store.clients.get(client) as (Y.Item | Y.GC)[] | undefined;
      return structs && state < from ? [{ client, from: state, structs: structs.slice(Y.findIndexSS(structs, state)) }] : [];
    });
    if (missing.length > 0) Y.applyUpdate(this.doc, encode({ sections: reachable(missing, this.doc), deletes: [] }));
  }

  /** What of some deletions is in a replaced text, or in what is put there now. What others put there late nobody has ever seen there. */
  private inTexts({ client, ranges }: Deletes, ends: ReadonlyMap<number, number>, { mayWriteAs }: Sender): Range[] {
    const known = (this.doc.store.clients.get(client) ?? []) as (Y.Item | Y.GC)[], state = Y.getState(this.doc.store, client);
    const end = ends.get(client) ?? state, seen = mayWriteAs(client) ? Infinity : (this.atFirst.get(client) ?? 0);
    return ranges.flatMap(({ clock, len }) => {
      const found: Range[] = [];
      for (let i = clock < state ? Y.findIndexSS(known, clock) : known.length; i < known.length && known[i]!.id.clock < clock + len; i++) {
        const struct = known[i]!, from = Math.max(clock, struct.id.clock), to = Math.min(clock + len, struct.id.clock + struct.length, seen);
        if (struct instanceof Y.Item && this.texts.has(struct.parent as Y.Text)) add(found, from, to);
      }
      if (clock + len > state) add(found, Math.max(clock, state), Math.min(clock + len, end));
      return found;
    });
  }

  /** What there is place for; where there is none, this text follows nothing any more. */
  private fitting(now: Y.Doc, who: Sender, successorOf: (of: Slotted) => Successor): (Change & { readonly text: Y.Text })[] {
    const grown = ({ delta }: Change): number => delta.reduce((n, op) => n + (op.insert?.length ?? 0) - (op.delete ?? 0), 0);
    const place = hasRoomForWords(now, who, this.changes.reduce((n, change) => n + Math.max(0, grown(change)), 0));
    return this.changes.flatMap((change) => {
      const { of } = change, { text, follows } = successorOf(of);
      const fits = of.places.follows && follows && text !== undefined && (grown(change) <= 0 || (place && text.length + grown(change) <= SLOT_LIMIT));
      if (fits) return [{ ...change, text }];
      of.places.end();
      return [];
    });
  }
}

const slotName = (provision: string, key: SlotKey): string => `${provision} ${key}`;

/** The first of some clocks in order that is not below `clock`. */
function firstFrom(clocks: readonly number[], clock: number): number | undefined {
  let [low, high] = [0, clocks.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (clocks[mid]! < clock) low = mid + 1;
    else high = mid;
  }
  return clocks[low];
}

function add(ranges: Range[], from: number, to: number): void {
  const last = ranges.at(-1);
  if (to <= from) return;
  if (last && last.clock + last.len === from) ranges[ranges.length - 1] = { clock: last.clock, len: to - last.clock };
  else ranges.push({ clock: from, len: to - from });
}

/** What of an update builds on nothing but what is in `doc`: of each page all that it wrote before it saw anything newer. */
function reachable(sections: readonly Section[], doc: Y.Doc): Section[] {
  const ends = new Map<number, number>(), counts = new Map<Section, number>();
  const state = (client: number): number => ends.get(client) ?? Y.getState(doc.store, client);
  const isKnown = (id: unknown): boolean => !(id instanceof Y.ID) || id.clock < state(id.client);
  const builds = (struct: Struct): boolean => !(struct instanceof Y.Skip) && (!(struct instanceof Y.Item) || [struct.origin, struct.rightOrigin, struct.parent].every(isKnown));
  for (let progress = true; progress;) {
    progress = false;
    for (const section of sections) {
      let count = counts.get(section) ?? 0;
      for (; count < section.structs.length && section.from <= state(section.client) && builds(section.structs[count]!); count++) {
        ends.set(section.client, section.structs[count]!.id.clock + section.structs[count]!.length);
        progress = true;
      }
      counts.set(section, count);
    }
  }
  return sections.map((section) => ({ ...section, structs: section.structs.slice(0, counts.get(section)) })).filter(({ structs }) => structs.length > 0);
}

/** Per replaced text the id of the item that held it, and the runs of words that were put into the new one. */
function replacedBy(compaction: Uint8Array): [Y.ID, Run[]][] {
  const found: [Y.ID, Run[]][] = [];
  for (const struct of Y.decodeUpdate(compaction).structs) {
    if (!(struct instanceof Y.Item)) continue;
    if (struct.content instanceof Y.ContentType && struct.origin) found.push([struct.origin, []]);
    else if (struct.content instanceof Y.ContentString) found.at(-1)?.[1].push({ client: struct.id.client, clock: struct.id.clock, length: struct.length });
  }
  return found;
}
