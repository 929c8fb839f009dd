import { randomBytes } from 'node:crypto';
import type { Account } from './account.store.ts';
import { sameSecret } from './secret.ts';

/** Whether this is a demo, and who may make its people while it is being filled. */
export class Demo {
  /** Begins the id of every account that opens by one click. */
  readonly prefix = 'demo_';
  private key: string | null = null;

  constructor(readonly on: boolean) {}

  casts(account: Account): boolean {
    return this.on && account.disabledAt === null && account.id.startsWith(this.prefix);
  }

  /** From now on whoever holds this key may make demo accounts. */
  beginFilling(): string {
    if (!this.on) throw new Error('only a demo is filled');
    this.key = randomBytes(32).toString('base64url');
    return this.key;
  }

  endFilling(): void {
    this.key = null;
  }

  isFilledBy(key: string): boolean {
    return this.on && this.key !== null && sameSecret(this.key, key);
  }
}
