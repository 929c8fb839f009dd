import * as Y from 'yjs';
import { type EachWritten, Knowledge } from './validator-knowledge.ts';
import { Budget, type ExistingOrder, IntegrationOrder } from './validator-order.ts';
import { NewStruct, type UpdateRules, type Level, type List, type SharedType } from './validator-structs.ts';
import { ROOT } from './room-shape.ts';

/** Whoever holds a clock: a struct of the server's document, or one of this update that was placed already. */
export type Owner = Y.Item | Y.GC | NewStruct;

const sameId = (a: Y.ID | null, b: Y.ID | null): boolean => a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/**
 * The server's document with the placed part of an update laid over it. Nothing of the document is changed, and nothing is looked for
 * by scanning but the gap between two origins.
 */
export class Lists {
  readonly root: SharedType | undefined;
  private readonly store: Y.Doc['store'];
  private readonly placed = new Map<number, NewStruct[]>();
  private readonly texts = new Map<object, List>();
  private readonly keys = new Map<object, Map<string, List>>();
  private readonly freshTypes = new Map<object, NewStruct>();
  private readonly orders = new Map<List, IntegrationOrder>();
  private readonly known = new Map<number, Knowledge>();
  readonly budget: Budget;
  /** Stands in as the parent of entries while the document has no root yet. */
  private readonly noRoot = {};
  readonly gone: List = newList('gone', null, null, '', '');

  constructor(doc: Y.Doc, private readonly rules: UpdateRules) {
    this.budget = new Budget(rules);
    this.store = doc.store;
    this.root = doc.share.get(ROOT) as SharedType | undefined;
  }

  /** The first clock of `client` that nobody has: neither the document nor what was placed. */
  state(client: number): number {
    return this.placed.get(client)?.at(-1)?.end ?? Y.getState(this.store, client);
  }

  structsOf(client: number): readonly (Y.Item | Y.GC)[] {
    return this.store.clients.get(client) ?? [];
  }

  /** What was placed of `client` and holds a clock from `clock` to before `end`. */
  *freshIn(client: number, clock: number, end: number): Iterable<NewStruct> {
    const fresh = this.placed.get(client) ?? [];
    for (let i = firstEndingAfter(fresh, clock); i < fresh.length && fresh[i]!.clock < end; i++) yield fresh[i]!;
  }

  at(id: Y.ID): Owner | undefined {
    const fresh = this.placed.get(id.client);
    if (fresh && id.clock >= fresh[0]!.clock) return fresh[firstEndingAfter(fresh, id.clock)];
    const structs = this.store.clients.get(id.client);
    return structs && id.clock < Y.getState(this.store, id.client) ? structs[Y.findIndexSS(structs, id.clock)] : undefined;
  }

  listOf(owner: Owner): List {
    if (owner instanceof NewStruct) return owner.list;
    return owner instanceof Y.Item ? this.under(owner.parent as SharedType, owner.parentSub) : this.gone;
  }

  /** The list under `sub` of the root. */
  entry(sub: string): List {
    return this.root ? this.under(this.root, sub) : this.keyed(this.noRoot, sub, () => newList('root', null, sub, sub, sub));
  }

  /** The list under a shared type, of the document or of this update; it says itself when it is not one a room has. */
  under(type: SharedType, sub: string | null): List {
    if (sub === null) {
      const found = this.texts.get(type);
      if (found) return found;
      const made = this.newUnder(type, null);
      this.texts.set(type, made);
      return made;
    }
    return this.keyed(type, sub, () => this.newUnder(type, sub));
  }

  private keyed(parent: object, sub: string, make: () => List): List {
    let keys = this.keys.get(parent);
    if (!keys) this.keys.set(parent, (keys = new Map<string, List>()));
    let list = keys.get(sub);
    if (!list) keys.set(sub, (list = make()));
    return list;
  }

  private newUnder(type: SharedType, sub: string | null): List {
    const { level, id, key } = this.home(type);
    if ((sub === null) !== (level === 'text')) this.rules.refuse('D12', 'bad-shape', `${level} has no such list`);
    const list = newList(level, type, sub, id || sub!, level === 'text' ? key : sub!);
    list.tail = (sub === null ? undefined : type._map.get(sub)) ?? null;
    return list;
  }

  /** What may stand directly under `type`, and of which provision and slot it is. */
  private home(type: SharedType): { level: Level; id: string; key: string } {
    if (type === this.root) return { level: 'root', id: '', key: '' };
    const fresh = this.freshTypes.get(type);
    if (fresh) return this.below(fresh.list.level, fresh.list.id, fresh.list.key);
    const above = type._item?.parent as SharedType | undefined;
    if (above && above === this.root) return this.below('root', type._item!.parentSub!, '');
    if (above?._item && (above._item.parent as unknown) === this.root) return this.below('provision', above._item.parentSub!, type._item!.parentSub!);
    return this.below('text', '', '');
  }

  /** What lies in a shared type that stands in a list of this level. */
  private below(level: Level, id: string, key: string): { level: Level; id: string; key: string } {
    if (level === 'root') return { level: 'provision', id, key: '' };
    if (level !== 'provision') this.rules.refuse('D12', 'bad-shape', 'a shared type that no room has');
    return { level: 'text', id, key };
  }

  /** The item that holds a shared type. */
  ownerOf(type: SharedType): Y.Item | NewStruct | null {
    return this.freshTypes.get(type) ?? type._item;
  }

  /** True while an item is the value of its key, whether deleted or not. */
  isTail(owner: Y.Item | NewStruct): boolean {
    return (owner instanceof NewStruct ? owner.list.tail : this.tailOf(owner.parent as SharedType, owner.parentSub!)) === owner;
  }

  /** How many units a text will hold. */
  wordsIn(text: SharedType): number {
    const known = this.freshTypes.has(text) ? 0 : (text as Y.Text)._length;
    const list = this.texts.get(text);
    return list ? known + list.inserted - list.removed : known;
  }

  /** Every list that was looked at. */
  *all(): Iterable<List> {
    yield this.gone;
    yield* this.texts.values();
    for (const keys of this.keys.values()) yield* keys.values();
  }

  /** The list of a key without making one; the document's own value when nothing of the update concerns it. */
  tailOf(type: SharedType, key: string): Y.Item | NewStruct | null {
    return this.keys.get(type)?.get(key)?.tail ?? type._map.get(key) ?? null;
  }

  /** Takes an item whose origins, parent and content were found right, if its place is. */
  place(fresh: NewStruct): void {
    const { list } = fresh;
    if (list.level !== 'gone' && !this.fits(fresh)) this.rules.refuse('D11', 'misplaced', `${fresh.client}:${fresh.clock} does not stand between its origins`);
    list.fresh.push(fresh);
    list.touched = true;
    if (fresh.content instanceof Y.ContentType) this.freshTypes.set(fresh.content.type, fresh);
    const placed = this.placed.get(fresh.client);
    if (placed) placed.push(fresh);
    else this.placed.set(fresh.client, [fresh]);
  }

  private fits(fresh: NewStruct): boolean {
    const { list } = fresh;
    if (list.level !== 'text' && fresh.rightOrigin) return false;
    const order = this.orders.get(list);
    if (!order && list.level === 'text') {
      if (list.fresh.length === 0 ? this.fitsGap(fresh) : continues(list.fresh.at(-1)!, fresh)) return true;
    }
    if (!order && list.level !== 'text' && sameId(fresh.origin, list.tail ? lastIdOf(list.tail) : null)) {
      list.tail = fresh;
      return true;
    }
    return this.fitsSketch(fresh, order ?? this.order(list));
  }

  private fitsSketch(fresh: NewStruct, order: IntegrationOrder): boolean {
    if (!order.insert(fresh)) return false;
    if (fresh.list.level === 'text') return true;
    const last = order.lastId!;
    if (last.client === fresh.client && last.clock === fresh.end - 1) fresh.list.tail = fresh;
    return true;
  }

  /** The first new item of a text, between two units that stand side by side in the document: nearly every keystroke. */
  private fitsGap({ origin, rightOrigin, list }: NewStruct): boolean {
    const left = (origin && this.at(origin)) as Y.Item | null;
    const right = (rightOrigin && this.at(rightOrigin)) as Y.Item | null;
    if (left && left === right) return origin!.clock + 1 === rightOrigin!.clock;
    if (left && left.id.clock + left.length !== origin!.clock + 1) return false;
    if (right && right.id.clock !== rightOrigin!.clock) return false;
    return (left ? left.right : this.startOf(list)) === right;
  }

  /** The first item of a list in the document; null for one that this update makes. */
  private startOf({ parent, sub }: List): Y.Item | null {
    if (!parent) return null;
    let start = (sub === null ? parent._start : parent._map.get(sub)) ?? null;
    for (; sub !== null && start?.left; start = start.left) this.budget.spend();
    return start;
  }

  private order(list: List): IntegrationOrder {
    const order = new IntegrationOrder(this.groundOf(list), this.budget);
    for (const fresh of list.fresh) order.insert(fresh);
    this.orders.set(list, order);
    return order;
  }

  /** What the document has of a list. */
  private groundOf(list: List): ExistingOrder {
    const { parent, sub } = list;
    return {
      start: () => this.startOf(list),
      end: () => (sub === null ? null : parent?._map.get(sub) ?? null),
      at: (id) => {
        const found = id.clock < Y.getState(this.store, id.client) ? this.structsOf(id.client)[Y.findIndexSS(this.store.clients.get(id.client)!, id.clock)] : undefined;
        return found instanceof Y.Item && found.parent === parent && found.parentSub === sub ? found : null;
      },
      knownTo: (fresh) => this.knownTo(fresh),
    };
  }

  /** What the author of an item knew when writing it. Items of one author are asked about in the order of their clocks. */
  private knownTo({ client, clock, origin, rightOrigin }: NewStruct): Knowledge {
    const known = this.known.get(client) ?? new Knowledge(client, this.eachWritten);
    this.known.set(client, known);
    known.writes(clock, origin, rightOrigin);
    return known;
  }

  /** In the document, and behind that in what was placed of this update. */
  private readonly eachWritten: EachWritten = (client, from, to, named) => {
    const structs = this.structsOf(client), state = Y.getState(this.store, client);
    for (let i = from < state ? Y.findIndexSS(structs as (Y.Item | Y.GC)[], from) : structs.length; i < structs.length && structs[i]!.id.clock <= to; i++) {
      const struct = structs[i]!;
      this.budget.spend();
      if (!(struct instanceof Y.Item) || struct.id.clock < from) continue;
      named(struct.origin);
      named(struct.rightOrigin);
    }
    for (const { origin, rightOrigin } of to < state ? [] : this.freshIn(client, Math.max(from, state), to + 1)) {
      this.budget.spend();
      named(origin);
      named(rightOrigin);
    }
  };
}

/** The index of the first that ends behind `clock`; its length when there is none. */
function firstEndingAfter(fresh: readonly NewStruct[], clock: number): number {
  let low = 0;
  for (let high = fresh.length; low < high;) {
    const mid = (low + high) >> 1;
    if (fresh[mid]!.end <= clock) low = mid + 1;
    else high = mid;
  }
  return low;
}

const lastIdOf = (tail: Y.Item | NewStruct): Y.ID => (tail instanceof NewStruct ? Y.createID(tail.client, tail.end - 1) : tail.lastId);

/** The same author writes on, right behind what it wrote before. */
const continues = (before: NewStruct, now: NewStruct): boolean =>
  now.client === before.client && now.origin?.client === before.client && now.origin.clock === before.end - 1 && sameId(now.rightOrigin, before.rightOrigin);

const newList = (level: Level, parent: SharedType | null, sub: string | null, id: string, key: string): List =>
  ({ level, parent, sub, id, key, fresh: [], tail: null, touched: false, inserted: 0, removed: 0 });
