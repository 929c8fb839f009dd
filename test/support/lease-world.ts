import { type Fence, LeaseStore, type Renewed, type Taken } from '../../apps/server/src/record/lease.store.ts';
import { GroupLease, LEASE_TIMES, type Tenant } from '../../apps/server/src/commit/group-lease.ts';
import { GroupLeases } from '../../apps/server/src/commit/group-leases.ts';
import { LeaseRows } from './lease-rows.ts';

/** Time, a database and processes of which each can be stopped and thawed, all in hand. Nothing happens but in `pass`. */
export class LeaseWorld {
  at = 0;
  /** By how much the database's clock differs. */
  ahead = 0;
  away = false;
  readonly table = new LeaseRows(() => this.clock);
  readonly processes: LeaseProcess[] = [];
  /** How many milliseconds a question to the database takes, each way. */
  delay: () => number = () => 1;
  private readonly due: { readonly at: number; readonly run: () => void }[] = [];

  process(): LeaseProcess {
    const made = new LeaseProcess(this, `p${this.processes.length + 1}`);
    this.processes.push(made);
    return made;
  }

  after(milliseconds: number, run: () => void): void {
    this.due.push({ at: this.at + milliseconds, run });
  }

  /** Lets so much time pass; what is due happens in its order, and `each` after every instant. */
  async pass(milliseconds: number, each: () => void = () => undefined): Promise<void> {
    const until = this.at + milliseconds;
    for (;;) {
      await settle();
      each();
      this.due.sort((a, b) => a.at - b.at);
      if (!this.due[0] || this.due[0].at > until) break;
      const next = this.due.shift()!;
      this.at = Math.max(this.at, next.at);
      next.run();
    }
    this.at = until;
    await settle();
    each();
  }

  get rows(): LeaseRows['rows'] {
    return this.table.rows;
  }

  get clock(): number {
    return this.at + this.ahead;
  }

  notify(group: string): void {
    for (const process of this.processes) this.after(this.delay(), () => process.notified(group));
  }
}

/** Enough for any chain of promises here that waits for no time. */
const settle = async (): Promise<void> => { for (let i = 0; i < 30; i++) await Promise.resolve(); };

export class LeaseProcess extends LeaseStore {
  readonly leases: GroupLeases;
  readonly calls: string[] = [];
  private frozen = false;
  private killed = false;
  private waiting: (() => void)[] = [];
  private news: (group: string) => void = () => undefined;

  constructor(private readonly world: LeaseWorld, readonly name: string) {
    super();
    this.leases = new GroupLeases(
      { store: this, holder: name, now: () => world.at, pause: (ms) => this.slept(ms), times: LEASE_TIMES },
      { onLease: (listener) => { this.news = listener; }, onMissed: () => undefined },
    );
    void this.leases.tend();
  }

  /** The lease of a group, its rooms noting what they are told. `leaves`: how long leaving takes. */
  of(group: string, leaves = 0, enter: Tenant['enter'] = async () => undefined): GroupLease {
    return this.leases.of(group, {
      enter: async () => { this.calls.push('enter'); await enter(); },
      leave: async (orderly) => { this.calls.push(orderly ? 'leave' : 'lost'); if (leaves > 0) await this.slept(leaves); },
    });
  }

  freeze(): void { this.frozen = true; }

  kill(): void { this.killed = true; }

  get works(): boolean { return !this.frozen && !this.killed; }

  /** What happened meanwhile happens now. */
  thaw(): void {
    this.frozen = false;
    for (const run of this.waiting.splice(0)) this.go(run);
  }

  notified(group: string): void {
    this.go(() => this.news(group));
  }

  override take(group: string, holder: string, forMs: number): Promise<Taken> {
    return this.asked(() => this.world.table.take(group, holder, forMs));
  }

  override renew(fences: readonly Fence[], forMs: number): Promise<readonly Renewed[]> {
    return this.asked(() => this.world.table.renew(fences, forMs));
  }

  override release(fence: Fence): Promise<void> {
    return this.asked(() => void (this.world.table.release(fence) && this.world.notify(fence.group)));
  }

  override ask(group: string, by: string): Promise<void> {
    return this.asked(() => void (this.world.table.ask(group, by) && this.world.notify(group)));
  }

  private slept(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.world.after(milliseconds, () => this.go(resolve)));
  }

  /** There and back; a process that is stopped asks nothing, and receives its answers when it goes on. */
  private async asked<T>(work: () => T): Promise<T> {
    await new Promise<void>((resolve) => this.world.after(this.world.delay(), resolve));
    const answer = this.world.away ? null : { value: work() };
    await this.slept(this.world.delay());
    if (!answer) throw new Error('the database is away');
    return answer.value;
  }

  private go(run: () => void): void {
    if (this.killed) return;
    if (this.frozen) this.waiting.push(run);
    else run();
  }
}
