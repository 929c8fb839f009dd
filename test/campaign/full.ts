import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentClient } from '@parley/sync';
import { plainSlot } from '@parley/text';
import { seeded } from '../support/typing-room.ts';
import { lieOf, Live, LIVE_RULES } from './live.ts';
import { Findings, type Options, type Outcome, type Row, type Size } from './row.ts';
import { Site } from './site.ts';

const TIMES: Readonly<Record<Size, number>> = { small: 1, usual: 2, long: 20 }, MEGABYTES = 220, LEFT = 256 * 1024;

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
async function pasteUntilRefused(client: DocumentClient, patience: number): Promise<boolean> {
  for (const until = performance.now() + patience; performance.now() < until;) {
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
  const began = performance.now();
  await live.caughtUp();
  findings.figures['savedAgainAfterMs'] = Math.round(performance.now() - began);
  await paster.saved();
  await paster.stop();
  findings.count('filled');
}

async function diskFull({ size, seed, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings(), disk = smallDisk();
  if (disk === null) return { ...findings.outcome(), couldNotRun: 'this account may not mount a disk to fill (root on Linux may)' };
  try {
    const data = path.join(disk, 'data');
    mkdirSync(data, { mode: 0o755 });
    const site = await Site.open({ data });
    try {
      const live = await Live.open(site, findings, seeded(seed), lieOf(sabotage));
      for (let i = 0; i < TIMES[size]; i++) await fillAndFree(site, live, disk, findings);
      await live.close(size);
    } finally {
      await site.close();
    }
  } finally {
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
  return findings.outcome();
}

export const full: Row = { name: 'disk-full', live: true, apart: true, run: diskFull, rules: LIVE_RULES, about: 'the disk of the database is full for a while; a disk of its own is mounted for that' };
