import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { FairQueue, type QueuePlace, QueueFull } from '../limits/fair-queue.ts';
import { RequestRefused } from './request-refused.ts';

/** Argon2id, which the package takes unless told otherwise: 64 MiB and about 0.1 s for each hash. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** Of no password: what a try is checked against where there is nothing to check it against, so that it takes as long. */
const DECOY = `$argon2id$v=19$m=65536,t=3,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
/** Each at work takes 64 MiB: many strangers must not take the memory of those who are in. Who waits holds a connection and little else: a lane that is long refuses nobody, one that is short draws lots. */
export const HASHING = { atOnce: 4, inLane: 256, inAll: 1_024 };
/** Of who is signed in or has been let in by a secret: all of them share one lane unless they say who they are. */
const CHOOSING: QueuePlace = { lane: 'choosing', name: '', known: true };

/** Hashes passwords and compares them, shared out fairly among who asks (Z6). */
@Injectable()
export class Passwords {
  private readonly queue = new FairQueue(HASHING);

  hash(password: string, place: QueuePlace = CHOOSING): Promise<string> {
    return this.inTurn(place, () => hash(password, COST));
  }

  /** Null never matches, and takes as long to say so. */
  async matches(password: string, passwordHash: string | null, place: QueuePlace): Promise<boolean> {
    const equal = await this.inTurn(place, () => verify(passwordHash ?? DECOY, password));
    return equal && passwordHash !== null;
  }

  private inTurn<T>(place: QueuePlace, work: () => Promise<T>): Promise<T> {
    return this.queue.run(place, work).catch((error: unknown) => {
      throw error instanceof QueueFull ? new RequestRefused('busy', undefined, undefined, 1) : error;
    });
  }
}
