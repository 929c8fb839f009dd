import type { Joined, JoinRequest, Refusal, Refusing, Commit } from '@parley/protocol';
import type { Timers, Wire } from './wire.ts';

/** How long to wait before asking again what could not be answered now. */
export const RETRY = 1_000;

/** Refusals that say nothing about the request: it is asked again. */
export const isPassing = (reason: Refusal): boolean => ['busy', 'elsewhere', 'not-saved', 'server-error', 'out-of-step'].includes(reason);

/** What a subscription asks of the client and tells it. */
export interface SubscriptionContext {
  request(): JoinRequest;
  /** The server's answer, to be applied at once; commits follow. */
  absorb(joined: Joined): void;
  /** False when the commit does not follow what was applied: the client joins again. */
  take(commit: Commit): boolean;
  refused(reason: Refusal): void;
  /** `joined` changed. */
  changed(): void;
}

/**
 * Being joined to a document: joins, joins again, and passes on what the server sends, in order. While held, nothing is passed on, neither a commit nor an
 * answer to a join.
 */
export class Subscription {
  joined = false;
  private held = false;
  private joinWanted = false;
  private attempt = 0;
  private ended = false;
  /** Commits that came while joining, or while held. */
  private queued: Commit[] = [];

  constructor(private readonly wire: Wire, private readonly timers: Timers, private readonly context: SubscriptionContext) {}

  /** The last entry that has arrived, applied or not; `applied` when nothing waits. */
  lastReceived(applied: number): number {
    return Math.max(applied, ...this.queued.map((commit) => commit.notices.at(-1)?.index ?? commit.after));
  }

  receive(commit: Commit): void {
    if (this.ended) return;
    if (!this.joined || this.held) this.queued.push(commit);
    else if (!this.context.take(commit)) this.join();
  }

  connection(connected: boolean): void {
    if (this.ended) return;
    if (connected) return this.join();
    this.attempt += 1;
    this.leave();
  }

  /** Everything that has arrived is applied, and nothing of the server's is held back. */
  get settled(): boolean {
    return this.joined && !this.held && this.queued.length === 0 && this.wire.connected;
  }

  hold(): void {
    this.held = true;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    if (this.joinWanted) this.join();
    else this.drain();
  }

  /** Joins, or joins again; the state on both sides says what each lacks. */
  join(): void {
    if (this.ended) return;
    const attempt = ++this.attempt;
    this.leave();
    this.joinWanted = this.held;
    if (this.held || !this.wire.connected) return;
    this.queued = [];
    this.wire.join(this.context.request()).then(
      (answer) => attempt === this.attempt && this.answered(answer),
      () => attempt === this.attempt && this.joinLater(attempt),
    );
  }

  /** Ends it: nothing is received or asked any more. */
  end(): void {
    this.ended = true;
    this.attempt += 1;
    this.leave();
  }

  private answered(answer: Joined | Refusing): void {
    if (this.held) {
      this.joinWanted = true;
      return;
    }
    if (!answer.ok) return this.refused(answer);
    this.joined = true;
    this.context.absorb(answer);
    this.drain();
  }

  private refused({ reason, rejoin }: Refusing): void {
    if (rejoin || isPassing(reason)) return this.joinLater(this.attempt);
    this.end();
    this.context.refused(reason);
  }

  private joinLater(attempt: number): void {
    if (!this.wire.connected) return;
    this.timers.after(RETRY, () => {
      if (attempt === this.attempt) this.join();
    });
  }

  private leave(): void {
    if (!this.joined) return;
    this.joined = false;
    this.context.changed();
  }

  private drain(): void {
    while (this.joined && !this.held) {
      const commit = this.queued.shift();
      if (!commit) return;
      if (!this.context.take(commit)) this.join();
    }
  }
}
