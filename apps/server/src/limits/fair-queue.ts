/** Where somebody waits: `lane` (an address, or an account whose browser is known) has its turn like every other lane, and in it each `name`. */
export interface QueuePlace { readonly lane: string; readonly name: string; readonly known: boolean }

interface Waiter { readonly begin: () => void; readonly refuse: () => void }
type Lane = Map<string, Waiter[]>;

/** Work that had no room: too many wait in its lane, or in all. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

interface Most { readonly atOnce: number; readonly inLane: number; readonly inAll: number }

/**
 * Shares out costly work: lanes take turns, and so do the names in a lane; lanes of the known and of strangers alternate. A lane that overflows loses one of the name that waits for most, by
 * lot, so that nobody fills a lane against a single one.
 */
export class FairQueue {
  private readonly lanes = { known: new Map<string, Lane>(), strangers: new Map<string, Lane>() };
  private running = 0;
  private waiting = 0;
  private turn: 'known' | 'strangers' = 'known';

  constructor(private readonly most: Most, private readonly random: () => number = Math.random) {}

  /** What `work` comes to, when its turn has come. Throws `QueueFull` when it has lost its place. */
  async run<T>(place: QueuePlace, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.most.atOnce) await this.wait(place);
    else this.running += 1;
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private wait({ lane, name, known }: QueuePlace): Promise<void> {
    return new Promise((begin, reject) => {
      const lanes = known ? this.lanes.known : this.lanes.strangers, waiters = lanes.get(lane) ?? new Map<string, Waiter[]>();
      lanes.set(lane, waiters);
      waiters.set(name, [...waiters.get(name) ?? [], { begin, refuse: () => reject(new QueueFull()) }]);
      this.waiting += 1;
      if (countOf(waiters) > this.most.inLane) this.pushOut(lanes, lane);
      else if (this.waiting > this.most.inAll) this.pushOutOfLargest();
    });
  }

  /** Whoever is next takes the place of the one that has ended. */
  private next(): void {
    const first = this.turn, second = first === 'known' ? 'strangers' : 'known';
    const waiter = takeNext(this.lanes[first]) ?? takeNext(this.lanes[second]);
    this.turn = second;
    if (!waiter) { this.running -= 1; return; }
    this.waiting -= 1;
    waiter.begin();
  }

  private pushOutOfLargest(): void {
    const all = [this.lanes.strangers, this.lanes.known].flatMap((lanes) => [...lanes].map(([lane, waiters]) => ({ lanes, lane, count: countOf(waiters) })));
    const largest = all.reduce((one, other) => (other.count > one.count ? other : one));
    this.pushOut(largest.lanes, largest.lane);
  }

  private pushOut(lanes: Map<string, Lane>, lane: string): void {
    const waiters = lanes.get(lane)!, most = Math.max(...[...waiters.values()].map((list) => list.length));
    const names = [...waiters].filter(([, list]) => list.length === most), [name, list] = names[Math.floor(this.random() * names.length)]!;
    const [out] = list.splice(Math.floor(this.random() * list.length), 1);
    if (list.length === 0) waiters.delete(name);
    this.waiting -= 1;
    out!.refuse();
  }
}

const countOf = (lane: Lane): number => [...lane.values()].reduce((sum, list) => sum + list.length, 0);

/** The first waiter of the first name in the first lane; name and lane go to the end of theirs. */
function takeNext(lanes: Map<string, Lane>): Waiter | undefined {
  const [lane] = lanes;
  if (!lane) return undefined;
  const [id, waiters] = lane, [[name, list]] = waiters as unknown as [[string, Waiter[]]], waiter = list.shift();
  waiters.delete(name);
  if (list.length > 0) waiters.set(name, list);
  lanes.delete(id);
  if (waiters.size > 0) lanes.set(id, waiters);
  return waiter;
}
