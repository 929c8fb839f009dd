import type { CastName } from '../support/cast.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import type { TypingClient, Server } from './orders.ts';
import { canLook } from './processes.ts';
import type { Part, Run, Seating, BenchFixture, Typing } from './bench-fixture.ts';

const HALF: readonly CastName[] = ['az', 'oc', 'azHead', 'ocHead', 'chair'];
/** Ten who type, five in each of two processes, and one who only reads, in a third. */
export const TEN = 10;
export const tenIn = (doc: string): Seating => ({ cast: 'ten', doc, seats: [HALF, HALF, ['observer']] });

const typingClientsOf = (process: number): TypingClient[] => HALF.map((_, seat) => ({ writer: process * HALF.length + seat, seat, first: process * HALF.length + seat, every: TEN }));
const PARTS: readonly Part[] = [
  { typing: typingClientsOf(0), watches: [] }, { typing: typingClientsOf(1), watches: [] }, { typing: [], watches: [{ seat: 0, typing: [...typingClientsOf(0), ...typingClientsOf(1)] }] },
];

/** `rate` keystrokes a second in one document. */
export const allTyping = (rate: number, milliseconds: number): Typing => ({ parts: PARTS, perSecond: rate / TEN, milliseconds });

const RATE = 1_000, WARM_UP = 600;
const WARM_UP_TYPING = { rate: 2_000, milliseconds: { bare: 800, parley: 3_000 } };

/**
 * Before anything is measured ten people type fast into a document that is not looked at again: code that has just been loaded runs several times slower, in the
 * server and in the typists, and servers are not started anew for each key press.
 */
export async function warmUp(fixture: BenchFixture, doc: string): Promise<void> {
  const seating = { ...tenIn(doc), cast: 'heating' };
  for (const on of ['bare', 'parley'] as const) {
    await fixture.sit(on, seating);
    await fixture.run(on, seating, allTyping(WARM_UP_TYPING.rate, WARM_UP_TYPING.milliseconds[on]));
    await fixture.rise(on, seating.cast);
  }
}
/** How many times the relay's work, the database's included. */
const ALLOWED = 2;
/** With more keystrokes to an entry than this the row says nothing about the aim. */
const MERGED = 2;

interface Steady { readonly run: Run; readonly written: { readonly entries: number; readonly commits: number } | null }

/** The same on both servers. What is written meanwhile is counted over exactly these keystrokes. */
async function steady(fixture: BenchFixture, on: Server, doc: string, milliseconds: number): Promise<Steady> {
  await fixture.run(on, tenIn(doc), allTyping(RATE, WARM_UP));
  const before = await fixture.typed?.written(), run = await fixture.run(on, tenIn(doc), allTyping(RATE, milliseconds)), after = await fixture.typed?.written();
  return { run, written: before && after ? { entries: after.entries - before.entries, commits: after.commits - before.commits } : null };
}

/** What 1,000 keystrokes cost when as many come in a second; ten people are seated on both servers. */
export async function cost(fixture: BenchFixture, doc: string, { steady: milliseconds }: Length): Promise<Row[]> {
  const { run: bare } = await steady(fixture, 'bare', doc, milliseconds), { run: parley, written } = await steady(fixture, 'parley', doc, milliseconds);
  const section = '1,000 keystrokes a second in one document, 11 people, 10 of them typing';
  const seen = timed(section, 'keystroke → reader, baseline', bare.delays);
  const rows: Row[] = [against(timed(section, 'keystroke → reader, Parley', parley.delays), seen), seen];
  if (!canLook || !written) return rows;
  const of = (name: string, cpu: number, run: Run): Row => ({ section, name, unit: 'ms', p50: cpu / run.keystrokes * 1_000, n: run.keystrokes, clients: run.clients });
  const whole = of('CPU per 1,000 keystrokes, Parley with PostgreSQL', parley.serverCpu + parley.databaseCpu, parley);
  const baseline = of('CPU per 1,000 keystrokes, baseline', bare.serverCpu, bare), ratio = whole.p50 / baseline.p50;
  const { entries, commits } = written, merged = parley.keystrokes / entries;
  return [
    // A client sends what it typed meanwhile as one update: on a machine that is too busy few updates carry many keystrokes, and that is cheap for the wrong reason.
    ...rows, aiming({ ...whole, ratio }, `≤ ${ALLOWED} × the baseline, at no more than ${MERGED} keystrokes in an entry`, ratio <= ALLOWED && merged <= MERGED), baseline,
    of('of it the server', parley.serverCpu, parley), of('of it PostgreSQL', parley.databaseCpu, parley),
    { section, name: 'keystrokes in one entry, on average', unit: `${parley.keystrokes} in ${entries}`, p50: merged, n: entries },
    { section, name: 'entries in one commit, on average', unit: `${entries} in ${commits}`, p50: entries / commits, n: commits },
  ];
}
