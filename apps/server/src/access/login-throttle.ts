import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

const FREE = 5;
/** Many people sit behind one address, and each of them mistypes. */
const FREE_FROM_ADDRESS = 50;
const LONGEST_MS = 4_000;
const REMEMBERED_MS = 60 * 60_000;
const KEPT = 100_000;
/** So many answers are held back at once; one more comes at once. */
const HELD = 2_000;

interface Count { readonly failures: number; readonly last: number }

/** Whose wrong attempts are counted together: a user name from one address or browser, and whatever else comes from an address. */
export interface LoginAttempt { readonly name: string; readonly address?: string }

/**
 * Wrong passwords are answered late: five for a user name from one address are free, then the answer takes 1, 2, 4 seconds; and so does every wrong one from an address that has given fifty. A right
 * one is never refused and never waits for that, whoever has been wrong before (Z5).
 */
@Injectable()
export class LoginThrottle {
  private readonly counts = new Map<string, Count>();
  private held = 0;
  now: () => number = Date.now;
  /** In tests time moves when told. */
  wait: (ms: number) => Promise<unknown> = (ms) => pause(ms, undefined, { ref: false });

  /** Counts a try that was wrong; resolves when it may be answered. */
  async failed(counted: LoginAttempt): Promise<void> {
    this.count(`name ${counted.name}`);
    if (counted.address !== undefined) this.count(`address ${counted.address}`);
    await this.hold(this.delayOf(counted));
  }

  /** Resolves when an attempt may be answered that nobody has checked: as late as a wrong one would be now. It counts as none. */
  async unanswered(counted: LoginAttempt): Promise<void> {
    await this.hold(this.delayOf(counted));
  }

  /** The try was right. Others from its address stay counted. */
  succeeded({ name }: LoginAttempt): void {
    this.counts.delete(`name ${name}`);
  }

  private delayOf({ name, address }: LoginAttempt): number {
    if (address !== undefined && this.failuresOf(`address ${address}`) > FREE_FROM_ADDRESS) return LONGEST_MS;
    const failures = this.failuresOf(`name ${name}`) - FREE;
    return failures > 0 ? Math.min(1_000 * 2 ** (failures - 1), LONGEST_MS) : 0;
  }

  private async hold(ms: number): Promise<void> {
    if (ms === 0 || this.held >= HELD) return;
    this.held += 1;
    await this.wait(ms).finally(() => { this.held -= 1; });
  }

  private failuresOf(key: string): number {
    const former = this.counts.get(key);
    return former && this.now() - former.last < REMEMBERED_MS ? former.failures : 0;
  }

  private count(key: string): void {
    const failures = this.failuresOf(key) + 1;
    this.counts.delete(key);
    this.counts.set(key, { failures, last: this.now() });
    if (this.counts.size > KEPT) this.counts.delete(this.counts.keys().next().value!);
  }
}
