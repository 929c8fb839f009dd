import { setImmediate as macrotask } from 'node:timers/promises';
import type { Client } from '../support/rooms-fixture.ts';
import { PACE } from '../../apps/server/src/commit/commit-loop.ts';
import { LIMIT_RULES, meetLimits, rulesWithout } from './limits-met.ts';
import { type Findings, type Options, percentiles } from './row.ts';
import { WorkClock } from './work-clock.ts';
import { DOC, ROOM, SCATTERED_IN, typedIn, Workshop } from './workshop.ts';

/** So often each of the others types while the heavy member asks. */
const KEYS = 25;
/** The heavy member goes once beyond every limit, then has all waiting that may, again and again; how much is done for him before a keystroke of somebody else is answered is counted, not timed. */
export async function countedCommits(findings: Findings, options: Options, within: number): Promise<void> {
  const { sabotage } = options, clock = new WorkClock(), waited: number[] = [];
  const workshop = await Workshop.open(findings, options, {
    now: clock.look, rules: clock.weighing(rulesWithout(sabotage)),
    pace: { ...PACE, intervalMs: 0, countMs: 0, ...(sabotage === 'end-the-commit' && { workMs: Infinity }) }, ...(sabotage === 'share-the-commit' && { payerOf: () => 'everybody' }),
  });
  const heavy = await workshop.heavy(), others = await workshop.others();
  await meetLimits(workshop.fixture, heavy, findings, { doc: DOC, room: ROOM, scattered: SCATTERED_IN, sabotage });
  // Without one of these limits the row has failed by now, and others would only wait.
  if (sabotage !== null && sabotage in LIMIT_RULES) return;
  let typing = others.length;
  const type = async (client: Client, n: number): Promise<void> => {
    for (let i = 0; i < KEYS && findings.violations === 0; i++) {
      const began = clock.now, answer = await client.type(ROOM, typedIn(n), 0, 'abc'[n]!), took = clock.now - began;
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
  await workshop.fixture.rooms.close();
}
