import type * as Y from 'yjs';

/** Calls `named` with the ids that each struct which `client` wrote from one clock to another, both included, was put beside. */
export type EachWritten = (client: number, from: number, to: number, named: (id: Y.ID | null) => void) => void;

/**
 * What one author must have known when writing an item: what he wrote before, whatever that and the item were put beside, what those authors wrote before that, and so on, in
 * all of the room. It is followed no further than it takes to answer, and every struct is looked at once for all items of an author.
 */
export class Knowledge {
  /** Of each client the last clock that is known. */
  private readonly last = new Map<number, number>();
  private readonly todo: Y.ID[] = [];
  private grown = 0;

  constructor(private readonly author: number, private readonly eachWritten: EachWritten) {}

  /** He writes an item at `clock` beside these. Items of one author are told in the order of their clocks. */
  writes(clock: number, origin: Y.ID | null, rightOrigin: Y.ID | null): void {
    if (clock > 0) this.todo.push({ client: this.author, clock: clock - 1 });
    this.follow(origin);
    this.follow(rightOrigin);
  }

  knows({ client, clock }: Y.ID): boolean {
    while (clock > this.lastOf(client) && this.todo.length > 0) this.learn(this.todo.pop()!);
    return clock <= this.lastOf(client);
  }

  /** A number that is another one whenever more is known of what others wrote. */
  extent(): number {
    while (this.todo.length > 0) this.learn(this.todo.pop()!);
    return this.grown;
  }

  private lastOf(client: number): number {
    return this.last.get(client) ?? -1;
  }

  private learn({ client, clock }: Y.ID): void {
    const before = this.lastOf(client);
    if (clock <= before) return;
    if (client !== this.author) this.grown += 1;
    this.last.set(client, clock);
    this.eachWritten(client, before + 1, clock, this.follow);
  }

  private readonly follow = (id: Y.ID | null): void => {
    if (id && id.clock > this.lastOf(id.client)) this.todo.push(id);
  };
}
