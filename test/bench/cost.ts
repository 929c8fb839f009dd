import type { CastName } from '../support/working-group.ts';
import { against, aiming, type Row, timed } from './figures.ts';
import type { Length } from './length.ts';
import type { Hand, Server } from './orders.ts';
import { canLook } from './processes.ts';
import type { Part, Run, Seating, Stand, Typing } from './stand.ts';

const HALF: readonly CastName[] = ['az', 'oc', 'azHead', 'ocHead', 'chair'];
/** Ten who type, five in each of two processes, and one who only reads, in a third. */
export const TEN = 10;
export const tenIn = (doc: string): Seating => ({ cast: 'ten', doc, seats: [HALF, HALF, ['observer']] });

const handsOf = (process: number): Hand[] => HALF.map((_, seat) => ({ writer: process * HALF.length + seat, seat, first: process * HALF.length + seat, every: TEN }));
const PARTS: readonly Part[] = [
  { hands: handsOf(0), watches: [] }, { hands: handsOf(1), watches: [] }, { hands: [], watches: [{ seat: 0, hands: [...handsOf(0), ...handsOf(1)] }] },
];

/** `rate` keystrokes a second in one document. */
export const allTyping = (rate: number, milliseconds: number): Typing => ({ parts: PARTS, perSecond: rate / TEN, milliseconds });

const RATE = 1_000, WARM_UP = 600;
/** How many times the relay's work, the database's included. */
const ALLOWED = 2;

async function steady(stand: Stand, on: Server, doc: string, milliseconds: number): Promise<Run> {
  await stand.run(on, tenIn(doc), allTyping(RATE, WARM_UP));
  return stand.run(on, tenIn(doc), allTyping(RATE, milliseconds));
}

/** What 1,000 keystrokes cost when as many come in a second; ten people are seated on both servers. */
export async function cost(stand: Stand, doc: string, { steady: milliseconds }: Length): Promise<Row[]> {
  const bare = await steady(stand, 'bare', doc, milliseconds);
  const before = await stand.ledger?.written();
  const parley = await stand.run('parley', tenIn(doc), allTyping(RATE, WARM_UP)).then(() => steady(stand, 'parley', doc, milliseconds));
  const after = await stand.ledger?.written();
  const section = '1,000 keystrokes a second in one document, 11 people, 10 of them typing';
  const latency = against(timed(section, 'keystroke → reader, Parley', parley.delays), timed(section, '', bare.delays));
  const rows: Row[] = [latency, timed(section, 'keystroke → reader, baseline', bare.delays)];
  if (!canLook || !before || !after) return rows;
  const of = (name: string, cpu: number, run: Run): Row => ({ section, name, unit: 'ms', p50: cpu / run.keystrokes * 1_000, n: run.keystrokes, clients: run.clients });
  const whole = of('CPU per 1,000 keystrokes, Parley with PostgreSQL', parley.serverCpu + parley.databaseCpu, parley);
  const baseline = of('CPU per 1,000 keystrokes, baseline', bare.serverCpu, bare), ratio = whole.p50 / baseline.p50;
  const entries = after.entries - before.entries, commits = after.commits - before.commits;
  return [
    ...rows, aiming({ ...whole, ratio }, `≤ ${ALLOWED} × the baseline`, ratio <= ALLOWED), baseline,
    of('of it the server', parley.serverCpu, parley), of('of it PostgreSQL', parley.databaseCpu, parley),
    { section, name: 'entries in one commit, on average', unit: `${entries} in ${commits}`, p50: entries / commits, n: commits },
  ];
}
