import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GROUP } from '../../../../test/support/database.ts';
import { preparedFolder } from '../../../../test/support/cluster.ts';
import { killHard, tree, until } from '../../../../test/support/processes.ts';
import { TEST_MAC } from '../../../../test/support/state-mac.ts';
import { openDatabase } from './database.ts';
import { DataInUse, startEmbedded } from './embedded.ts';
import { isRunning } from './embedded/processes.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

let data: string;
let child: ChildProcess;

beforeEach(async () => { data = await preparedFolder(); });

afterEach(async () => {
  await killHard([child.pid!]);
  await (await startEmbedded({ data, durable: false })).stop();
  rmSync(data, { recursive: true });
});

/** The last size that the child had acknowledged, as far as it has been received. */
let acknowledged = 0;

/** Runs the appending process until it has acknowledged some entries. */
async function appending(atLeast = 50): Promise<ChildProcess> {
  const module = new URL('./embedded.child.ts', import.meta.url).pathname;
  const script = `import { runnerImport } from 'vite';
    const { module } = await runnerImport(${JSON.stringify(module)}, { configFile: false });
    await module.appendForEver(${JSON.stringify(data)});`;
  child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  acknowledged = 0;
  let rest = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      acknowledged = Math.max(acknowledged, ...lines.map(Number).filter(Number.isFinite));
      if (acknowledged >= atLeast) resolve();
    });
  });
  child.removeAllListeners('exit');
  return child;
}

const postmasterPid = () => Number.parseInt(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8'), 10);

/** Waits until the child's last output has been received, too. */
async function gone(pids: readonly number[]): Promise<void> {
  await until(() => !pids.some(isRunning), 'gone');
  if (!child.stdout!.destroyed) await once(child.stdout!, 'close');
}

/** Starts again on the same folder and checks that every acknowledged entry is there, and nothing but a log without gaps. */
async function expectNothingLost(): Promise<void> {
  const embedded = await startEmbedded({ data });
  const dataSource = await openDatabase({ connection: embedded.connection });
  try {
    const store = new PostgresRecordStore(dataSource, TEST_MAC, GROUP);
    const { size } = await store.openLog('wg', 'host/w/wg');
    expect(size).toBeGreaterThanOrEqual(acknowledged);
    const texts = (await store.entriesBetween('wg', 0, size)).map(({ leaf }) => new TextDecoder().decode(leaf));
    expect(texts).toEqual(Array.from({ length: size }, (_, n) => `entry ${n}`));
  } finally {
    await dataSource.destroy();
    await embedded.stop();
  }
}

describe.runIf(process.platform === 'linux')('after a kill -9', () => {
  it('of the server, PostgreSQL stops by itself and nothing acknowledged is lost', async () => {
    const { pid } = await appending();
    const all = tree(pid!);
    expect(all.length).toBeGreaterThan(4);
    process.kill(pid!, 'SIGKILL');
    await gone(all);
    await expectNothingLost();
  });

  it('of the server, the next one need not wait for that', async () => {
    const { pid } = await appending();
    process.kill(pid!, 'SIGKILL');
    await gone([pid!]);
    await expectNothingLost();
  });

  it('of everything at once, nothing acknowledged is lost', async () => {
    const { pid } = await appending();
    const all = tree(pid!);
    await killHard(all);
    await gone(all);
    await expectNothingLost();
  });

  it('of the server and the supervisor, the PostgreSQL that runs on is stopped first', async () => {
    const { pid } = await appending();
    const postmaster = postmasterPid();
    const others = tree(pid!).filter((one) => !tree(postmaster).includes(one));
    await killHard(others.reverse());
    await gone(others);
    expect(isRunning(postmaster)).toBe(true);
    await expectNothingLost();
    expect(isRunning(postmaster)).toBe(false);
  });
});

it('refuses a second server while the first one lives, names it, and leaves it alone', async () => {
  const { pid } = await appending();
  const refused = await startEmbedded({ data }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DataInUse);
  expect((refused as DataInUse).message).toContain(String(pid));
  const before = acknowledged;
  await until(() => acknowledged > before + 20, 'appending on');
});
