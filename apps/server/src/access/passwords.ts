import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { RefusedError } from './refused.ts';

/** Argon2id, which the package takes unless told otherwise: 64 MiB and about 0.1 s for each try. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** Of no password: what a try is checked against where there is nothing to check it against, so that it takes as long. */
const DECOY = `$argon2id$v=19$m=65536,t=3,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
const AT_ONCE = 4;
const WAITING = 64;

@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /** Null never matches, and takes as long to say so. */
  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    const equal = await this.inTurn(() => verify(passwordHash ?? DECOY, password));
    return equal && passwordHash !== null;
  }

  /** Each takes 64 MiB: a crowd at the door must not take the memory of those inside. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= WAITING) throw new RefusedError('busy');
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
