import { setImmediate as macrotask, setTimeout as pause } from 'node:timers/promises';
import type { Json } from '@parley/ledger';
import { writeAct } from '@parley/protocol';
import { type ActReader, WorkerActReader } from '../../apps/server/src/groups/act-reader.ts';
import { ActReading } from '../../apps/server/src/groups/act-reading.ts';
import { PACE } from '../../apps/server/src/commit/commit-loop.ts';
import { LargeActs } from '../../apps/server/src/groups/large-acts.ts';
import { type Piece, sizeOf } from '../../apps/server/src/groups/pieces.ts';
import { RULES } from '../../apps/server/src/commit/rules.ts';
import { RoomsFixture, type Client, SALT } from '../support/rooms-fixture.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { WorkClock, worked } from './work-clock.ts';

const DOC = 'd', ROOM = 'working', HEAVY = 'anna', OTHERS = ['ben', 'ann', 'mo'] as const, HONEST = 'bo';
/** So many acts one member sends at once, and again when they are answered. */
const SENT_AT_ONCE = 12;
/** So often each of the others types while it is counted: long enough for far more to be read than one member may let be read. */
const KEYS = 700, KEY_EVERY_MS = 40;
const LASTS_MS: Readonly<Record<Exclude<Size, 'small'>, number>> = { usual: 30_000, long: 300_000 };
/** A keystroke of anybody else is answered within this much work of the loop. */
const ANSWERED_WITHIN_MS = 20;
/** What reading is taken to cost where it is counted: of a body, so many bytes, and to take over a piece, so many values, a millisecond. */
const BYTES_A_MS = 5_000, VALUES_A_MS = 200;
/** What HG55 lets one member take at once, and each second. */
const BURST_MS = 600, PER_SECOND_MS = 60;

const bodyOf = (act: Readonly<Record<string, unknown>>): Uint8Array => new TextEncoder().encode(JSON.stringify(writeAct(act as never, SALT)));

/** Answers to so many proposals in so many hunks each: nothing that is sent in a MiB consists of more values. None of them is there, so each is read for nothing. */
const answering = (id: string, parts: number, hunks: number): Uint8Array => bodyOf({
  v: 1, id, doc: DOC, t: 'decline', reason: 'No.', parts: Array.from({ length: parts }, (_, n) => ({
    on: 'words', party: 'b', provision: `p${n}`, key: 'en:text', digest: 'a'.repeat(64), version: 2,
    hunks: Array.from({ length: hunks }, (_hunk, i) => ({ from: i, to: i + 1, removed: [{ t: 'x' }], inserted: [{ t: 'y' }] })),
  })),
});
/** Much of something that is no act. */
const nothing = new TextEncoder().encode(JSON.stringify({ op: '{}', words: `[${'[],'.repeat(300_000)}[]]` }));

/** Reads here what a server's worker reads, and moves the clock by what the loop does of it: by taking over pieces, and by nothing else. */
class CountedReader implements ActReader {
  spentMs = 0;
  dearestMs = 0;
  private readonly acts = new LargeActs();
  private pieces = 0;

  constructor(private readonly clock: WorkClock, private readonly sabotage: string | null) {}

  async read(body: Uint8Array) {
    const { found } = this.acts.read(body), tookMs = body.length / BYTES_A_MS;
    this.spentMs += tookMs;
    this.dearestMs = Math.max(this.dearestMs, tookMs);
    if (this.sabotage === 'read-elsewhere') this.clock.takes(tookMs);
    this.pieces = found.ok ? found.pieces : 0;
    const whole = this.sabotage === 'take-over-in-pieces' && found.ok;
    return { found: whole ? { ...found, pieces: 1 } : found, tookMs: this.sabotage === 'pay-for-reading' ? 0 : tookMs };
  }

  async piece(n: number): Promise<Piece> {
    const pieces = this.sabotage === 'take-over-in-pieces' ? Array.from({ length: this.pieces }, (_, i) => this.acts.piece(i)) : [this.acts.piece(n)];
    this.clock.takes(pieces.flatMap(({ parts }) => parts).reduce((sum, [, part]) => sum + sizeOf(part as Json), 0) / VALUES_A_MS);
    return pieces[0]!;
  }

  async close(): Promise<void> {}
}

/** One document, with those who type in it while a member sends acts. */
class LargeActsFixture {
  working = true;
  readonly waited: number[] = [];

  constructor(private readonly fixture: RoomsFixture, private readonly findings: Findings) {}

  async open(): Promise<Client[]> {
    await this.fixture.established();
    await this.fixture.opened(DOC, ...OTHERS.map(() => ''));
    return Promise.all(OTHERS.map((user) => this.fixture.client(user, DOC)));
  }

  perform(user: string, body: Uint8Array): Promise<string> {
    return this.fixture.rooms.perform(user, DOC, body).then((answer) => (answer.ok ? 'ok' : answer.reason));
  }

  /** The heavy member sends one body after the other; `rest`: until he asks again. */
  async again(body: Uint8Array, rest: () => Promise<unknown>): Promise<void> {
    for (; this.working; await rest()) {
      const answer = await this.perform(HEAVY, body);
      this.findings.count(answer === 'busy' ? 'busy' : 'read');
      this.findings.check(answer !== 'ok' && answer !== 'server-error', () => `an act that cannot be performed was answered ${answer}`);
    }
  }

  async key(client: Client, n: number, now: () => number): Promise<number> {
    const update = client.typed(ROOM, `p${n + 1}`, 0, 'x'), began = now(), answer = await client.send(ROOM, update), took = now() - began;
    this.waited.push(took);
    this.findings.tried += 1;
    this.findings.check(answer.ok, () => `somebody else’s letter was refused: ${JSON.stringify(answer)}`);
    return took;
  }
}

async function counted(findings: Findings, { sabotage }: Options): Promise<void> {
  const clock = new WorkClock(), reader = new CountedReader(clock, sabotage), now = () => clock.now;
  const participants = new LargeActsFixture(new RoomsFixture(undefined, { now: clock.look, rules: clock.weighing(RULES), pace: { ...PACE, intervalMs: 0, countMs: 0 }, reading: new ActReading(reader, now) }), findings);
  const others = await participants.open(), bodies = [answering('many', 50, 100), nothing, answering('few', 200, 1)];
  let typing = others.length;
  const type = async (client: Client, n: number): Promise<void> => {
    for (let i = 0; i < KEYS && findings.violations === 0; i++) {
      const took = await participants.key(client, n, () => clock.now);
      findings.check(took < ANSWERED_WITHIN_MS, () => `a keystroke of another was answered after ${took} ms of work, as they are counted`);
    }
    typing -= 1;
    participants.working = typing > 0;
  };
  const flood = Array.from({ length: SENT_AT_ONCE }, (_, i) => participants.again(bodies[i % bodies.length]!, macrotask));
  const honest = participants.perform(sabotage === 'take-turns' ? HEAVY : HONEST, answering('honest', 150, 1)), before = reader.spentMs;
  const answered = honest.then((answer) => {
    findings.tried += 1;
    findings.check(answer !== 'busy', () => 'another member’s act was not read');
    // One is under way, one more has its turn before it, and another may have begun before this request was in the queue: how soon it is there the machine decides.
    findings.check(reader.spentMs - before <= 4 * reader.dearestMs, () => `another member’s act was read after ${reader.spentMs - before} ms of reading, as they are counted`);
  });
  await Promise.all([...others.map(type), ...flood, answered]);
  const allowed = BURST_MS + PER_SECOND_MS * clock.now / 1_000 + 2 * reader.dearestMs;
  findings.check(reader.spentMs <= allowed, () => `${reader.spentMs} ms of reading were spent on one member, who may have ${allowed}`);
  Object.assign(findings.figures, percentiles('countedMs', participants.waited));
}

/** The same with the worker of a server, which reads all the time: as much is let be spent as ever is asked for. */
async function timed(findings: Findings, size: Exclude<Size, 'small'>): Promise<void> {
  const worker = new WorkerActReader();
  const unpaid: ActReader = { read: async (body) => ({ ...await worker.read(body), tookMs: 0 }), piece: (n) => worker.piece(n), close: () => worker.close() };
  const fixture = new RoomsFixture(undefined, { pace: PACE, reading: new ActReading(unpaid, () => 0) }), participants = new LargeActsFixture(fixture, findings), others = await participants.open();
  const type = async (client: Client, n: number): Promise<void> => {
    for (; participants.working; await pause(KEY_EVERY_MS)) await participants.key(client, n, worked);
  };
  const flood = [answering('many', 100, 100), nothing, answering('few', 200, 1), answering('some', 200, 20)].map((body) => participants.again(body, () => pause(1)));
  const work = [...others.map(type), ...flood];
  await pause(LASTS_MS[size]);
  participants.working = false;
  await Promise.all(work);
  await fixture.rooms.close();
  const figures = percentiles('answeredMs', participants.waited);
  Object.assign(findings.figures, figures);
  findings.check(figures['answeredMsP99']! < ANSWERED_WITHIN_MS, () => `one keystroke in a hundred of the others took ${figures['answeredMsP99']} ms of work`);
}

async function manyLargeActs(options: Options): Promise<Outcome> {
  const findings = new Findings(), { size } = options;
  await counted(findings, options);
  if (size !== 'small' && findings.violations === 0) await timed(findings, size);
  return findings.outcome();
}

export const largeActs: Row = {
  name: 'large-acts', run: manyLargeActs, about: 'one member sends acts as large as they may be, a dozen at once, which cannot be performed, while others type in the same document and one of them sends a large act too',
  rules: {
    'read-elsewhere': 'the loop that serves people reads large acts itself',
    'take-over-in-pieces': 'what was read is taken over at once',
    'pay-for-reading': 'what reading takes is not counted for who sent it',
    'take-turns': 'the other member’s act is sent under the heavy member’s own account',
  },
};
