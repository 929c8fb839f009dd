import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Parley } from '../support/parley.ts';
import type { CastName } from '../support/cast.ts';
import type { WorkingGroup } from '../support/working-group.ts';
import type { ReaderOrder, TypingClient, Received, Order, Server, Times, Typed, WatchingClient } from './orders.ts';
import { cpuBetween, cpuOf, postgresUnder } from './processes.ts';
import { DatabaseCpu } from './database-cpu.ts';

const OURS = import.meta.dirname;

/** A process of its own that carries out orders. */
class BenchProcess<Orders extends { readonly do: string }> {
  private readonly process: ChildProcess;

  constructor(script: string) {
    this.process = fork(path.join(OURS, script), { execArgv: ['--enable-source-maps'] });
  }

  get pid(): number {
    return this.process.pid!;
  }

  async order<Answer = void>(order: Orders): Promise<Answer> {
    this.process.send(order);
    const [{ answer, error }] = await once(this.process, 'message') as [{ answer?: Answer; error?: string }];
    if (error !== undefined) throw new Error(`${order.do}: ${error}`);
    return answer as Answer;
  }

  end(): void {
    this.process.kill();
  }
}

/** Where people sit, the same on both servers: who in which process, all of them through libs/sync in Parley, and how many others only read. */
export interface Seating {
  readonly cast: string;
  readonly doc: string;
  readonly seats: readonly (readonly CastName[])[];
  readonly readers?: number;
}

/** Who types in one process, and what is looked at there. */
export interface Part { readonly typing: readonly TypingClient[]; readonly watches: readonly WatchingClient[] }

/** How they type. `brackets`: seen is only what is seen with its brackets. */
export interface Typing { readonly parts: readonly Part[]; readonly perSecond: number; readonly milliseconds: number; readonly brackets?: boolean }

const TIMEOUT_MS = 15_000;

export interface Run {
  /** From key to screen, in milliseconds. */
  readonly delays: readonly number[];
  readonly keystrokes: number;
  /** How long it took from the first order to the last screen, in milliseconds, and what each process took of the processors. */
  readonly lasted: number;
  readonly serverCpu: number;
  readonly databaseCpu: number;
  readonly clients: number;
  /** By how much the typing clients were late, in milliseconds. */
  readonly behind: number;
}

/** Both servers, the processes of those who use them, and the database under Parley. */
export class BenchFixture {
  private readonly typists = [1, 2, 3].map(() => new BenchProcess<Order>('typist.js'));
  private readonly readers = new BenchProcess<ReaderOrder>('readers.js');
  private readonly receivedBefore = new Map<string, number>();

  private constructor(readonly parley: Parley, private readonly bare: ChildProcess, private readonly bareUrl: string, private readonly group: WorkingGroup, readonly typed: DatabaseCpu | null) {}

  /** Beside a Parley that runs, whose people have their accounts. */
  static async beside(parley: Parley, group: WorkingGroup): Promise<BenchFixture> {
    const postgres = postgresUnder(parley.pid), typed = postgres && await DatabaseCpu.at(postgres);
    const bare = fork(path.join(OURS, 'bare-server.js'));
    const [bareUrl] = await once(bare, 'message') as [string];
    return new BenchFixture(parley, bare, bareUrl, group, typed);
  }

  /** Ends everything but Parley. */
  async end(): Promise<void> {
    for (const one of [...this.typists, this.readers]) one.end();
    this.bare.kill();
    await this.typed?.end();
  }

  pidOf(on: Server): number {
    return on === 'parley' ? this.parley.pid : this.bare.pid!;
  }

  async sit(on: Server, { cast, doc, seats, readers }: Seating): Promise<void> {
    const url = on === 'parley' ? this.parley.url : this.bareUrl, name = `${cast} ${on}`;
    await Promise.all(seats.map((there, i) => this.typists[i]!.order({ do: 'sit', on, cast: name, url, doc, seats: there.map((who) => this.group[who].keys.userName) })));
    if (readers) await this.readers.order({ do: 'sit', on, cast: name, url, doc, count: readers, user: this.group.observer.keys.userName });
  }

  async rise(on: Server, cast: string): Promise<void> {
    await Promise.all([...this.typists, this.readers].map((one) => one.order({ do: 'rise', cast: `${cast} ${on}` })));
    this.receivedBefore.delete(`${cast} ${on}`);
  }

  /** Everybody named types, so often a second each, and everything is waited for. Throws when a keystroke was not seen, or not received by every reader. */
  async run(on: Server, { cast: name, readers }: Pick<Seating, 'cast' | 'readers'>, { parts, perSecond, milliseconds, brackets = false }: Typing): Promise<Run> {
    const cast = `${name} ${on}`, at = parts.map((part, i) => ({ ...part, typist: this.typists[i]! }));
    await Promise.all(at.map(({ typist, watches }) => typist.order({ do: 'watch', cast, watches, brackets })));
    const look = this.look(on);
    const typed = await Promise.all(at.map(({ typist, typing }) => typist.order<Typed>({ do: 'type', cast, typing, perSecond, milliseconds })));
    const made: Times = Object.assign({}, ...typed.map((one) => one.made));
    const counts = Object.fromEntries(Object.entries(made).map(([writer, times]) => [writer, times.length]));
    const seen = await Promise.all(at.map(({ typist }) => typist.order<Times>({ do: 'seen', cast, counts })));
    const keystrokes = Object.values(counts).reduce((sum, n) => sum + n, 0);
    if (readers) await this.received(on, cast, keystrokes * readers, Math.max(...typed.map((one) => one.last)));
    return { delays: delaysOf(made, seen), keystrokes, behind: Math.max(...typed.map((one) => one.behind)), ...look() };
  }

  /** What the processes take of the processors from now until the function is called. */
  private look(on: Server): () => Pick<Run, 'lasted' | 'serverCpu' | 'databaseCpu' | 'clients'> {
    const clients = [...this.typists, this.readers].map(({ pid }) => ({ pid, before: cpuOf(pid) }));
    const server = cpuOf(this.pidOf(on)), database = this.typed?.cpu(), started = performance.now();
    return () => {
      const lasted = performance.now() - started;
      return {
        lasted, serverCpu: cpuOf(this.pidOf(on)) - server, databaseCpu: database ? cpuBetween(database, this.typed!.cpu()) : 0,
        clients: Math.max(...clients.map(({ pid, before }) => (cpuOf(pid) - before) / lasted)),
      };
    };
  }

  /** Waits until the readers have received everything: of Parley up to the entry, of the relay so many frames. */
  private async received(on: Server, cast: string, frames: number, last: number): Promise<void> {
    const already = this.receivedBefore.get(cast) ?? 0;
    for (const until = performance.now() + TIMEOUT_MS; ;) {
      const received = await this.readers.order<Received>({ do: 'received', cast });
      const all = on === 'parley' ? received.last >= last : received.frames - already >= frames;
      if (all) return void this.receivedBefore.set(cast, received.frames);
      if (performance.now() > until) throw new Error(`${on}: the readers have not received everything: ${JSON.stringify({ received, already, frames, last })}`);
    }
  }
}

function delaysOf(made: Times, seen: readonly Times[]): number[] {
  return seen.flatMap((watched) => Object.entries(watched).flatMap(([writer, times]) => {
    const own = made[Number(writer)] ?? [];
    if (times.length !== own.length) throw new Error(`of ${own.length} keystrokes ${times.length} were seen`);
    return own.map((at, n) => (times[n]! - at) / 1_000);
  }));
}
