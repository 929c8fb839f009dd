import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openDatabase } from '../../apps/server/src/storage/database.ts';
import { startEmbedded } from '../../apps/server/src/storage/embedded.ts';
import { temporaryFolder } from './folders.ts';

/** The database in a prepared cluster that has the whole schema and no row. */
export const TEMPLATE = 'migrated';

const CACHE = new URL('../../node_modules/.cache/parley', import.meta.url).pathname;
const STORAGE = new URL('../../apps/server/src/storage', import.meta.url).pathname;

/** A temporary folder with a PostgreSQL cluster in it, copied from one that is set up once: that takes longer than most tests. */
export async function preparedFolder(): Promise<string> {
  const folder = temporaryFolder();
  const prepared = join(CACHE, `${key()}-${process.getuid?.()}`);
  if (!existsSync(prepared)) await prepare(prepared);
  copyFolder(join(prepared, 'postgres'), join(folder, 'postgres'));
  return folder;
}

async function prepare(prepared: string): Promise<void> {
  const data = temporaryFolder();
  const embedded = await startEmbedded({ data, durable: false });
  const admin = await openDatabase({ connection: embedded.connection });
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.destroy();
  const template = await openDatabase({ connection: { ...embedded.connection, database: TEMPLATE } });
  await migrate(template);
  await template.destroy();
  await embedded.stop();
  keep(data, prepared);
}

/** Whoever is second, of two that prepare at the same time, finds the work done. */
function keep(data: string, prepared: string): void {
  const draft = `${prepared}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  copyFolder(join(data, 'postgres'), join(draft, 'postgres'));
  rmSync(data, { recursive: true });
  if (existsSync(prepared)) rmSync(draft, { recursive: true });
  else renameSync(draft, prepared);
}

/** Changes with the migrations and with the way a cluster is set up. */
function key(): string {
  const sources = [...readdirSync(join(STORAGE, 'migrations')).map((name) => join(STORAGE, 'migrations', name)), join(STORAGE, 'embedded', 'cluster.ts')];
  return sources.reduce((hash, path) => hash.update(readFileSync(path)), createHash('sha256')).digest('hex').slice(0, 16);
}

/** With owners and modes. `to` is not there yet. */
export function copyFolder(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cp: ${stderr}`);
}
