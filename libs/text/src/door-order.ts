import * as Y from 'yjs';
import type { Fresh, Guard } from './door-structs.ts';

/** Work one update may cause, in items passed. Honest ones need a few per item; a hostile one must not hold up the loop. */
export class Budget {
  private left = 5_000_000;

  constructor(private readonly guard: Guard) {}

  spend(): void {
    if (--this.left < 0) this.guard.refuse('D22', 'limit', 'too much work to place');
  }
}

interface Node {
  client: number;
  clock: number;
  end: number;
  origin: Y.ID | null;
  rightOrigin: Y.ID | null;
  left: Node | null;
  right: Node | null;
}

const same = (a: Y.ID | null, b: Y.ID | null): boolean => a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/**
 * One list of a room as it will be, item by item: what Yjs does on integration (`Item.integrate`, the YATA rules), done on a copy of the
 * list alone. Needed when an update puts several items into one list in other than reading order; plain typing never comes here.
 */
export class Sketch {
  private first: Node | null = null;
  private last: Node | null = null;
  /** Per client, sorted by clock. */
  private readonly nodes = new Map<number, Node[]>();
  /** Per author, the last clock of each client that it must have known when it wrote. */
  private readonly knowledge = new Map<number, Map<number, number>>();

  constructor(start: Y.Item | null, private readonly budget: Budget) {
    for (let item = start; item !== null; item = item.right) {
      budget.spend();
      this.link({ client: item.id.client, clock: item.id.clock, end: item.id.clock + item.length, origin: item.origin, rightOrigin: item.rightOrigin, left: null, right: null }, this.last);
    }
    for (const nodes of this.nodes.values()) nodes.sort((a, b) => a.clock - b.clock);
  }

  /** The id of the last unit of the list. */
  get lastId(): { client: number; clock: number } | null {
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
    this.learn(known, fresh.origin);
    this.learn(known, fresh.rightOrigin);
    for (let node = left ? left.right : this.first; node !== right; node = node.right) {
      if (node === null || node.clock <= (known.get(node.client) ?? -1)) return false;
      this.budget.spend();
    }
    const node: Node = { client: fresh.client, clock: fresh.clock, end: fresh.end, origin: fresh.origin, rightOrigin: fresh.rightOrigin, left: null, right: null };
    this.link(node, this.settle(node, left, right));
    known.set(fresh.client, fresh.end - 1);
    return true;
  }

  private knownTo(author: number): Map<number, number> {
    let known = this.knowledge.get(author);
    if (!known) {
      this.knowledge.set(author, (known = new Map<number, number>()));
      const last = this.nodes.get(author)?.at(-1);
      if (last) this.learn(known, Y.createID(author, last.end - 1));
    }
    return known;
  }

  /** Adds a unit, all that its client wrote before it, what that was written next to, and so on. Each node is looked at once per author. */
  private learn(known: Map<number, number>, id: Y.ID | null): void {
    const todo = [id];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const before = next ? (known.get(next.client) ?? -1) : Infinity;
      if (!next || next.clock <= before) continue;
      known.set(next.client, next.clock);
      const nodes = this.nodes.get(next.client) ?? [];
      for (let i = this.indexIn(nodes, before) + 1; i < nodes.length && nodes[i]!.clock <= next.clock; i++) {
        this.budget.spend();
        todo.push(nodes[i]!.origin, nodes[i]!.rightOrigin);
      }
    }
  }

  /** Yjs' own search for the left neighbour among items that others put into the same gap. */
  private settle(node: Node, origin: Node | null, right: Node | null): Node | null {
    let left = origin;
    const before = new Set<Node>();
    const conflicting = new Set<Node>();
    for (let other = origin ? origin.right : this.first; other !== null && other !== right; other = other.right) {
      this.budget.spend();
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
    node.left = left;
    node.right = left ? left.right : this.first;
    if (left) left.right = node;
    else this.first = node;
    if (node.right) node.right.left = node;
    else this.last = node;
    const nodes = this.nodes.get(node.client);
    if (!nodes) this.nodes.set(node.client, [node]);
    else if (nodes.at(-1)!.clock < node.clock) nodes.push(node);
    else nodes.splice(this.indexIn(nodes, node.clock) + 1, 0, node);
  }

  /** The last node that starts at or before `clock`; -1 when there is none. */
  private indexIn(nodes: readonly Node[], clock: number): number {
    let [low, high] = [0, nodes.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      if (nodes[mid]!.clock <= clock) low = mid + 1;
      else high = mid;
    }
    return low - 1;
  }

  private at(id: Y.ID): Node | undefined {
    const nodes = this.nodes.get(id.client);
    const found = nodes?.[this.indexIn(nodes, id.clock)];
    return found && id.clock < found.end ? found : undefined;
  }

  /** The node whose first unit is `id`, cut there if need be. */
  private startingAt(id: Y.ID): Node | undefined {
    const node = this.at(id);
    return !node || node.clock === id.clock ? node : this.cut(node, id.clock);
  }

  private endingAt(id: Y.ID): Node | undefined {
    const node = this.at(id);
    if (node && node.end !== id.clock + 1) this.cut(node, id.clock + 1);
    return node;
  }

  private cut(node: Node, clock: number): Node {
    const rest: Node = { ...node, clock, origin: Y.createID(node.client, clock - 1) };
    node.end = clock;
    this.link(rest, node);
    return rest;
  }
}
