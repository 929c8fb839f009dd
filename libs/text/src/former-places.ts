import * as Y from 'yjs';

/** One step of a change of a text, as Yjs tells it. */
export interface Operation { readonly retain?: number; readonly insert?: string; readonly delete?: number; readonly attributes?: Record<string, unknown> }

/** Units that one client wrote one after the other. */
export interface Run { readonly client: number; readonly clock: number; readonly length: number }

/** What is done at one unit of the former text. */
interface UnitChange { readonly delete?: boolean; readonly attributes?: Record<string, unknown> }

/** Of each unit of a former text the id of the unit that stands for it now. What of them still stands has the same order in both texts. */
export class Places {
  private ids: Y.ID[] | null = null;
  private ended = false;

  constructor(private readonly runs: readonly Run[]) {}

  /** False when something of the former text was not taken over: nothing that comes later knows its place. */
  get follows(): boolean {
    return !this.ended;
  }

  end(): void {
    this.ended = true;
    this.ids = null;
  }

  /** Does to `text` what `delta` did to the former one. What others have written into it meanwhile stays where it stands. */
  write(text: Y.Text, delta: readonly Operation[]): void {
    const { clientID: client } = text.doc!;
    const ids = (this.ids ??= this.runs.flatMap(({ client: of, clock, length }) => Array.from({ length }, (_, i) => Y.createID(of, clock + i))));
    const { changes, inserts, places } = followed(ids, delta), from = Y.getState(text.doc!.store, client);
    text.applyDelta(operations(text, ids, changes, inserts));
    const fresh = unitsBy(text, client, from);
    this.ids = places.map((id) => id ?? fresh.next().value!);
  }
}

/** What a delta does at which unit, what it puts in front of which, and which units there are afterwards: null for new ones. */
function followed(ids: readonly Y.ID[], delta: readonly Operation[]) {
  const changes = new Map<number, UnitChange>(), inserts = new Map<number, Operation[]>(), places: (Y.ID | null)[] = [];
  let at = 0;
  for (const { insert, retain, delete: removed, attributes } of delta) {
    if (insert !== undefined) {
      inserts.set(at, [...(inserts.get(at) ?? []), { insert, ...(attributes && { attributes }) }]);
      for (let i = 0; i < insert.length; i++) places.push(null);
    }
    for (let i = 0; i < (retain ?? 0); i++) {
      if (attributes) changes.set(at, { attributes });
      places.push(ids[at++]!);
    }
    for (let i = 0; i < (removed ?? 0); i++) changes.set(at++, { delete: true });
  }
  for (; at < ids.length; at++) places.push(ids[at]!);
  return { changes, inserts, places };
}

/** The same change as steps for the text as it stands now. Deleted units have no width: where they lie among others is no matter. */
function operations(text: Y.Text, ids: readonly Y.ID[], changes: ReadonlyMap<number, UnitChange>, inserts: ReadonlyMap<number, readonly Operation[]>): Operation[] {
  const steps = new Steps(), placeOf = placesIn(text);
  let behind = 0;
  for (let i = 0; i <= ids.length; i++) {
    for (const put of inserts.get(i) ?? []) steps.put(behind, put);
    if (i === ids.length) break;
    const { at, live } = placeOf(ids[i]!), change = changes.get(i);
    behind = Math.max(behind, live ? at + 1 : at);
    if (live && change) steps.change(at, change);
  }
  return steps.all;
}

/** Where a unit stands in a text, counted in words that are there, and whether it is one of them. */
function placesIn(text: Y.Text): (id: Y.ID) => { readonly at: number; readonly live: boolean } {
  const starts = new Map<Y.Item, number>();
  let length = 0;
  for (let item = text._start; item !== null; item = item.right) {
    starts.set(item, length);
    if (!item.deleted && item.content instanceof Y.ContentString) length += item.length;
  }
  return (id) => {
    const item = Y.getItem(text.doc!.store, id), start = starts.get(item) ?? length, live = !item.deleted && starts.has(item);
    return { at: live ? start + id.clock - item.id.clock : start, live };
  };
}

/** Steps of a change in order, those that do the same joined. */
class Steps {
  readonly all: Operation[] = [];
  private reached = 0;

  put(at: number, insert: Operation): void {
    this.goTo(at);
    this.all.push(insert);
  }

  change(at: number, change: UnitChange): void {
    this.goTo(at);
    this.reached += 1;
    this.join(change.delete ? { delete: 1 } : { retain: 1, attributes: change.attributes! });
  }

  private goTo(at: number): void {
    if (at > this.reached) this.all.push({ retain: at - this.reached });
    this.reached = Math.max(this.reached, at);
  }

  private join(step: Operation): void {
    const last = this.all.at(-1);
    if (step.delete && last?.delete) this.all[this.all.length - 1] = { delete: last.delete + 1 };
    else if (step.retain && last?.retain && last.attributes === step.attributes) this.all[this.all.length - 1] = { retain: last.retain + 1, attributes: step.attributes! };
    else this.all.push(step);
  }
}

/** The ids of the words that a client has written in a text from a clock on, in the order in which they stand. */
function* unitsBy(text: Y.Text, client: number, from: number): Generator<Y.ID, undefined> {
  for (let item = text._start; item !== null; item = item.right) {
    if (item.id.client !== client || item.id.clock + item.length <= from || !(item.content instanceof Y.ContentString)) continue;
    for (let clock = Math.max(from, item.id.clock); clock < item.id.clock + item.length; clock++) yield Y.createID(client, clock);
  }
  return undefined;
}
