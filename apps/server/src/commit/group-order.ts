import { TokenBuckets } from '../limits/token-bucket.ts';

/** In milliseconds: whoever takes no more than this waits behind nobody. */
const UNNOTICED = { burst: 50, perSecond: 250 };
/** Of so many commits one is of the group that has waited longest, whoever waits in it. */
const COMMITS_APART = 4;

/** A group that has work: those of whom something waits there, by whose shares it commits. */
export interface AtWork { readonly payers: Iterable<string> }

interface Asking { readonly group: AtWork; readonly begin: () => void }

/**
 * Which group of a process commits next: the one in which somebody waits who took less of the process's time lately than all who wait in the others, whatever groups it was taken in. So
 * nobody gets more of it by sitting in more groups. Between any two commits the process takes in what has arrived.
 */
export class GroupOrder {
  private readonly asking: Asking[] = [];
  private readonly taken: TokenBuckets;
  private commits = 0;

  constructor(now: () => number = () => performance.now()) {
    this.taken = new TokenBuckets(UNNOTICED, now);
  }

  /** Resolves when the group may begin a commit: in a macrotask of its own. */
  next(group: AtWork): Promise<void> {
    return new Promise((begin) => {
      if (this.asking.push({ group, begin }) === 1) this.later();
    });
  }

  /** What was done for a user took so long. */
  charge(payer: string, ms: number): void {
    this.taken.of(payer).charge(ms);
  }

  private later(): void {
    setImmediate(() => {
      const [first] = this.asking.splice(this.foremost(), 1);
      if (this.asking.length > 0) this.later();
      first!.begin();
    });
  }

  /** Among equals in order of arrival. */
  private foremost(): number {
    if (this.asking.length === 1 || ++this.commits % COMMITS_APART === 0) return 0;
    let foremost = 0;
    for (let i = 0, least = Infinity; i < this.asking.length && least > 0; i++) {
      const owed = this.leastOwedIn(this.asking[i]!.group);
      if (owed < least) [foremost, least] = [i, owed];
    }
    return foremost;
  }

  /** 0 where nobody waits: such a group only sees that there is nothing to do. */
  private leastOwedIn({ payers }: AtWork): number {
    let least = Infinity;
    for (const payer of payers) {
      least = Math.min(least, this.taken.of(payer).owed);
      if (least === 0) break;
    }
    return Number.isFinite(least) ? least : 0;
  }
}
