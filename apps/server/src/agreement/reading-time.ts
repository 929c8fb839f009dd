import { Purses } from '../access/allowance.ts';
import { RefusedError } from '../access/refused.ts';

/** In milliseconds of the loop that serves everybody. */
const READING = { burst: 600, perSecond: 60 };

/** How long the acts of one user may take to be read: an act is read before its turn, and large ones, refused or not, would keep everybody else waiting (H55). */
export class ReadingTime {
  private readonly purses: Purses;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.purses = new Purses(READING, now);
  }

  /** What `read` gives; what it does at once is counted for the user. Refuses as `busy`, and reads nothing, when that has been too much lately. */
  of<T>(user: string, read: () => T): T {
    const purse = this.purses.of(user), begun = this.now();
    if (purse.overdrawn) throw new RefusedError('busy', undefined, undefined, 1);
    try {
      return read();
    } finally {
      purse.charge(this.now() - begun);
    }
  }
}
