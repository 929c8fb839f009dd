import { randomBytes } from 'node:crypto';
import { REST_MS } from '@parley/negotiation';
import type { Account } from './account.store.ts';
import { sameSecret } from './secret.ts';

/** The time that entries get, while it can be moved. */
interface MovedClock { goBack(milliseconds: number): void; pass(milliseconds: number): void }

/** How long ago the filling of a demo begins: longer than all the rests of its stories take. */
const FILLED_SINCE_MS = 30 * 60_000;

/** Whether this is a demo, and who may make its people while it is being filled. */
export class Demo {
  /** Begins the id of every account that opens by one click. */
  readonly prefix = 'demo_';
  private key: string | null = null;

  constructor(readonly on: boolean, private readonly clock?: MovedClock) {}

  casts(account: Account): boolean {
    return this.on && account.disabledAt === null && account.id.startsWith(this.prefix);
  }

  /** From now on whoever holds this key may make demo accounts. */
  beginFilling(): string {
    if (!this.on) throw new Error('only a demo is filled');
    this.key = randomBytes(32).toString('base64url');
    this.clock?.goBack(FILLED_SINCE_MS);
    return this.key;
  }

  endFilling(): void {
    this.key = null;
    this.clock?.goBack(0);
  }

  /** What was typed has rested: the time of a demo goes on so far, as long as it is being filled. */
  rest(): void {
    if (this.key !== null) this.clock?.pass(REST_MS);
  }

  isFilledBy(key: string): boolean {
    return this.on && this.key !== null && sameSecret(this.key, key);
  }
}
