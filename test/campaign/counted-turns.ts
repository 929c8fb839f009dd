import { setImmediate as macrotask } from 'node:timers/promises';
import type { Client } from '../support/rooms.ts';
import { PACE } from '../../apps/server/src/rooms/commit-loop.ts';
import type { Rules } from '../../apps/server/src/rooms/rules.ts';
import { LIMIT_RULES, meetLimits, rulesWithout } from './limits-met.ts';
import { type Findings, type Options, percentiles } from './row.ts';
import { DOC, ROOM, SCATTERED_IN, TYPED_IN, Workshop } from './workshop.ts';

/** So often each of the others types while the heavy member asks. */
const KEYS = 25;
/** What the loop is told that a request takes, and what so many bytes more take: the largest that the door judges, ten thousand structs, some twenty milliseconds. */
const REQUEST_MS = 1, BYTES_A_MS = 4_096;

/** A clock that work moves, and nothing else: so a machine that does other things meanwhile changes nothing of what is counted. */
class WorkClock {
  private at = 0;

  /** The loop looks before and after each request. */
  readonly look = (): number => (this.at += REQUEST_MS / 2);

  get now(): number { return this.at; }

  weighing(rules: Rules): Rules {
    return { ...rules, judge: (doc, update, who) => { this.at += update.length / BYTES_A_MS; return rules.judge(doc, update, who); } };
  }
}

/** The heavy member goes once beyond every limit, then has all waiting that may, again and again; how much is done for him before a keystroke of somebody else is answered is counted, not timed. */
export async function countedTurns(findings: Findings, options: Options, within: number): Promise<void> {
  const { sabotage } = options, clock = new WorkClock(), waited: number[] = [];
  const workshop = await Workshop.open(findings, options, {
    now: clock.look, rules: clock.weighing(rulesWithout(sabotage)),
    pace: { ...PACE, turnMs: 0, countMs: 0, ...(sabotage === 'end-the-turn' && { workMs: Infinity }) }, ...(sabotage === 'share-the-turn' && { payerOf: () => 'everybody' }),
  });
  const heavy = await workshop.heavy(), others = await workshop.others();
  await meetLimits(workshop.bench, heavy, findings, { doc: DOC, room: ROOM, scattered: SCATTERED_IN, sabotage });
  // Without one of these limits the row has failed by now, and others would only wait.
  if (sabotage !== null && sabotage in LIMIT_RULES) return;
  let typing = others.length;
  const type = async (client: Client, n: number): Promise<void> => {
    for (let i = 0; i < KEYS && findings.violations === 0; i++) {
      const began = clock.now, answer = await client.type(ROOM, TYPED_IN, 0, 'abc'[n]!), took = clock.now - began;
      waited.push(took);
      findings.tried += 1;
      findings.check(answer.ok, () => `somebody else’s letter was refused: ${JSON.stringify(answer)}`);
      findings.check(took < within, () => `a keystroke of another was answered after ${took} ms of work, as they are counted`);
    }
    typing -= 1;
  };
  const again = async (ask: () => Promise<unknown>): Promise<void> => {
    for (; typing > 0; await macrotask()) await ask();
  };
  await Promise.all([...workshop.worst(heavy).map(again), ...others.map(type)]);
  Object.assign(findings.figures, percentiles('countedMs', waited));
  await workshop.bench.rooms.onApplicationShutdown();
}
