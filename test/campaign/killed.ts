import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { killHard, tree, until } from '../support/processes.ts';
import { sabotageOf, Live, LIVE_RULES } from './live.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { atSite, postgresOf } from './site.ts';

const KILLS: Readonly<Record<Size, number>> = { small: 1, usual: 12, long: 300 }, IN_ONE_DOCUMENT = 6;

/** Kills while people work; each time everybody must be able to save again, without doing anything. */
async function killing({ seed, size, sabotage }: Options, kill: (live: Live) => Promise<void>): Promise<Outcome> {
  const findings = new Findings(), random = seeded(seed);
  for (let left = KILLS[size]; left > 0; left -= IN_ONE_DOCUMENT) await atSite(size, async (site) => {
    const live = await Live.open(site, findings, random, sabotageOf(sabotage));
    for (let i = 0; i < Math.min(left, IN_ONE_DOCUMENT); i++) {
      await pause(400 + random() * (size === 'small' ? 200 : 1_500));
      await kill(live);
      findings.count('kills');
    }
    await live.close(size);
  });
  return findings.outcome();
}

async function killPostgres(live: Live): Promise<void> {
  const { pid } = postgresOf(live.site.parley.data), began = performance.now();
  await killHard(tree(pid));
  await until(() => {
    try {
      return postgresOf(live.site.parley.data).pid !== pid;
    } catch {
      return false;
    }
  }, 'PostgreSQL again');
  live.restarted.push(performance.now() - began);
  await live.caughtUp();
}

export const killServer: Row = {
  name: 'kill-server', live: true, about: 'kill -9 of the server while five people type and act; one of their pages is closed meanwhile',
  rules: { ...LIVE_RULES, 'keep-what-is-typed': 'the page that is closed had kept nothing' },
  run: (options) => killing(options, (live) => live.killServer()),
};

export const killDatabase: Row = {
  name: 'kill-postgres', live: true, about: 'kill -9 of every process of PostgreSQL while five people type and act',
  rules: LIVE_RULES, run: (options) => killing(options, killPostgres),
};
