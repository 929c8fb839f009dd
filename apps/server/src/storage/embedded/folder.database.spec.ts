import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunAs } from './account.ts';
import { clusterIn, dataFolder, folderFor, makeFolder, ownerOfDatabase, SHARED } from './folder.ts';

let home: string;
let data: string;
let notices: string[];

beforeEach(() => {
  home = mkdtempSync('/tmp/parley-home-');
  data = dataFolder(join(home, 'data'));
  notices = [];
});

afterEach(() => rmSync(home, { recursive: true }));

it('makes a data folder that every account may pass through', () => {
  const umask = process.umask(0o077);
  try {
    makeFolder(join(home, 'deep', 'er'));
  } finally {
    process.umask(umask);
  }
  for (const path of ['deep', 'deep/er']) expect(statSync(join(home, path)).mode & 0o777).toBe(0o755);
});

it('is the data path itself for a user of its own', () => {
  expect(ownerOfDatabase(data)).toBeNull();
  if (process.getuid?.() !== 0) expect(folderFor(data, null, () => undefined)).toBe(data);
});

describe.runIf(process.getuid?.() === 0)('for root, which lends PostgreSQL another account', () => {
  const [name = '', , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:'))!.split(':');
  const nobody: RunAs = { name, uid: Number(uid), gid: Number(gid) };
  const folder = () => folderFor(data, nobody, (line) => notices.push(line));

  afterEach(() => {
    chmodSync(home, 0o700);
    rmSync(folderFor(data, nobody, () => undefined), { recursive: true, force: true });
  });

  it('is the data path when that account can reach it', () => {
    chmodSync(home, 0o711);
    expect(folder()).toBe(data);
    expect(notices).toEqual([]);
  });

  it('is the data path when that is a closed but new folder, which is opened to that account only', () => {
    chmodSync(home, 0o711);
    chmodSync(data, 0o700);
    expect(folder()).toBe(data);
    expect(statSync(data)).toMatchObject({ uid: 0, gid: nobody.gid });
    expect(statSync(data).mode & 0o777).toBe(0o710);
  });

  it('leaves a closed folder with something in it closed', () => {
    chmodSync(home, 0o711);
    chmodSync(data, 0o700);
    mkdirSync(join(data, 'letters'));
    expect(folder()).not.toBe(data);
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });

  it('is a folder of its own, and reported, when it cannot', () => {
    const other = folder();
    expect(other).toMatch(new RegExp(`^${SHARED}/[0-9a-f]{16}$`));
    expect(notices).toEqual([expect.stringContaining(other)]);
  });

  it('stays where the database is once it has been made', () => {
    const other = folder();
    mkdirSync(clusterIn(other));
    chmodSync(home, 0o711);
    expect(folder()).toBe(other);
    expect(ownerOfDatabase(data)).toBe(0);
    rmSync(other, { recursive: true });
    mkdirSync(clusterIn(data));
    expect(folder()).toBe(data);
    chmodSync(home, 0o700);
    expect(folder).toThrow('cannot reach its data');
    rmSync(clusterIn(data), { recursive: true });
  });
});
