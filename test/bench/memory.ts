import { setTimeout as pause } from 'node:timers/promises';
import { against, type Row } from './figures.ts';
import type { Server } from './orders.ts';
import { canLook, memoryOf } from './processes.ts';
import type { BenchFixture } from './bench-fixture.ts';

const READERS = 300, DOCUMENTS = 50, SETTLED = 500;

/** By how much a server has grown from before to after, in bytes. A collector that runs meanwhile blurs it, so both servers are new ones. */
async function growth(fixture: BenchFixture, on: Server, work: () => Promise<unknown>): Promise<number> {
  const before = memoryOf(fixture.pidOf(on));
  await work();
  await pause(SETTLED);
  return memoryOf(fixture.pidOf(on)) - before;
}

/** What a server that has just started takes for each document that is opened, and for each connection. */
export async function memory(fixture: BenchFixture, docs: readonly string[]): Promise<Row[]> {
  if (!canLook) return [];
  const section = 'memory of the server', row = (name: string, bytes: number, n: number): Row => ({ section, name, unit: 'kB RSS', p50: bytes / n / 1_000, n });
  const connected = (on: Server): Promise<number> =>
    growth(fixture, on, () => fixture.sit(on, { cast: 'resident', doc: docs[0]!, seats: [], readers: READERS }));
  await fixture.sit('parley', { cast: 'first', doc: docs[0]!, seats: [], readers: 1 });
  const opened = await growth(fixture, 'parley', async () => {
    for (const doc of docs.slice(1, 1 + DOCUMENTS)) await fixture.sit('parley', { cast: doc, doc, seats: [], readers: 1 });
  });
  const bare = row('a connection, baseline', await connected('bare'), READERS);
  return [row('a document, with the connection that opened it', opened, DOCUMENTS), against(row('a connection in a document, Parley', await connected('parley'), READERS), bare), bare];
}
