import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { positionRoom } from '@parley/negotiation';
import { type CastName, type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { against, type Row, timed } from './figures.ts';
import type { Order, Server, Times } from './orders.ts';
import { paper } from './paper.ts';

const PROVISIONS = 60, ROUNDS = 3;
/** Keystrokes a second, of the two and of those in the crowd who type. */
const FAST = 10, SLOW = 4;
const WARM_UP = 1_000;
const LONG: Readonly<Record<Server, number>> = { parley: 5_000, bare: 2_500 };

/** The eighteen others of a full room; the first three of them type as well, all read. */
const CROWD: readonly CastName[] = [
  'azHead', 'ocHead', 'chair', 'azHead', 'azHead', 'ocHead', 'ocHead', 'chair', 'chair', 'az', 'az', 'oc', 'oc', 'auditor', 'auditor', 'observer', 'observer', 'observer',
];

/** A process of its own that types and reads. */
class Typist {
  private readonly process: ChildProcess = fork(path.join(import.meta.dirname, 'typist.js'), { execArgv: ['--enable-source-maps'] });

  async obey(order: Order): Promise<Times | null> {
    this.process.send(order);
    const [{ answer, error }] = await once(this.process, 'message') as [{ answer?: Times | null; error?: string }];
    if (error !== undefined) throw new Error(`${order.do}: ${error}`);
    return answer ?? null;
  }

  async leave(): Promise<void> {
    await this.obey({ do: 'leave' });
    await once(this.process, 'exit');
  }
}

type Pair = readonly [Typist, Typist];

/** Azure and Ochre type at the same time, each in a process of its own, and look at each other's position; `crowd` has the others. Gives milliseconds from hand to screen. */
async function round(group: WorkingGroup, on: Server, pair: Pair, crowd: Typist | null, milliseconds = LONG[on]): Promise<number[]> {
  await Promise.all(pair.map((typist, i) => typist.obey({ do: 'watch', on, writer: 1 - i, room: positionRoom(group.delegations[1 - i]!) })));
  const typing = (typist: Typist, perSecond: number, writers: number[]) => typist.obey({ do: 'type', on, writers, perSecond, milliseconds });
  const typed = Promise.all(pair.map((typist, writer) => typing(typist, FAST, [writer])));
  if (crowd) await typing(crowd, SLOW, [2, 3, 4]);
  const made = await typed;
  const seen = await Promise.all(pair.map((typist, i) => typist.obey({ do: 'seen', count: made[1 - i]!.length })));
  return made.flatMap((times, i) => {
    if (seen[1 - i]!.length !== times!.length) throw new Error(`${on}: of ${times!.length} keystrokes ${seen[1 - i]!.length} were seen`);
    return times!.map((at, n) => (seen[1 - i]![n]! - at) / 1_000);
  });
}

async function rounds(section: string, group: WorkingGroup, pair: Pair, crowd: Typist | null): Promise<Row[]> {
  const delays: Record<Server, number[]> = { parley: [], bare: [] };
  for (const on of ['parley', 'bare'] as const) await round(group, on, pair, crowd, WARM_UP);
  for (let n = 0; n < ROUNDS; n++) for (const on of ['parley', 'bare'] as const) delays[on].push(...await round(group, on, pair, crowd));
  const parley = timed(section, 'Parley: durable first, brackets known', delays.parley), bare = timed(section, 'baseline: bare socket.io', delays.bare);
  return [against(parley, bare), bare];
}

/** What one commit costs at the least on this disk: to append to a file and to wait until it is there. */
function syncing(folder: string): Row {
  const file = openSync(path.join(folder, 'bench-sync'), 'a'), page = Buffer.alloc(8_192);
  const times = Array.from({ length: 200 }, () => {
    const started = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return timed('this disk', 'appending 8 kB and syncing', times);
}

/** From a keystroke of one side to the other side's screen, through the real server as a process, and through a bare relay. `data`: a folder that has a database already. */
export async function latency(data: string): Promise<Row[]> {
  const bare = fork(path.join(import.meta.dirname, 'bare-server.js'));
  const [bareUrl] = await once(bare, 'message') as [string];
  const group = await workingGroup({ data });
  const doc = await group.negotiate(paper(PROVISIONS));
  const pair: Pair = [new Typist(), new Typist()], crowd = new Typist();
  const join = async (typist: Typist, seats: readonly CastName[]): Promise<void> => {
    await typist.obey({ do: 'join', url: group.parley.url, doc, seats });
    await typist.obey({ do: 'connect', url: bareUrl, seats: seats.length });
  };
  try {
    await Promise.all([join(pair[0], ['az']), join(pair[1], ['oc'])]);
    const two = await rounds('keystroke → the other side, 2 people, both typing', group, pair, null);
    await join(crowd, CROWD);
    return [...two, ...await rounds('keystroke → the other side, 20 people, 5 of them typing', group, pair, crowd), syncing(data)];
  } finally {
    await Promise.all([...pair, crowd].map((typist) => typist.leave().catch(() => undefined)));
    bare.kill();
    await group.end();
  }
}
