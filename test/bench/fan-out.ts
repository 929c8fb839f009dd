import { against, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import type { TypingClient, Server } from './orders.ts';
import { canLook } from './processes.ts';
import type { Run, Seating, BenchFixture, Typing } from './bench-fixture.ts';

const READERS = 500, PER_SECOND = 20, WARM_UP = 400;
const TYPING_CLIENT: TypingClient = { writer: 0, seat: 0, first: 0, every: 1 };

const typing = (milliseconds: number): Typing => ({
  perSecond: PER_SECOND, milliseconds, parts: [{ typing: [TYPING_CLIENT], watches: [] }, { typing: [], watches: [{ seat: 0, typing: [TYPING_CLIENT] }] }],
});

async function measured(fixture: BenchFixture, on: Server, doc: string, milliseconds: number): Promise<Run> {
  const half: Seating = { cast: 'readers', doc, seats: [['az'], []], readers: READERS / 2 };
  await fixture.sit(on, half);
  // The reader who is measured stands in the middle of the line.
  await fixture.sit(on, { ...half, seats: [[], ['oc']], readers: READERS / 2 - 1 });
  const seating = { cast: half.cast, readers: READERS - 1 };
  await fixture.run(on, seating, typing(WARM_UP));
  const run = await fixture.run(on, seating, typing(milliseconds));
  await fixture.rise(on, half.cast);
  return run;
}

/** One writer to many readers, of whom all but one read frames only. */
export async function fanOut(fixture: BenchFixture, doc: string, { fanOut: milliseconds }: Length): Promise<Row[]> {
  const bare = await measured(fixture, 'bare', doc, milliseconds), parley = await measured(fixture, 'parley', doc, milliseconds);
  const section = `one writer, ${PER_SECOND} keystrokes a second, ${READERS} readers`;
  const seen = timed(section, 'keystroke → reader, baseline', bare.delays), rows = [against(timed(section, 'keystroke → reader, Parley', parley.delays), seen), seen];
  if (!canLook) return rows;
  const costing = (name: string, cpu: number, { keystrokes, clients }: Run): Row =>
    ({ section, name, unit: 'µs', p50: cpu * 1_000 / (keystrokes * READERS), n: keystrokes * READERS, clients });
  const cost = costing('CPU per delivery, baseline', bare.serverCpu, bare);
  return [...rows, against(costing('CPU per delivery, Parley with PostgreSQL', parley.serverCpu + parley.databaseCpu, parley), cost), cost];
}
