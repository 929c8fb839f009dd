import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { UpdateAnswer } from '@parley/protocol';
import { textAt } from '@parley/text';
import * as Y from 'yjs';
import { PACE } from '../../apps/server/src/rooms/commit-loop.ts';
import { WorkerReplayer } from '../../apps/server/src/rooms/replayer.ts';
import { Replays } from '../../apps/server/src/rooms/replays.ts';
import { Bench, type Client } from '../support/rooms.ts';
import { bytes, items } from '../../libs/text/test-support/forge.ts';
import { LIMIT_RULES, meetLimits, rulesWithout } from './limits-met.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';

/** A server that has just begun compiles what it does: so often each is asked before anything is counted. */
const WARM = 12;
const LASTS_MS: Readonly<Record<Size, number>> = { small: 3_000, usual: 60_000, long: 600_000 };
/** How long earlier instants are asked for besides, in the worker of a server; the small form has none. */
const REPLAYS_MS: Readonly<Record<Size, number>> = { small: 0, usual: 20_000, long: 60_000 };
/** What one member puts into one text before, each letter in front of the last; the door lets one have no more than half of a room. */
const SCATTERED: Readonly<Record<Size, number>> = { small: 4_000, usual: 45_000, long: 45_000 };
/** What one member may have waiting; and how much of it is asked again when it is answered. */
const WAITING = 900;
/** The kinds of what is asked, in the first of those that wait. */
const KINDS = 6;
const KEY_EVERY_MS = 40;
/** A keystroke of anybody else is answered within this much work of the process, whatever else the machine does. */
const ANSWERED_WITHIN_MS = 150;
const DOC = 'd', ROOM = 'working', HEAVY = 'ann', OTHERS = ['bo', 'ben', 'anna'] as const;
/** What becomes of a text of twenty thousand characters: fifty of them, which is all that a room takes. */
const FIELDS = Array.from({ length: 52 }, () => '');

/** How long the process has worked. A machine that does other things meanwhile does not count. */
const worked = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1_000; };

/** What Linux says that the thread of this loop has worked: what a worker does beside it is none of it. */
const LOOP = `/proc/self/task/${process.pid}/schedstat`, knowsLoop = existsSync(LOOP);
/** How long the loop has worked, in milliseconds; by the clock where nobody tells. */
const loopWorked = (): number => (knowsLoop ? Number(readFileSync(LOOP, 'utf8').split(' ')[0]) / 1e6 : performance.now());

/** The real rooms of a server; one member who does his worst in a document, within what a door and a queue allow; and others who type in it. */
class Workshop {
  private readonly bench: Bench;
  private readonly waited: number[] = [];
  /** While instants are replayed: the worker's own work is the process's too, so that of the loop alone is counted. */
  private readonly waitedUnderReplays: number[] = [];
  private working = true;
  private replaying = false;

  constructor(private readonly findings: Findings, private readonly options: Options) {
    const { sabotage } = options;
    this.bench = new Bench(undefined, {
      rules: rulesWithout(sabotage), pace: { ...PACE, ...(sabotage === 'end-the-turn' && { workMs: Infinity }) },
      ...(sabotage === 'share-the-turn' && { payerOf: () => 'everybody' }),
    });
  }

  async run(): Promise<void> {
    const { size, sabotage } = this.options;
    await this.bench.established();
    await this.bench.opened(DOC, ...FIELDS);
    const heavy = await this.bench.client(HEAVY, DOC), others = await Promise.all(OTHERS.map((user) => this.bench.client(sabotage === 'leave-room-to-others' ? HEAVY : user, DOC)));
    await this.fill(heavy);
    await meetLimits(this.bench, heavy, this.findings, { doc: DOC, room: ROOM, scattered: 'p1', sabotage });
    // Without one of these limits the row has failed by now, and others would only wait.
    if (sabotage !== null && sabotage in LIMIT_RULES) return;
    const worst = this.worst(heavy);
    for (let i = 0; i < WARM * KINDS; i++) await worst[i % KINDS]!();
    const typing = others.map((other, n) => this.type(other, n));
    const flood = worst.map((ask) => this.again(ask));
    await pause(LASTS_MS[size]);
    if (REPLAYS_MS[size] > 0) await this.replay(REPLAYS_MS[size]);
    this.working = false;
    await Promise.all([...typing, ...flood]);
    const { [`answeredMsP99`]: p99 } = Object.assign(this.findings.figures, percentiles('answeredMs', this.waited)) as Record<string, number>;
    this.findings.check(p99! < ANSWERED_WITHIN_MS, () => `one keystroke in a hundred of the others took ${p99} ms of work`);
    if (this.waitedUnderReplays.length === 0) return;
    const under = Object.assign(this.findings.figures, percentiles('answeredUnderReplaysMs', this.waitedUnderReplays)) as Record<string, number>;
    this.findings.check(under.answeredUnderReplaysMsP99! < ANSWERED_WITHIN_MS, () => `while instants were replayed one keystroke in a hundred took ${under.answeredUnderReplaysMsP99} ms of work`);
  }

  /** The heavy member asks for earlier instants as well, as many as may wait of one. */
  private async replay(lasts: number): Promise<void> {
    const replays = new Replays(this.bench.log, new WorkerReplayer()), until = performance.now() + lasts;
    const ask = async (n: number): Promise<void> => {
      for (let i = 0; performance.now() < until; i++) {
        const done = await replays.at(HEAVY, DOC, Math.floor(this.bench.log.size / (1 + ((i * 7 + n) % 5)))).then(() => true, () => false);
        this.findings.count(done ? 'replayed' : 'replay refused');
      }
    };
    this.replaying = true;
    await Promise.all([0, 1, 2, 3].map(ask));
    this.replaying = false;
    await replays.onApplicationShutdown();
    this.findings.check(Number(this.findings.figures.replayed ?? 0) > 0, () => 'no instant was replayed');
  }

  /** Scattered letters in one text, and as many words in the others as the door lets one member write. */
  private async fill(heavy: Client): Promise<void> {
    for (let left = SCATTERED[this.options.size]; left > 0; left -= 3_000) {
      const answer = await heavy.send(ROOM, heavy.edit(ROOM, (doc) => { for (let i = 0; i < Math.min(3_000, left); i++) textAt(doc, 'p1', 'en:text')!.insert(0, 'f'); if (left > 19_000) textAt(doc, 'p1', 'en:text')!.delete(0, 3_000); }));
      this.findings.check(answer.ok, () => `the heavy member could not scatter: ${JSON.stringify(answer)}`);
    }
    let filled = 0, last: UpdateAnswer | null = null;
    for (; filled < FIELDS.length - 2; filled++) {
      last = await heavy.type(ROOM, `p${filled + 3}`, 0, 'w'.repeat(20_000));
      if (!last.ok) break;
    }
    this.findings.tried += 1;
    this.findings.check(last !== null && !last.ok && last.reason === 'room-full', () => `one member filled ${filled} texts and was told ${JSON.stringify(last)}`);
  }

  /** Requests that cost most for what they weigh. Those that are refused cost again every time. */
  private worst(heavy: Client): (() => Promise<unknown>)[] {
    const doc = heavy.room(ROOM), text = textAt(doc, 'p1', 'en:text')!, parent = text._item!.id, fresh = 3_000_000_000, send = (update: Uint8Array) => () => heavy.send(ROOM, update);
    const ends = { origin: text._start!.id, right: null };
    const passing = bytes(items([{ client: fresh, ...ends }])), known = bytes(items([{ client: fresh, parent }]));
    const struck = bytes(items([{ client: fresh, parent: Y.createID(1, 1) }]), [[parent.client, parent.clock + 1, 1], [doc.clientID, 0, Y.getState(doc.store, doc.clientID)]]);
    const large = bytes(items(Array.from({ length: 10_000 }, (_, i) => ({ client: fresh, ...(i === 0 ? { parent } : { origin: Y.createID(fresh, i - 1) }) }))));
    const join = () => this.bench.rooms.join(HEAVY, { doc: DOC, have: {} }), later = () => this.bench.rooms.join(HEAVY, { doc: DOC, have: { [ROOM]: Y.encodeStateVector(new Y.Doc()) } });
    const asks = [send(passing), send(known), send(struck), join, later];
    return Array.from({ length: WAITING }, (_, i) => (i % 60 === 0 ? send(large) : asks[i % asks.length]!));
  }

  private async again(ask: () => Promise<unknown>): Promise<void> {
    while (this.working) {
      const answer = await ask() as { readonly reason?: string };
      this.findings.count(answer.reason === 'busy' ? 'busy' : 'asked');
      // A client asks again later when it is told that the server is busy.
      if (answer.reason === 'busy') await pause(50);
    }
  }

  private async type(client: Client, n: number): Promise<void> {
    for (let i = 0; this.working; i++) {
      await pause(KEY_EVERY_MS);
      const update = client.typed(ROOM, 'p2', 0, 'abc'[n]!), { replaying } = this, time = replaying ? loopWorked : worked, began = time(), answer = await client.send(ROOM, update);
      (replaying ? this.waitedUnderReplays : this.waited).push(time() - began);
      this.findings.tried += 1;
      this.findings.check(answer.ok, () => `somebody else’s letter was refused: ${JSON.stringify(answer)}`);
      if (!answer.ok) return;
    }
  }
}

async function heavyMember(options: Options): Promise<Outcome> {
  const findings = new Findings();
  await new Workshop(findings, options).run();
  return findings.outcome();
}

export const heavy: Row = {
  name: 'heavy', run: heavyMember, about: 'one member fills what a room lets him, goes once beyond every limit of the door and of a socket, then asks for what costs most, with all that may wait of one member waiting, while others type in the same document',
  rules: {
    ...LIMIT_RULES,
    'share-the-turn': 'all requests wait in one line, whoever asked',
    'end-the-turn': 'a turn judges and answers whatever has arrived',
    'leave-room-to-others': 'the others type under the heavy member’s own account',
  },
};
