import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { CastName } from '../support/cast.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import type { TypingClient, Server } from './orders.ts';
import type { Length } from './length.ts';
import type { Seating, BenchFixture, Typing } from './bench-fixture.ts';

const WARM_UP = 400;
/** Keystrokes a second of each who types. */
const PER_SECOND = 10;
/** By how much the middle keystroke may take longer than through the relay, at 20 people. */
const ALLOWED = 4;

const typist = (writer: number, seat: number, every: number): TypingClient => ({ writer, seat, first: writer, every });

/** Azure and Ochre look at everything that the others type, each in a process of its own; `others` type as well. */
function typing(others: number, milliseconds: number): Typing {
  const every = 2 + others, [azure, ochre] = [typist(0, 0, every), typist(1, 0, every)], third = Array.from({ length: others }, (_, i) => typist(2 + i, i, every));
  return {
    perSecond: PER_SECOND, milliseconds, brackets: true,
    parts: [
      { typing: [azure], watches: [{ seat: 0, typing: [ochre, ...third] }] },
      { typing: [ochre], watches: [{ seat: 0, typing: [azure, ...third] }] },
      { typing: third, watches: [] },
    ],
  };
}

async function delays(fixture: BenchFixture, on: Server, seating: Seating, others: number, milliseconds: number): Promise<readonly number[]> {
  await fixture.sit(on, seating);
  await fixture.run(on, seating, typing(others, WARM_UP));
  const { delays } = await fixture.run(on, seating, typing(others, milliseconds));
  await fixture.rise(on, seating.cast);
  return delays;
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

/** From a keystroke of one side to the other side's screen with its brackets, beside the relay. */
export async function latency(fixture: BenchFixture, doc: string, { latency: milliseconds }: Length): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [people, others] of [[2, 0], [20, 3], [200, 3]] as const) {
    const seating: Seating = {
      cast: `${people}`, doc, readers: people - 2 - others, seats: [['az'], ['oc'], (['azHead', 'ocHead', 'chair'] satisfies CastName[]).slice(0, others)],
    };
    const section = `keystroke → the other side, ${people} people in the document, ${2 + others} of them typing`;
    const bare = timed(section, 'baseline: bare socket.io', await delays(fixture, 'bare', seating, others, milliseconds));
    const parley = against(timed(section, 'Parley: durable first, brackets known', await delays(fixture, 'parley', seating, others, milliseconds)), bare);
    const more = parley.p50 - bare.p50;
    rows.push(people === 20 ? aiming(parley, `p50 within ${ALLOWED} ms of the baseline (${more.toFixed(1)} ms)`, more <= ALLOWED) : parley, bare);
  }
  return [...rows, syncing(fixture.parley.data)];
}
