import { randomFillSync } from 'node:crypto';

/** What the server takes from outside its own rules: the time and chance. Passed in, so that tests decide both. */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
}

export abstract class Entropy {
  abstract bytes(length: number): Uint8Array;
  /** At least 0, below 1. */
  abstract fraction(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/**
 * The machine's time, until a demo is filled: that begins a while ago, and the filling says when so much of it has passed that what was typed has rested. It never goes beyond the
 * machine's, and when the filling ends it is the machine's again.
 */
export class DemoClock extends Clock {
  private behind = 0;

  now(): number {
    return Date.now() - this.behind;
  }

  /** From now on it is so much earlier. Only before the first entry is made: the log gives no entry an earlier time than the one before. */
  goBack(milliseconds: number): void {
    this.behind = milliseconds;
  }

  /** So much has passed; never more than there is until the machine's time. */
  pass(milliseconds: number): void {
    this.behind = Math.max(0, this.behind - milliseconds);
  }
}

/** So much is asked of the machine at once: to ask takes longer than to give. */
const SUPPLY = 8_192;

export class SystemEntropy extends Entropy {
  private supply = new Uint8Array(0);

  /** Bytes that were given once are never given again. */
  bytes(length: number): Uint8Array {
    if (this.supply.length < length) this.supply = randomFillSync(new Uint8Array(Math.max(SUPPLY, length)));
    const given = this.supply.slice(0, length);
    this.supply.fill(0, 0, length);
    this.supply = this.supply.subarray(length);
    return given;
  }

  fraction(): number {
    return Math.random();
  }
}
