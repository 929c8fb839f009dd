import type { Joined, JoinRequest, Refusal, Refusing, Commit } from '@parley/protocol';
import type { Timers, Wire } from './wire.ts';

/** How long to wait before asking again what could not be answered now. */
export const RETRY = 1_000;

/** Refusals that say nothing about the request: it is asked again. */
export const isPassing = (reason: Refusal): boolean => ['busy', 'elsewhere', 'not-saved', 'server-error', 'out-of-step'].includes(reason);

/** What a link tells the client. */
export interface LinkHost {
  request(): JoinRequest;
  /** The server's answer, to be applied at once; commits follow. */
  absorb(joined: Joined): void;
  /** False when the commit does not follow what stands: the link joins again. */
  take(commit: Commit): boolean;
  refused(reason: Refusal): void;
  /** `joined` changed. */
  changed(): void;
}

/**
 * Being joined to a document: joins, joins again, and lets the server's word through in order. While held, nothing comes through, neither a commit nor an
 * answer to a join.
 */
export class Link {
  joined = false;
  private held = false;
  private wanted = false;
  private attempt = 0;
  private over = false;
  /** Commits that came while joining, or while held. */
  private early: Commit[] = [];

  constructor(private readonly wire: Wire, private readonly timers: Timers, private readonly host: LinkHost) {}

  /** The last entry that has arrived, applied or not; `applied` when nothing waits. */
  heard(applied: number): number {
    return Math.max(applied, ...this.early.map((commit) => commit.notices.at(-1)?.index ?? commit.after));
  }

  hear(commit: Commit): void {
    if (this.over) return;
    if (!this.joined || this.held) this.early.push(commit);
    else if (!this.host.take(commit)) this.join();
  }

  connection(connected: boolean): void {
    if (this.over) return;
    if (connected) return this.join();
    this.attempt += 1;
    this.leave();
  }

  /** Everything that has arrived is applied, and nothing keeps the server's word away. */
  get settled(): boolean {
    return this.joined && !this.held && this.early.length === 0 && this.wire.connected;
  }

  hold(): void {
    this.held = true;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    if (this.wanted) this.join();
    else this.drain();
  }

  /** Joins, or joins again; the state on both sides says what each lacks. */
  join(): void {
    if (this.over) return;
    const attempt = ++this.attempt;
    this.leave();
    this.wanted = this.held;
    if (this.held || !this.wire.connected) return;
    this.early = [];
    this.wire.join(this.host.request()).then(
      (answer) => attempt === this.attempt && this.answered(answer),
      () => attempt === this.attempt && this.later(attempt),
    );
  }

  /** Ends it: nothing is heard or asked any more. */
  end(): void {
    this.over = true;
    this.attempt += 1;
    this.leave();
  }

  private answered(answer: Joined | Refusing): void {
    if (this.held) {
      this.wanted = true;
      return;
    }
    if (!answer.ok) return this.refused(answer);
    this.joined = true;
    this.host.absorb(answer);
    this.drain();
  }

  private refused({ reason, rejoin }: Refusing): void {
    if (rejoin || isPassing(reason)) return this.later(this.attempt);
    this.end();
    this.host.refused(reason);
  }

  private later(attempt: number): void {
    if (!this.wire.connected) return;
    this.timers.after(RETRY, () => {
      if (attempt === this.attempt) this.join();
    });
  }

  private leave(): void {
    if (!this.joined) return;
    this.joined = false;
    this.host.changed();
  }

  private drain(): void {
    while (this.joined && !this.held) {
      const commit = this.early.shift();
      if (!commit) return;
      if (!this.host.take(commit)) this.join();
    }
  }
}
