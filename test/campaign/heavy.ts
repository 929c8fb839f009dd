import { setTimeout as pause } from 'node:timers/promises';
import { PACE } from '../../apps/server/src/commit/commit-loop.ts';
import { WorkerReplayer } from '../../apps/server/src/documents/replayer.ts';
import { Replays } from '../../apps/server/src/documents/replays.ts';
import type { Client } from '../support/rooms-fixture.ts';
import { countedCommits } from './counted-commits.ts';
import { GROUP } from '../support/group.ts';
import { LIMIT_RULES } from './limits-met.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { knowsLoop, worked } from './work-clock.ts';
import { DOC, KINDS, ROOM, typedIn, Workshop } from './workshop.ts';

/** A server that has just begun compiles what it does: so often each is asked before anything is timed. */
const WARM = 12;
/** In its small form nothing is timed. */
const LASTS_MS: Readonly<Record<Exclude<Size, 'small'>, number>> = { usual: 60_000, long: 600_000 };
/** How long earlier instants are asked for besides, in the worker of a server. */
const REPLAYS_MS: Readonly<Record<Exclude<Size, 'small'>, number>> = { usual: 20_000, long: 60_000 };
const KEY_EVERY_MS = 40;
/** A keystroke of anybody else is answered within this much work, whatever else the machine does. */
const ANSWERED_WITHIN_MS = 150;

/** The same with the pace of a server, by the time that its loop works. */
class TimedCommits {
  private readonly waited: number[] = [];
  private readonly waitedUnderReplays: number[] = [];
  private working = true;
  private replaying = false;

  constructor(private readonly workshop: Workshop, private readonly findings: Findings) {}

  async run(size: Exclude<Size, 'small'>): Promise<void> {
    const worst = this.workshop.worst(await this.workshop.heavy()), others = await this.workshop.others();
    for (let i = 0; i < WARM * KINDS; i++) await worst[i % KINDS]!();
    const work = [...others.map((other, n) => this.type(other, n)), ...worst.map((ask) => this.again(ask))];
    await pause(LASTS_MS[size]);
    await this.replay(REPLAYS_MS[size]);
    this.working = false;
    await Promise.all(work);
    this.check('answeredMs', this.waited, 'one keystroke in a hundred of the others took');
    // Where nobody tells the work of the loop from that of its worker, this says nothing.
    if (knowsLoop) this.check('answeredUnderReplaysMs', this.waitedUnderReplays, 'while instants were replayed one keystroke in a hundred took');
  }

  private check(figure: string, waited: readonly number[], what: string): void {
    const found = percentiles(figure, waited), p99 = found[`${figure}P99`]!;
    Object.assign(this.findings.figures, found);
    this.findings.check(waited.length > 0 && p99 < ANSWERED_WITHIN_MS, () => `${what} ${p99} ms of work`);
  }

  /** The heavy member asks for earlier instants as well, as many as may wait of one. */
  private async replay(lasts: number): Promise<void> {
    const { log } = this.workshop.fixture, replays = new Replays(new WorkerReplayer()), until = performance.now() + lasts;
    const ask = async (n: number): Promise<void> => {
      for (let i = 0; performance.now() < until; i++) {
        const done = await replays.at('ann', { group: GROUP, log }, DOC, Math.floor(log.size / (1 + ((i * 7 + n) % 5)))).then(() => true, () => false);
        this.findings.count(done ? 'replayed' : 'replay refused');
      }
    };
    this.replaying = true;
    await Promise.all([0, 1, 2, 3].map(ask));
    this.replaying = false;
    await replays.onApplicationShutdown();
    this.findings.check(Number(this.findings.figures.replayed ?? 0) > 0, () => 'no instant was replayed');
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
    while (this.working) {
      await pause(KEY_EVERY_MS);
      const { replaying } = this, update = client.typed(ROOM, typedIn(n), 0, 'abc'[n]!), began = worked(), answer = await client.send(ROOM, update);
      (replaying ? this.waitedUnderReplays : this.waited).push(worked() - began);
      this.findings.tried += 1;
      this.findings.check(answer.ok, () => `somebody else’s letter was refused: ${JSON.stringify(answer)}`);
      if (!answer.ok) return;
    }
  }
}

/** What a limit or a share is worth is counted in every form; how long it takes is measured beyond the small one. */
async function heavyMember(options: Options): Promise<Outcome> {
  const findings = new Findings(), { size } = options;
  await countedCommits(findings, options, ANSWERED_WITHIN_MS);
  if (size !== 'small' && findings.violations === 0) await new TimedCommits(await Workshop.open(findings, options, { pace: PACE }), findings).run(size);
  return findings.outcome();
}

export const heavy: Row = {
  name: 'heavy', run: heavyMember, about: 'one member fills what a room lets him, goes once beyond every limit of the validator and of a socket, then asks for what costs most, with all that may wait of one member waiting, while others type in the same document',
  rules: {
    ...LIMIT_RULES,
    'share-the-commit': 'all requests wait in one line, whoever asked',
    'end-the-commit': 'a commit runs and answers whatever has arrived',
    'leave-room-to-others': 'the others type under the heavy member’s own account',
  },
};
