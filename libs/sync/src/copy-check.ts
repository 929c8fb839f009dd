import type { RoomName } from '@parley/negotiation';
import type { CompareAnswer, CompareRequest } from '@parley/protocol';
import { IdleTimer } from './idle-timer.ts';
import type { Timers, Wire } from './wire.ts';

/** What the check asks and tells the client. */
export interface CopyCheckContext {
  readonly joined: boolean;
  /** What is here, by its digests; null while something is under way. */
  copies(): CompareRequest | null;
  /** Whether messages up to an entry have come. */
  hasReceived(entry: number): boolean;
  /** These copies are others than the server's at the same entry. */
  differ(rooms: readonly RoomName[]): void;
  join(): void;
}

/** Asks, when nothing has happened for a while, whether everything here is the server's (W25); joins again where it is not. */
export class CopyCheck {
  private readonly idle: IdleTimer;
  /** Answers to what was asked before a join count for nothing. */
  private round = 0;

  /** Without timers it never asks. */
  constructor(timers: Timers | undefined, private readonly wire: Pick<Wire, 'compare'>, private readonly context: CopyCheckContext) {
    this.idle = new IdleTimer(timers, () => this.ask());
  }

  start(): void { this.idle.start(); }
  stop(): void { this.idle.stop(); }
  restart(): void { this.idle.restart(); }

  /** All that was asked is answered by a join. */
  joined(): void {
    this.round += 1;
    this.restart();
  }

  private ask(): void {
    const { round } = this, copies = this.context.copies();
    if (copies) this.wire.compare(copies).then((answer) => round === this.round && this.context.joined && this.answered(answer), () => undefined);
  }

  private answered(answer: CompareAnswer): void {
    if (!answer.ok) return answer.reason === 'not-found' ? this.context.join() : undefined;
    const { entry, differ } = answer;
    if (differ && differ.length > 0) this.context.differ(differ);
    else if (this.context.hasReceived(entry)) return;
    this.context.join();
  }
}
