import { randomBytes } from 'node:crypto';

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

export class SystemEntropy extends Entropy {
  bytes(length: number): Uint8Array {
    return new Uint8Array(randomBytes(length));
  }

  fraction(): number {
    return Math.random();
  }
}
