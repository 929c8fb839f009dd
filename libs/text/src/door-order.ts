import * as Y from 'yjs';
import { ByClock } from './door-clocks.ts';
import { GAP_STEP, WORK_LIMIT } from './door-limits.ts';
import type { Fresh, Guard } from './door-structs.ts';

/** Counts what it takes to place an update, and ends it when that is too much. */
export class Budget {
  spent = 0;

  constructor(private readonly guard: Guard) {}

  spend(steps = 1): void {
    this.spent += steps;
    if (this.spent > WORK_LIMIT) this.guard.refuse('D22', 'limit', 'too much work to place');
  }
}

/** The list of the document that is drawn over: looked at where an update touches it, and nowhere else. */
export interface Ground {
  /** Its first item in the document. */
  start(): Y.Item | null;
  /** Its last item in the document. */
  end(): Y.Item | null;
  /** The item of the document that holds `id`, when it lies in this list. */
  at(id: Y.ID): Y.Item | null;
  /** The items of this list among what `client` has written in the document from `from` to `to`, both included. */
  between(client: number, from: number, to: number): Iterable<Y.Item>;
  /** The last clock of `client` in the document, wherever; -1 for none. */
  lastClock(client: number): number;
}

interface Node {
  client: number;
  clock: number;
  end: number;
  origin: Y.ID | null;
  rightOrigin: Y.ID | null;
  /** Undefined while it is the right neighbour of `item` in the document and nobody has looked at that. */
  right: Node | null | undefined;
  /** The item of the document of which this is the last piece. */
  item: Y.Item | null;
}

const same = (a: Y.ID | null, b: Y.ID | null): boolean => a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/** What somebody must have known when writing: of each client the last clock. `todo`: ids from which that was not followed yet. */
interface Knowledge { readonly last: Map<number, number>; readonly todo: (Y.ID | null)[] }

/**
 * One list of a room as it will be, item by item: what Yjs does on integration (`Item.integrate`, the YATA rules), done on a drawing of the
 * list. Needed when an update puts several items into one list in other than reading order; plain typing never comes here. Of the list in the document only that is
 * drawn which an item stands beside, or which lies between its origins.
 */
export class Sketch {
  private first: Node | null | undefined;
  private last: Node | null | undefined;
  /** Per client, what is drawn. */
  private readonly nodes = new Map<number, ByClock<Node>>();
  private readonly knowledge = new Map<number, Knowledge>();

  constructor(private readonly ground: Ground, private readonly budget: Budget) {}

  /** The id of the last unit of the list. */
  get lastId(): { client: number; clock: number } | null {
    if (this.last === undefined) return this.ground.end()?.lastId ?? null;
    return this.last && { client: this.last.client, clock: this.last.end - 1 };
  }

  /**
   * Puts an item where Yjs will; false when that is not between its origins, or when its author knew of something between them.
   *
   * Whoever inserts sees nothing between the two origins, so what stands there now must be unknown to the author: not written by it, nor
   * by anyone before something it names, nor named by any of that, and so on. Without this rule updates pass with which peers that
   * receive them in another order show different text for ever (measured: one room in ten); with it every list is one that honest
   * members could have written, and those converge.
   */
  insert(fresh: Fresh): boolean {
    const left = fresh.origin ? this.endingAt(fresh.origin) : null;
    const right = fresh.rightOrigin ? this.startingAt(fresh.rightOrigin) : null;
    if (left === undefined || right === undefined) return false;
    if (left && left.end !== fresh.origin!.clock + 1) return false; // the right origin stood in the same item, further left
    const known = this.knownTo(fresh.client);
    known.todo.push(fresh.origin, fresh.rightOrigin);
    for (let node = this.behind(left); node !== right; node = this.behind(node)) {
      if (node === null || this.knows(known, node)) return false;
      this.budget.spend(GAP_STEP);
    }
    const node: Node = { client: fresh.client, clock: fresh.clock, end: fresh.end, origin: fresh.origin, rightOrigin: fresh.rightOrigin, right: null, item: null };
    this.link(node, this.settle(node, left, right));
    known.todo.push(Y.createID(fresh.client, fresh.end - 1));
    return true;
  }

  /** The right neighbour; of nothing, the first of the list. */
  private behind(node: Node | null): Node | null {
    if (node) return (node.right = node.right === undefined ? this.drawn(node.item!.right) : node.right);
    return (this.first = this.first === undefined ? this.drawn(this.ground.start()) : this.first);
  }

  /** The first piece of an item of the document. */
  private drawn(item: Y.Item | null): Node | null {
    if (item === null) return null;
    const { id: { client, clock }, origin, rightOrigin } = item;
    const found = this.at({ client, clock });
    if (found) return found;
    const node: Node = { client, clock, end: clock + item.length, origin, rightOrigin, right: undefined, item };
    this.enter(node);
    return node;
  }

  private knownTo(author: number): Knowledge {
    let known = this.knowledge.get(author);
    if (!known) {
      const last = Math.max(this.ground.lastClock(author), (this.nodes.get(author)?.last?.end ?? 0) - 1);
      this.knowledge.set(author, (known = { last: new Map<number, number>(), todo: last < 0 ? [] : [Y.createID(author, last)] }));
    }
    return known;
  }

  /** Whether the author knew of what stands there. What he knew is followed no further than it takes to say so. */
  private knows(known: Knowledge, { client, clock }: Node): boolean {
    const reached = (): boolean => clock <= (known.last.get(client) ?? -1);
    while (!reached() && known.todo.length > 0) this.learn(known, known.todo.pop()!);
    return reached();
  }

  /** Adds a unit and all that its client wrote before it; what that was written next to is to be followed. Each item is looked at once per author. */
  private learn({ last, todo }: Knowledge, id: Y.ID | null): void {
    const before = id ? (last.get(id.client) ?? -1) : Infinity;
    if (!id || id.clock <= before) return;
    last.set(id.client, id.clock);
    for (const { origin, rightOrigin } of this.ground.between(id.client, before + 1, id.clock)) follow(origin, rightOrigin);
    for (const { item, origin, rightOrigin } of this.nodes.get(id.client)?.between(before + 1, id.clock) ?? []) {
      this.budget.spend();
      if (!item) follow(origin, rightOrigin);
    }
    function follow(origin: Y.ID | null, rightOrigin: Y.ID | null): void {
      for (const next of [origin, rightOrigin]) if (next && next.clock > (last.get(next.client) ?? -1)) todo.push(next);
    }
  }

  /** Yjs' own search for the left neighbour among items that others put into the same gap. */
  private settle(node: Node, origin: Node | null, right: Node | null): Node | null {
    let left = origin;
    const before = new Set<Node>();
    const conflicting = new Set<Node>();
    for (let other = this.behind(origin); other !== null && other !== right; other = this.behind(other)) {
      this.budget.spend(GAP_STEP);
      before.add(other);
      conflicting.add(other);
      if (same(node.origin, other.origin)) {
        if (other.client < node.client) {
          left = other;
          conflicting.clear();
        } else if (same(node.rightOrigin, other.rightOrigin)) break;
      } else {
        const seen = other.origin && this.at(other.origin);
        if (!seen || !before.has(seen)) break;
        if (!conflicting.has(seen)) {
          left = other;
          conflicting.clear();
        }
      }
    }
    return left;
  }

  private link(node: Node, left: Node | null): void {
    node.right = this.behind(left);
    if (left) left.right = node;
    else this.first = node;
    if (node.right === null) this.last = node;
    this.enter(node);
  }

  private enter(node: Node): void {
    let nodes = this.nodes.get(node.client);
    if (!nodes) this.nodes.set(node.client, (nodes = new ByClock<Node>()));
    nodes.add(node);
  }

  /** What is drawn there. */
  private at(id: Y.ID): Node | undefined {
    const found = this.nodes.get(id.client)?.upTo(id.clock);
    return found && id.clock < found.end ? found : undefined;
  }

  /** The same, drawn now if the document has it. */
  private drawnAt(id: Y.ID): Node | undefined {
    return this.at(id) ?? this.drawn(this.ground.at(id)) ?? undefined;
  }

  /** The node whose first unit is `id`, cut there if need be. */
  private startingAt(id: Y.ID): Node | undefined {
    const node = this.drawnAt(id);
    return !node || node.clock === id.clock ? node : this.cut(node, id.clock);
  }

  private endingAt(id: Y.ID): Node | undefined {
    const node = this.drawnAt(id);
    if (node && node.end !== id.clock + 1) this.cut(node, id.clock + 1);
    return node;
  }

  private cut(node: Node, clock: number): Node {
    const rest: Node = { ...node, clock, origin: Y.createID(node.client, clock - 1) };
    node.end = clock;
    node.right = rest;
    node.item = null;
    if (rest.right === null) this.last = rest;
    this.enter(rest);
    return rest;
  }
}
