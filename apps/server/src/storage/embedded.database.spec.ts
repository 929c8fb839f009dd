import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preparedFolder } from '../../../../test/support/cluster.ts';
import { temporaryFolder } from '../../../../test/support/folders.ts';
import { killHard, tree } from '../../../../test/support/processes.ts';
import { DataInUse, type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.ts';
import { isRunning } from './embedded/processes.ts';

let data: string;
let started: Embedded[];

beforeEach(async () => {
  data = await preparedFolder();
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((one) => one.stop()));
  rmSync(data, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ data, durable: false, ...options });
  started.push(embedded);
  return embedded;
}

async function query(embedded: Embedded, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ ...embedded.connection });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = () => join(data, 'postgres', 'postmaster.pid');
const postmasterPid = () => Number.parseInt(readFileSync(pidFile(), 'utf8'), 10);
const owners = () => readdirSync(data).filter((name) => name.startsWith('owner.'));

it('sets up its data in an empty folder', async () => {
  const empty = temporaryFolder();
  const embedded = await start({ data: empty });
  expect(embedded.directory).toBe(empty);
  expect(await query(embedded, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  await embedded.stop();
  rmSync(empty, { recursive: true });
});

it('keeps its data from one start to the next, and listens on nothing but its own closed folder', async () => {
  const first = await start();
  expect(first.directory).toBe(data);
  await query(first, 'CREATE TABLE kept AS SELECT 7 AS number');
  await first.stop();
  expect(existsSync(first.connection.host)).toBe(false);
  const second = await start();
  expect(await query(second, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  expect(await query(second, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
});

it('flushes to disk unless it is told not to', async () => {
  const durable = await start({ durable: true });
  expect(await query(durable, `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name`))
    .toEqual([{ name: 'fsync', setting: 'on' }, { name: 'full_page_writes', setting: 'on' }, { name: 'synchronous_commit', setting: 'on' }]);
  await durable.stop();
  expect(await query(await start(), 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
});

it('stops once, however often it is asked, and does not start again after that', async () => {
  const embedded = await start();
  const [, , gone] = await Promise.all([embedded.stop(), embedded.stop(), embedded.exited]);
  expect(gone).toEqual(expect.any(String));
  await expect(embedded.restart()).rejects.toThrow('stopped');
});

describe('the owner', () => {
  it('is one process: a second start is refused and told which', async () => {
    const first = await start();
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataInUse);
    expect(refused).toMatchObject({ directory: data, pid: process.pid });
    expect(await query(first, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is found out through a link to the folder', async () => {
    await start();
    const link = `${data}-link`;
    symlinkSync(data, link);
    try {
      await expect(start({ data: link })).rejects.toThrow(DataInUse);
    } finally {
      rmSync(link);
    }
  });

  it('is overtaken when its number has passed to another process, or it says nothing', async () => {
    writeFileSync(join(data, 'owner.4'), `${process.pid} another-time\n`);
    const first = await start();
    expect(owners()).toEqual(['owner.5']);
    await first.stop();
    writeFileSync(join(data, 'owner.6'), '');
    await start();
    expect(owners()).toEqual(['owner.7']);
  });

  it('is one of many that try at the same time', async () => {
    writeFileSync(join(data, 'owner.1'), `${process.pid} another-time\n`);
    const outcomes = await Promise.allSettled([start(), start(), start(), start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  });

  it('gives the folder up when the start fails', async () => {
    const version = join(data, 'postgres', 'PG_VERSION');
    const right = readFileSync(version);
    writeFileSync(version, '9\n');
    await expect(start()).rejects.toThrow(/made by PostgreSQL 9/);
    writeFileSync(version, right);
    await start();
  });
});

describe.runIf(process.platform === 'linux')('a PostgreSQL that was killed', () => {
  it('is reported, and comes back at the same address with its data', async () => {
    const embedded = await start();
    await query(embedded, 'CREATE TABLE kept AS SELECT 7 AS number');
    const { exited } = embedded;
    await killHard(tree(postmasterPid()));
    await exited;
    await expect(query(embedded, 'SELECT 1')).rejects.toThrow();
    await embedded.restart();
    expect(await query(embedded, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
    expect(embedded.exited).not.toBe(exited);
  });

  it('ends with the first of its processes that crashes: recovering by itself it may stay half-way for ever', async () => {
    const embedded = await start();
    await query(embedded, 'CREATE TABLE kept AS SELECT 7 AS number');
    // Until this file is gone its start fails, as it does on a full disk.
    const inTheWay = join(data, 'postgres', 'recovery.signal');
    writeFileSync(inTheWay, '');
    const worker = new pg.Client({ ...embedded.connection });
    worker.on('error', () => undefined);
    await worker.connect();
    const { rows: [own] } = await worker.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await killHard([own!.pid]);
    await embedded.exited;
    await expect(embedded.restart()).rejects.toThrow(/did not start/);
    rmSync(inTheWay);
    await embedded.restart();
    expect(await query(embedded, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });

  it('is waited for as long as one of its workers lives', async () => {
    const embedded = await start();
    const busy = new pg.Client({ ...embedded.connection });
    busy.on('error', () => undefined);
    await busy.connect();
    const pid = (await busy.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
    // Work that looks at nothing else, so that it does not notice at once.
    const work = busy.query('SELECT count(*) FROM generate_series(1, 12000000)').catch(() => undefined);
    await killHard([postmasterPid()]);
    await embedded.restart();
    expect(isRunning(pid)).toBe(false);
    await work;
  });

  it('is not confused with the process that has its number now', async () => {
    const embedded = await start();
    const number = postmasterPid();
    await killHard(tree(number));
    await embedded.exited;
    writeFileSync(pidFile(), readFileSync(pidFile(), 'utf8').replace(String(number), String(process.pid)));
    await embedded.restart();
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('may have lost its supervisor only: it is stopped and started again', async () => {
    const embedded = await start();
    const postmaster = postmasterPid();
    const [, supervisor] = tree(process.pid).filter((pid) => tree(pid).includes(postmaster));
    await killHard([supervisor!]);
    await embedded.exited;
    await embedded.restart();
    expect(isRunning(postmaster)).toBe(false);
    expect(await query(embedded, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

it('sweeps the socket folders of dead processes, and no others', async () => {
  const { pid } = spawnSync('true');
  const dead = `/tmp/parley-s-${pid}-aaaaaa`;
  const living = `/tmp/parley-s-${process.ppid}-aaaaaa`;
  for (const folder of [dead, living]) mkdirSync(folder);
  try {
    await start();
    expect([dead, living].map((folder) => existsSync(folder))).toEqual([false, true]);
  } finally {
    rmSync(living, { recursive: true });
  }
});

it('ends at once when its process is about to exit', async () => {
  const embedded = await start();
  const postmaster = postmasterPid();
  embedded.kill();
  await embedded.exited;
  expect(isRunning(postmaster)).toBe(false);
});
