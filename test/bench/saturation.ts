import type { CastName } from '../support/cast.ts';
import type { WorkingGroup } from '../support/working-group.ts';
import { allTyping, tenIn } from './cost.ts';
import { against, aiming, percentile, type Row } from './figures.ts';
import type { Length } from './length.ts';
import type { TypingClient, Server } from './orders.ts';
import { paper, PROVISIONS } from './paper.ts';
import type { Run, BenchFixture, Typing } from './bench-fixture.ts';

/** Of a hundred keystrokes ninety-nine are seen so soon, in milliseconds. */
const SEEN_WITHIN_MS = 100;
/** Clients that make one keystroke in a hundred later than this, in milliseconds, or less than this part of what they should: it is they who cannot keep up. */
const CLIENTS_LATE_MS = 100, MIN_SHARE_TYPED = 0.95;
const FIRST = 2_000, LEAST = 125, MOST = 256_000;
const AT_ONCE = 10;
const ALLOWED = 2;
/** Keystrokes a second before anything is measured, so that every document has been written in, and for how long. */
const WARM_UP = { rate: 4_000, milliseconds: 1_000 };

interface Step { readonly rate: number; readonly kept: boolean; readonly run: Run }
interface HighestRate { readonly best: Step | null; readonly limit: 'server' | 'clients' }

async function step(fixture: BenchFixture, on: Server, cast: string, typing: Typing, count: number): Promise<Step> {
  const run = await fixture.run(on, { cast }, typing), rate = count * typing.perSecond, wanted = rate * typing.milliseconds / 1_000;
  return { rate, kept: percentile(run.delays, 0.99) <= SEEN_WITHIN_MS && run.behind <= CLIENTS_LATE_MS && run.keystrokes >= MIN_SHARE_TYPED * wanted, run };
}

/** Finds the highest rate that is kept: by doubles, or halves if the first is not, and then so often in the middle. */
async function searchHighestRate(halvings: number, at: (rate: number) => Promise<Step>): Promise<HighestRate> {
  let best: Step | null = null, failed = Infinity, limit: HighestRate['limit'] = 'server';
  const keeps = async (rate: number): Promise<boolean> => {
    const done = await at(rate);
    if (done.kept) best = done;
    else [failed, limit] = [rate, done.run.behind > CLIENTS_LATE_MS ? 'clients' : 'server'];
    return done.kept;
  };
  let low = FIRST;
  if (await keeps(low)) while (low < MOST && await keeps(low * 2)) low *= 2;
  else do low /= 2; while (low >= LEAST && !await keeps(low));
  for (let n = 0; n < halvings && failed < Infinity; n++) {
    const middle = (low + failed) / 2;
    if (await keeps(middle)) low = middle;
  }
  return { best, limit };
}

const row = (section: string, name: string, { best, limit }: HighestRate): Row => ({
  section, name: limit === 'clients' ? `${name}, at least: beyond it the bench's own clients were late` : name, unit: 'keystrokes/s', p50: best?.rate ?? 0, clients: best?.run.clients ?? 0,
});

async function compared(section: string, at: (on: Server) => Promise<HighestRate>): Promise<Row[]> {
  const bare = row(section, 'baseline', await at('bare'));
  return [against(row(section, 'Parley', await at('parley')), bare), bare];
}

/** The highest rate at which a keystroke is seen in time and none is lost, ten people typing in one document. They are seated already. */
export async function inOne(fixture: BenchFixture, doc: string, { step: milliseconds, halvings }: Length): Promise<Row[]> {
  const section = `highest rate with p99 ≤ ${SEEN_WITHIN_MS} ms, one document, 11 people, 10 of them typing`;
  const [parley, bare] = await compared(section, (on) => searchHighestRate(halvings, (rate) => step(fixture, on, tenIn(doc).cast, allTyping(rate, milliseconds), 10))) as [Row, Row];
  return [aiming(parley, `≥ ${ALLOWED} × the baseline`, parley.ratio! >= ALLOWED), bare];
}

/** So many new documents in drafting. */
export async function documents(group: WorkingGroup, count: number): Promise<string[]> {
  const docs: string[] = [];
  while (docs.length < count) docs.push(...await Promise.all(Array.from({ length: AT_ONCE }, () => group.draft(paper(PROVISIONS)))));
  return docs;
}

/** One who types and one who reads in each of many documents. */
export async function inMany(fixture: BenchFixture, docs: readonly string[], { step: milliseconds, halvings }: Length): Promise<Row[]> {
  const clients = docs.map((_, seat): TypingClient => ({ writer: seat, seat, first: 0, every: 1 }));
  const typing = (rate: number): Typing => ({
    perSecond: rate / docs.length, milliseconds, parts: [{ typing: clients, watches: [] }, { typing: [], watches: clients.map((client) => ({ seat: client.seat, typing: [client] })) }],
  });
  const cast = 'many', seats: readonly (readonly CastName[])[] = [['az'], ['oc']];
  for (const on of ['parley', 'bare'] as const) for (const doc of docs) await fixture.sit(on, { cast, doc, seats });
  for (const on of ['parley', 'bare'] as const) await fixture.run(on, { cast }, { ...typing(WARM_UP.rate), milliseconds: WARM_UP.milliseconds });
  const rows = await compared(`highest rate with p99 ≤ ${SEEN_WITHIN_MS} ms, ${docs.length} documents, two people in each, one of them typing`,
    (on) => searchHighestRate(halvings, (rate) => step(fixture, on, cast, typing(rate), docs.length)));
  for (const on of ['parley', 'bare'] as const) await fixture.rise(on, cast);
  return rows;
}
