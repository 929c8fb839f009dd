import { setTimeout as pause } from 'node:timers/promises';
import { type Fence, LeaseLost, LeaseStore, type Renewed, type Taken } from '../../apps/server/src/record/lease.store.ts';
import type { RecordStore } from '../../apps/server/src/record/record.store.ts';
import type { LeaseTimes } from '../../apps/server/src/commit/group-lease.ts';
import { GroupLeases } from '../../apps/server/src/commit/group-leases.ts';
import type { LeaseFor } from '../../apps/server/src/commit/lease-port.ts';
import { LeaseRows } from '../support/lease-rows.ts';
import { MemorySnapshots } from '../support/memory-snapshots.ts';
import { MemoryRecordStore } from '../support/memory-record.ts';
import { RoomsFixture } from '../support/rooms-fixture.ts';
import type { Findings } from './row.ts';

export const GROUP = 'g', DOC = 'd1';

/** A lease as it is, but that everything goes twelve times as fast. */
const TIMES: LeaseTimes = { lastsMs: 160, marginMs: 20, renewMs: 40, tenureMs: 800, waitMs: 80, askMs: 10 };

/** Whoever asked so lately asks still: he takes the group for somebody. */
const ASKS_STILL_MS = 30;

/** What the harness leaves out, for sabotage. */
export interface ProcessFaults {
  /** The database takes an append whoever made it. */
  readonly unfenced?: boolean;
  /** Whoever had the group goes on serving it until he learns that he has not. */
  readonly servesPastLease?: boolean;
  /** The group is let go while its commit is under way. */
  readonly releasesDuringCommit?: boolean;
  /** Whoever is asked for the group gives it, however short he had it. */
  readonly yieldsAtOnce?: boolean;
}

/** What all processes share: the record, the snapshots, the table of leases; each question takes a moment. */
export class SharedDatabase {
  readonly record = new MemoryRecordStore();
  readonly kept = new MemorySnapshots();
  readonly leases = new LeaseRows(() => performance.now());
  readonly processes: ServerProcess[] = [];

  constructor(readonly findings: Findings, readonly faults: ProcessFaults, readonly random: () => number) {}

  /** There and, a moment later, back. */
  readonly moment = (): Promise<void> => pause(1 + this.random() * 4);

  begin(): ServerProcess {
    const made = new ServerProcess(this, `p${this.processes.length + 1}`);
    this.processes.push(made);
    return made;
  }

  notify(): void {
    for (const process of this.processes) process.notified();
  }
}

/** One server process: the real rooms on the real lease, and a pause before everything that is outside of it. */
export class ServerProcess {
  readonly rooms: RoomsFixture['rooms'];
  readonly began: Promise<void>;
  state: 'runs' | 'frozen' | 'dead' = 'runs';
  stopping = false;
  /** It still ends what it had begun of the group. */
  ending = false;
  /** When it took the group after it had asked for it. */
  takenAt = -Infinity;
  private paused = Promise.resolve();
  private open: () => void = () => undefined;
  private news: () => void = () => undefined;
  private readonly leases: GroupLeases;

  constructor(private readonly database: SharedDatabase, readonly name: string) {
    const { faults, kept } = database, times = faults.yieldsAtOnce ? { ...TIMES, tenureMs: 0 } : TIMES;
    this.leases = new GroupLeases(
      { store: new ThroughPause(this, database), holder: name, now: () => performance.now(), pause: async (ms) => { await pause(ms); await this.passes(); }, times },
      { onLease: (listener) => { this.news = () => listener(GROUP); }, onMissed: () => undefined },
    );
    this.rooms = new RoomsFixture(this.record(), {}, kept, undefined, this.leaseFor).rooms;
    void this.leases.tend();
    this.began = this.rooms.start();
  }

  freeze(): void {
    this.state = 'frozen';
    this.paused = new Promise((resolve) => { this.open = resolve; });
  }

  thaw(): void {
    this.state = 'runs';
    this.open();
  }

  kill(): void {
    this.freeze();
    this.state = 'dead';
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.leases.close();
    await this.rooms.close();
    this.state = 'dead';
  }

  /** Resolves at once in a process that runs; in one that does not, when it goes on. */
  passes(): Promise<void> {
    return this.paused;
  }

  notified(): void {
    if (this.state === 'runs') this.news();
  }

  /** What stands before the rooms: whether a request may be answered here. */
  async takes(): Promise<boolean> {
    return this.rooms.hold();
  }

  private readonly leaseFor: LeaseFor = (tenant) => {
    const { faults } = this.database, leave = async (orderly: boolean): Promise<void> => {
      this.ending = true;
      if (faults.releasesDuringCommit) await pause(20);
      await tenant.leave(orderly).finally(() => { this.ending = false; });
    };
    const lease = this.leases.of(GROUP, { enter: () => tenant.enter(), leave: faults.releasesDuringCommit ? async (orderly) => void leave(orderly) : leave });
    return faults.servesPastLease ? new Proxy(lease, { get: (target, name) => (name === 'serves' || name === 'lasts' ? target.mine : name === 'hold' ? async () => target.mine || target.hold() : bound(target, name)) }) : lease;
  };

  private record(): RecordStore {
    const { record, moment, findings, faults, leases } = this.database;
    const append: RecordStore['append'] = async (...batch) => {
      const fence = this.leases.fence(GROUP);
      await this.passes();
      await moment();
      const stands = leases.stands(fence);
      if (!stands && !faults.unfenced) throw new LeaseLost(GROUP);
      if (!stands) findings.violation(`an append of ${this.name} was taken, who had the group no more`);
      await record.append(...batch);
      await moment();
      await this.passes();
    };
    return new Proxy(record, {
      get: (target, name) => (name === 'append' ? append : typeof Reflect.get(target, name) !== 'function' ? Reflect.get(target, name) as unknown : async (...asked: unknown[]) => {
        await this.passes();
        const answer: unknown = await (Reflect.get(target, name) as (...asked: unknown[]) => unknown).apply(target, asked);
        await this.passes();
        return answer;
      }),
    });
  }
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
}

/** The table of leases as one process reaches it. */
class ThroughPause extends LeaseStore {
  constructor(private readonly process: ServerProcess, private readonly database: SharedDatabase) {
    super();
  }

  override take(group: string, holder: string, forMs: number): Promise<Taken> {
    return this.asked(() => {
      const { leases } = this.database, row = leases.rows.get(group), wanted = row?.wantedBy === holder && performance.now() - row.wantedAt < ASKS_STILL_MS, taken = leases.take(group, holder, forMs);
      if (taken.fence) this.process.takenAt = wanted ? performance.now() : -Infinity;
      return taken;
    });
  }

  override renew(fences: readonly Fence[], forMs: number): Promise<readonly Renewed[]> {
    return this.asked(() => this.database.leases.renew(fences, forMs));
  }

  override async release(fence: Fence): Promise<void> {
    await this.asked(() => {
      const { leases, findings } = this.database;
      if (!leases.release(fence)) return;
      findings.count('handedOver');
      findings.check(!this.process.ending, () => `${this.process.name} let the group go while its commit was under way`);
      findings.check(this.process.stopping || performance.now() - this.process.takenAt >= TIMES.tenureMs / 2, () => `${this.process.name} gave the group away right after it had taken it`);
    });
    this.database.notify();
  }

  override async ask(group: string, by: string): Promise<void> {
    await this.asked(() => this.database.leases.ask(group, by));
    this.database.notify();
  }

  private async asked<T>(work: () => T): Promise<T> {
    await this.process.passes();
    await this.database.moment();
    const answer = work();
    await this.database.moment();
    await this.process.passes();
    return answer;
  }
}
