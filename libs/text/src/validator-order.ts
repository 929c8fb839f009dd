import * as Y from 'yjs';
import { ByClock } from './validator-clocks.ts';
import { GAP_STEP, WORK_LIMIT } from './validator-limits.ts';
import type { Knowledge } from './validator-knowledge.ts';
import type { NewStruct, UpdateRules } from './validator-structs.ts';

/** Counts what it takes to place an update, and ends it when that is too much. */
export class Budget {
  spent = 0;

  constructor(private readonly rules: UpdateRules) {}

  spend(steps = 1): void {
    this.spent += steps;
    if (this.spent > WORK_LIMIT) this.rules.refuse('D22', 'limit', 'too much work to place');
  }
}

/** The list of the document that is drawn over: looked at where an update touches it, and nowhere else. */
export interface ExistingOrder {
  /** Its first item in the document. */
  start(): Y.Item | null;
  /** Its last item in the document. */
  end(): Y.Item | null;
  /** The item of the document that holds `id`, when it lies in this list. */
  at(id: Y.ID): Y.Item | null;
  /** What the author of an item knew when writing it. */
  knownTo(fresh: NewStruct): Knowledge;
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
  /** The next piece of what this was cut from. */
  rest: Node | null;
}

/** From `first` up to a right origin nothing is known to an author who knows so much of what others wrote. */
interface Searched { readonly first: Node; readonly extent: number }

const NOTHING_THERE = -1;

const same = (a: Y.ID | null, b: Y.ID | null): boolean => a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/**
 * One list of a room as it will be, item by item: what Yjs does on integration (`Item.integrate`, the YATA rules), done on a drawing of the
 * list. Needed when an update puts several items into one list in other than reading order; plain typing never comes here. Of the list in the document only that is
 * drawn which an item stands beside, or which lies between its origins.
 */
export class IntegrationOrder {
  private first: Node | null | undefined;
  private last: Node | null | undefined;
  /** The first piece of every item of the document that is drawn. */
  private readonly pieces = new Map<Y.Item, Node>();
  /** Per client, what the update puts there. */
  private readonly put = new Map<number, ByClock<Node>>();
  /** By author and right origin, where everything up to it was found unknown. Whoever writes on, or comes back to where he was, has no more looked through than what is new. */
  private readonly searched = new Map<number, Map<Node | null, Searched>>();

  constructor(private readonly existing: ExistingOrder, private readonly budget: Budget) {}

  /** The id of the last unit of the list. */
  get lastId(): { client: number; clock: number } | null {
    if (this.last === undefined) return this.existing.end()?.lastId ?? null;
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
  insert(fresh: NewStruct): boolean {
    const left = fresh.origin ? this.endingAt(fresh.origin) : null;
    const right = fresh.rightOrigin ? this.startingAt(fresh.rightOrigin) : null;
    if (left === undefined || right === undefined) return false;
    if (left && left.end !== fresh.origin!.clock + 1) return false; // the right origin stood in the same item, further left
    const extent = this.searchedTo(fresh, left, right);
    if (extent === null) return false;
    const node: Node = { client: fresh.client, clock: fresh.clock, end: fresh.end, origin: fresh.origin, rightOrigin: fresh.rightOrigin, right: null, item: null, rest: null };
    this.link(node, this.settle(node, left, right));
    if (extent !== NOTHING_THERE) this.note(fresh.client, right, this.behind(node), extent);
    return true;
  }

  /** How much an author knows to whom nothing between two nodes is known; `NOTHING_THERE` where they stand side by side, null where something is known, or they are the wrong way round. */
  private searchedTo(fresh: NewStruct, left: Node | null, right: Node | null): number | null {
    const first = this.behind(left);
    if (first === right) return NOTHING_THERE;
    const known = this.existing.knownTo(fresh), before = this.searched.get(fresh.client)?.get(right);
    if (before && before.first === first && before.extent === known.extent()) return before.extent;
    for (let node = first; node !== right; node = this.behind(node)) {
      if (node === null || known.knows(node)) return null;
      this.budget.spend(GAP_STEP);
    }
    return known.extent();
  }

  private note(author: number, right: Node | null, first: Node | null, extent: number): void {
    const noted = this.searched.get(author) ?? new Map<Node | null, Searched>();
    this.searched.set(author, noted);
    if (first && first !== right) noted.set(right, { first, extent });
    else noted.delete(right);
  }

  /** The right neighbour; of nothing, the first of the list. */
  private behind(node: Node | null): Node | null {
    if (node) return (node.right = node.right === undefined ? this.drawn(node.item!.right) : node.right);
    return (this.first = this.first === undefined ? this.drawn(this.existing.start()) : this.first);
  }

  /** The first piece of an item of the document. */
  private drawn(item: Y.Item | null): Node | null {
    if (item === null) return null;
    const found = this.pieces.get(item);
    if (found) return found;
    const { id: { client, clock }, origin, rightOrigin } = item;
    const node: Node = { client, clock, end: clock + item.length, origin, rightOrigin, right: undefined, item, rest: null };
    this.pieces.set(item, node);
    return node;
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
    let nodes = this.put.get(node.client);
    if (!nodes) this.put.set(node.client, (nodes = new ByClock<Node>()));
    nodes.add(node);
  }

  /** What is drawn there. */
  private at(id: Y.ID): Node | undefined {
    const put = this.put.get(id.client)?.upTo(id.clock);
    if (put && id.clock < put.end) return put;
    const item = this.existing.at(id);
    return (item && pieceWith(this.pieces.get(item), id.clock)) ?? undefined;
  }

  /** The same, drawn now if the document has it. */
  private drawnAt(id: Y.ID): Node | undefined {
    return this.at(id) ?? this.drawn(this.existing.at(id)) ?? undefined;
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

  /** Cuts a node of the document, or one that the update puts there, and gives the second piece. */
  private cut(node: Node, clock: number): Node {
    const rest: Node = { ...node, clock, origin: Y.createID(node.client, clock - 1) };
    node.end = clock;
    node.right = rest;
    node.item = null;
    node.rest = rest;
    if (rest.right === null) this.last = rest;
    if (this.put.get(node.client)?.upTo(node.clock) === node) this.enter(rest);
    return rest;
  }
}

/** Of a node that was cut, the piece that holds a clock. */
function pieceWith(first: Node | undefined, clock: number): Node | undefined {
  let piece = first ?? null;
  while (piece && piece.end <= clock) piece = piece.rest;
  return piece ?? undefined;
}
