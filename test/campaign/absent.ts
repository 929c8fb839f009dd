import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbedded } from '../../apps/server/src/storage/embedded.ts';
import { killHard, tree } from '../support/processes.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { sabotageOf, Live, LIVE_RULES } from './live.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { postgresOf, Site } from './site.ts';
import { databaseSettings } from '../support/parley.ts';

const AWAY: Readonly<Record<Size, readonly number[]>> = { small: [1_000], usual: [1_000, 30_000], long: [1_000, 30_000, 1_000, 30_000, 1_000, 30_000, 600_000] };

/** The database is a process of somebody else's, and away for a while. */
async function databaseGone({ seed, size, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings(), data = mkdtempSync(path.join(tmpdir(), 'parley-test-'));
  const database = await startEmbedded({ data });
  const site = await Site.open({ env: { ...databaseSettings(database.connection), SESSION_KEY: 'k'.repeat(32) } }, () => database.connection);
  try {
    const live = await Live.open(site, findings, seeded(seed), sabotageOf(sabotage));
    for (const milliseconds of AWAY[size]) {
      await pause(500);
      const { pid } = site.parley;
      await killHard(tree(postgresOf(database.directory).pid));
      await pause(milliseconds);
      await database.restart();
      await live.caughtUp();
      findings.check(site.parley.pid === pid, () => 'the server did not outlive its database');
      findings.count('secondsAway', milliseconds / 1_000);
    }
    await live.close(size);
  } finally {
    await site.close();
    await database.stop();
    rmSync(data, { recursive: true, force: true });
  }
  return findings.outcome();
}

export const absent: Row = {
  name: 'database-gone', live: true, run: databaseGone, rules: LIVE_RULES,
  about: 'the database is away for a second and for half a minute (long: ten minutes) while five people type and act; the server goes on by itself',
};
