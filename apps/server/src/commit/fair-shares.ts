/** Time that a user gets at each round, in milliseconds. */
const QUANTUM_MS = 1;
/** What one very dear request costs its user at most. */
const MOST_OWED_MS = 250;
/** How fast what somebody took too much is forgiven while he asks for nothing: of each millisecond so much. */
const FORGIVEN = 0.25;
/** Of so many users it is remembered whether they owe something. */
const KEPT = 1_000;

interface Share<J> { jobs: J[]; left: number; since: number }

/**
 * The requests of each user in order of arrival, and whose turn it is: deficit round robin over the time that requests take (Shreedhar and Varghese 1995). What a
 * request costs is known only when it was done: so whoever has time left is served, and who took more than there was waits until the others had as much. Alone,
 * nobody waits.
 */
export class FairShares<J extends { readonly user: string }> {
  /** In the order in which they are served. */
  private readonly queue = new Map<string, Share<J>>();
  /** Who took more than his share and asks for nothing now. */
  private readonly owing = new Map<string, Share<J>>();

  /** `payerOf`: whose share a user's requests are taken from. */
  constructor(private readonly now: () => number, private readonly payerOf: (user: string) => string) {}

  get any(): boolean {
    return this.queue.size > 0;
  }

  get payers(): Iterable<string> {
    return this.queue.keys();
  }

  push(job: J): void {
    this.of(this.payerOf(job.user)).jobs.push(job);
  }

  /** Puts requests, in order, in front of all others of their users. */
  unshift(jobs: readonly J[]): void {
    for (const job of [...jobs].reverse()) this.of(this.payerOf(job.user)).jobs.unshift(job);
  }

  /** The request to be served next, taken out. `passedOver`: payers who are not asked. */
  next(passedOver: ReadonlySet<string>): J | undefined {
    if (this.queue.size <= passedOver.size && [...this.queue.keys()].every((user) => passedOver.has(user))) return undefined;
    for (;;) {
      for (const [user, share] of this.queue) {
        if (passedOver.has(user)) continue;
        if (share.left > 0) return this.take(user, share);
        share.left += QUANTUM_MS;
        this.toTheEnd(user, share);
      }
    }
  }

  /** Whoever is served first from now on; gives who pays. */
  first(of: string): string {
    const user = this.payerOf(of), share = this.queue.get(user);
    if (!share) return user;
    const others = [...this.queue].filter(([name]) => name !== user);
    this.queue.clear();
    share.left = Math.max(share.left, QUANTUM_MS);
    for (const [name, rest] of [[user, share] as const, ...others]) this.queue.set(name, rest);
    return user;
  }

  /** What was done for a user took so long. */
  charge(by: string, ms: number): void {
    const user = this.payerOf(by);
    const share = this.queue.get(user) ?? this.owing.get(user) ?? { jobs: [], left: 0, since: this.now() };
    share.left = Math.max(share.left - ms, -MOST_OWED_MS);
    if (share.jobs.length === 0) this.owes(user, share);
  }

  /** Takes everything out. */
  clear(): J[] {
    const all = [...this.queue.values()].flatMap(({ jobs }) => jobs);
    this.queue.clear();
    return all;
  }

  private of(user: string): Share<J> {
    const found = this.queue.get(user);
    if (found) return found;
    const share = this.owing.get(user) ?? { jobs: [], left: 0, since: 0 };
    this.forgive(share);
    this.owing.delete(user);
    this.queue.set(user, share);
    return share;
  }

  private take(user: string, share: Share<J>): J {
    const job = share.jobs.shift()!;
    if (share.jobs.length === 0) {
      this.queue.delete(user);
      // What was left over is not saved up.
      share.left = Math.min(share.left, 0);
      share.since = this.now();
      this.owes(user, share);
    }
    return job;
  }

  private toTheEnd(user: string, share: Share<J>): void {
    this.queue.delete(user);
    this.queue.set(user, share);
  }

  private owes(user: string, share: Share<J>): void {
    this.owing.set(user, share);
    if (this.owing.size <= KEPT) return;
    for (const [name, of] of this.owing) {
      this.forgive(of);
      if (of.left >= 0) this.owing.delete(name);
    }
  }

  private forgive(share: Share<J>): void {
    const now = this.now();
    if (share.left < 0) share.left = Math.min(0, share.left + (now - share.since) * FORGIVEN);
    share.since = now;
  }
}
