import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentClient } from '@parley/sync';
import { plainSlot } from '@parley/text';
import { tree } from '../support/processes.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { sabotageOf, Live, LIVE_RULES } from './live.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { atSite, Site } from './site.ts';

const TIMES: Readonly<Record<Size, number>> = { small: 1, usual: 2, long: 20 }, MEGABYTES = 220, LEFT = 256 * 1024;
/** How far into a file PostgreSQL may write while there is no room: it still starts, reads, and keeps its small files. */
const ROOM = 64 * 1024, FULL_FOR_MS: Readonly<Record<Size, number>> = { small: 700, usual: 3_000, long: 10_000 };

/** A disk of its own, small enough to fill; null where this account may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-disk-'));
  if (process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder]).status === 0) {
    chmodSync(folder, 0o755);
    return folder;
  }
  rmSync(folder, { recursive: true });
  return null;
}

/** Long, and nothing that a database could make shorter. */
const paragraph = (): string => randomBytes(7_000).toString('hex');

/** Takes what is left of the disk, but for a little. */
function fill(disk: string): string {
  const file = path.join(disk, 'filler'), { bavail, bsize } = statfsSync(disk), open = openSync(file, 'w'), block = Buffer.alloc(64 * 1024);
  for (let left = bavail * bsize - LEFT; left > 0; left -= block.length) writeSync(open, block);
  fsyncSync(open);
  closeSync(open);
  return file;
}

/** Pastes and strikes long paragraphs until the server has no room for them. Gives whether it came to that. */
async function pasteUntilRefused(client: DocumentClient, timeoutMs: number): Promise<boolean> {
  for (const until = performance.now() + timeoutMs; performance.now() < until;) {
    const length = client.text('working').by.get('p')!.slots['en:text']!.reduce((n, run) => n + run.t.length, 0);
    client.edit([{ do: 'splice', id: 'p', key: 'en:text', from: 0, to: length, insert: plainSlot(paragraph()) }]);
    if ((await Promise.race([client.saved(), pause(2_000).then(() => null)])) === null) return true;
  }
  return false;
}

async function fillAndFree(site: Site, live: Live, disk: string, findings: Findings): Promise<void> {
  const doc = await site.group.draft([{ id: 'p', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]);
  const paster = await site.group.az.open(doc), filler = fill(disk);
  const full = await pasteUntilRefused(paster, 60_000);
  findings.check(full, () => 'the disk was never full');
  await pause(1_500);
  rmSync(filler);
  await goesOn(live, findings);
  await paster.saved();
  await paster.stop();
  findings.count('filled');
}

async function goesOn(live: Live, findings: Findings): Promise<void> {
  const began = performance.now();
  await live.caughtUp();
  findings.figures['savedAgainAfterMs'] = Math.round(performance.now() - began);
}

async function onSmallDisk({ size, seed, sabotage }: Options, findings: Findings, disk: string): Promise<void> {
  try {
    const data = path.join(disk, 'data');
    mkdirSync(data, { mode: 0o755 });
    const site = await Site.open({ data });
    try {
      const live = await Live.open(site, findings, seeded(seed), sabotageOf(sabotage));
      for (let i = 0; i < TIMES[size]; i++) await fillAndFree(site, live, disk, findings);
      await live.close(size);
    } finally {
      await site.close();
    }
  } finally {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

/** Only the soft limit, which may be lifted again; as the process's own account, because root in a container may not do it to others. False: it has gone. */
function limit(pid: number, bytes: number | 'unlimited'): boolean {
  const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false });
  return owner !== undefined && spawnSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:`], process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {}).status === 0;
}

const isLimited = (pid: number): boolean => {
  try {
    return !/^Max file size\s+unlimited/m.test(readFileSync(`/proc/${pid}/limits`, 'utf8'));
  } catch {
    return false;
  }
};

/** Until nobody is limited any more, looked at twice: what is being started meanwhile may still have it from whoever starts it. */
async function lift(pid: number): Promise<void> {
  for (let free = 0, until = performance.now() + 10_000; free < 2 && performance.now() < until; await pause(20)) {
    const limited = tree(pid).filter(isLimited);
    limited.forEach((one) => limit(one, 'unlimited'));
    free = limited.length === 0 ? free + 1 : 0;
  }
}

/** Whether PostgreSQL's files can be kept from growing here: Linux with util-linux, any account. */
const mayLimit = (): boolean => process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

/**
 * Nobody may write further into a file than a little: not the server, not its PostgreSQL, nor what either starts. PostgreSQL ignores SIGXFSZ in order that such a limit
 * be to it what a full disk is: the write fails, here by EFBIG for ENOSPC, in the log first, and it panics, ends, is started again and cannot start. It is harder than a
 * full disk in one thing, that what a file has already may not be written over either.
 */
async function withoutRoom(live: Live, milliseconds: number, findings: Findings): Promise<void> {
  const { pid } = live.site.parley, acknowledged = live.transcript.acknowledged.length;
  try {
    findings.check(tree(pid).filter((one) => limit(one, ROOM)).length > 1, () => 'PostgreSQL could not be limited');
    await live.stuck();
    const { length: stuckAt } = live.transcript.acknowledged;
    await pause(milliseconds);
    findings.check(live.transcript.acknowledged.length === stuckAt, () => 'something was acknowledged while nothing could be written');
  } finally {
    await lift(pid);
  }
  await goesOn(live, findings);
  findings.check(live.site.parley.pid === pid, () => 'the server did not outlive the full disk');
  findings.check(live.transcript.acknowledged.length > acknowledged, () => 'nothing was saved afterwards');
  findings.count('limited');
  findings.figures['databaseEnded'] = live.site.parley.output().match(/PostgreSQL ended/g)?.length ?? 0;
}

async function limited({ size, seed, sabotage }: Options, findings: Findings): Promise<void> {
  await atSite(size, async (site) => {
    const live = await Live.open(site, findings, seeded(seed), sabotageOf(sabotage));
    for (let i = 0; i < TIMES[size]; i++) await withoutRoom(live, FULL_FOR_MS[size], findings);
    await live.close(size);
  });
}

/**
 * By the limit, which any account has; beyond the small form before that on a disk of its own as well, where one may be mounted. Which of them it was the figures say.
 */
async function diskFull(options: Options): Promise<Outcome> {
  const findings = new Findings(), disk = options.size === 'small' ? null : smallDisk();
  if (disk !== null) await onSmallDisk(options, findings, disk);
  if (mayLimit()) await limited(options, findings);
  return disk !== null || mayLimit() ? findings.outcome() : { ...findings.outcome(), couldNotRun: 'this account may not mount a disk to fill (root on Linux may), nor limit how far PostgreSQL writes (prlimit on Linux may)' };
}

export const full: Row = {
  name: 'disk-full', live: true, run: diskFull, rules: LIVE_RULES,
  about: 'the database has no room for a while: a disk of its own is mounted and filled, and its files may not grow',
};
