import * as Y from 'yjs';
import { judge } from './door.ts';
import { takesWords } from './door-room.ts';
import { type Decoded, decode, type Deletes, encode, Guard, type Range, type Section, type Sender, type Struct } from './door-structs.ts';
import { type Operation, Places, type Run } from './former-places.ts';
import type { SlotKey } from './provision.ts';
import { textAt } from './room-shape.ts';
import { SLOT_LIMIT } from './slot.ts';

/** A text that was replaced: where it stood, and the ids of the units of the one that took its place. */
interface Replaced { readonly provision: string; readonly key: SlotKey; readonly places: Places }

interface Change { readonly of: Replaced; readonly delta: readonly Operation[] }

/**
 * A room as it was right before its texts were last replaced (D24), for updates that were made before and come later. Such an update is laid over the room as its author
 * knew it, held against the door there, and what it does to a replaced text is done to the one that stands in its place.
 */
export class FormerRoom {
  private readonly doc = new Y.Doc();
  private readonly texts = new Map<Y.Text, Replaced>();
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

  /**
   * Does to `now` what `late` (of the door's answer about `now`, which does not hold it yet) does to texts that were replaced, in one transaction, writing under the client id
   * of `now`. Gives whether a unit of `late` was a word for such a text and went where it belongs. Where there is no place for it, or it does not fit what it names, nothing is written.
   */
  translate(late: Uint8Array, now: Y.Doc, who: Sender): (id: Y.ID) => boolean {
    const update = this.known(decode(late, new Guard()));
    this.catchUp(update, now);
    const sections = reachable(update.sections, this.doc), ends = new Map(sections.map(({ client, structs }) => [client, structs.at(-1)!.id.clock + structs.at(-1)!.length]));
    const deletes = update.deletes.map((of) => ({ client: of.client, ranges: this.inTexts(of, ends, who) })).filter(({ ranges }) => ranges.length > 0);
    const verdict = judge(this.doc, encode({ sections, deletes }), who);
    if (!verdict.ok) return () => false;
    this.changes = [];
    Y.applyUpdate(this.doc, verdict.update);
    const kept = this.fitting(this.changes, now, who);
    if (kept.length > 0) now.transact(() => kept.forEach(({ of, delta }) => of.places.write(textAt(now, of.provision, of.key)!, delta, now.clientID)));
    return (id) => this.wasTaken(id);
  }

  private replace(owner: Y.ID, runs: readonly Run[]): void {
    const item = Y.getItem(this.doc.store, owner), text = item.content instanceof Y.ContentType ? item.content.type : null;
    const provision = (item.parent as Y.AbstractType<unknown>)._item?.parentSub;
    if (!(text instanceof Y.Text) || item.parentSub === null || typeof provision !== 'string') return;
    const of: Replaced = { provision, key: item.parentSub, places: new Places(runs) };
    this.texts.set(text, of);
    const clocks = this.owners.get(owner.client);
    if (clocks) clocks.push(owner.clock);
    else this.owners.set(owner.client, [owner.clock]);
    text.observe((event) => { this.changes.push({ of, delta: event.delta as Operation[] }); });
  }

  /** Who deletes a replaced text itself has seen what took its place: the deletions of such an update are none of the author's. */
  private known(update: Decoded): Decoded {
    const sawIt = update.deletes.some(({ client, ranges }) => {
      const clocks = this.owners.get(client);
      return clocks !== undefined && ranges.some(({ clock, len }) => { const next = firstFrom(clocks, clock); return next !== undefined && next < clock + len; });
    });
    return sawIt ? { ...update, deletes: [] } : update;
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
  private fitting(changes: readonly Change[], now: Y.Doc, who: Sender): Change[] {
    const grown = ({ delta }: Change): number => delta.reduce((n, op) => n + (op.insert?.length ?? 0) - (op.delete ?? 0), 0);
    const place = takesWords(now, who, changes.reduce((n, change) => n + Math.max(0, grown(change)), 0));
    return changes.filter((change) => {
      const { of } = change, text = textAt(now, of.provision, of.key);
      const fits = of.places.follows && text !== undefined && (grown(change) <= 0 || (place && text.length + grown(change) <= SLOT_LIMIT));
      if (!fits) of.places.end();
      return fits;
    });
  }

  private wasTaken(id: Y.ID): boolean {
    const item = id.clock < Y.getState(this.doc.store, id.client) ? Y.getItem(this.doc.store, id) : null;
    return item instanceof Y.Item && this.texts.get(item.parent as Y.Text)?.places.follows === true;
  }
}

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
  for (let progress = true; progress; ) {
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
