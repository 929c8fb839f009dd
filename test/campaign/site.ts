import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOMS } from '@parley/negotiation';
import { decodeEntry, type Entry } from '../../apps/server/src/record/entry.ts';
import { type Connection, openDatabase } from '../../apps/server/src/storage/database.ts';
import { PostgresRecordStore } from '../../apps/server/src/storage/postgres-record.store.ts';
import { groupIn } from '../support/database.ts';
import { type Parley, startParley } from '../support/parley.ts';
import { type WorkingGroup, workingGroup } from '../support/working-group.ts';
import { TEST_MAC } from '../support/state-mac.ts';
import type { Findings, Size } from './row.ts';

/** Where the PostgreSQL of a data folder listens, and its first process. */
export function postgresOf(data: string): { readonly pid: number; readonly connection: Connection } {
  const [pid, , , port, host] = readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(pid), connection: { host: host!, port: Number(port), user: 'parley', database: 'postgres' } };
}

/** A Parley as a stranger starts it, with its people; its server may be killed and started again. */
export class Site {
  private constructor(readonly group: WorkingGroup, private running: Parley, private readonly env: Readonly<Record<string, string>>, private readonly elsewhere: (() => Connection) | null) {}

  /** `elsewhere`: its database, when that is not in its own data folder. */
  static async open(options: Parameters<typeof workingGroup>[0] = {}, elsewhere: (() => Connection) | null = null): Promise<Site> {
    const group = await workingGroup(options);
    return new Site(group, group.parley, options.env ?? {}, elsewhere);
  }

  get parley(): Parley { return this.running; }

  /** kill -9, then `meanwhile`, then a new server on the same data and port. Gives the milliseconds that it took to start. */
  async kill(meanwhile: () => Promise<void>): Promise<number> {
    await this.running.kill();
    await meanwhile();
    const began = performance.now(), { data, port } = this.running;
    this.running = await startParley({ data, port, env: this.env });
    return performance.now() - began;
  }

  entriesOf(doc: string): Promise<Entry[]> {
    return this.query(async (source) => (await new PostgresRecordStore(source, TEST_MAC, await groupIn(source)).entriesOf(ROOMS.shared.log, doc, 0, 1_000_000)).map(decodeEntry));
  }

  /** What PostgreSQL itself says of how it saves, on a connection opened by the server's own means and as its own user. */
  show(findings: Findings): Promise<void> {
    return this.query(async (source) => {
      for (const setting of ['fsync', 'synchronous_commit']) {
        const [row] = await source.query<Record<string, string>[]>(`SHOW ${setting}`);
        findings.figures[setting] = row![setting]!;
        findings.check(row![setting] === 'on', () => `${setting} is ${row![setting]}`);
      }
    });
  }

  async close(): Promise<void> {
    await this.group.end();
    await this.running.stop();
    rmSync(this.running.data, { recursive: true, force: true });
  }

  private async query<T>(ask: (source: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>): Promise<T> {
    const source = await openDatabase({ connection: this.elsewhere?.() ?? postgresOf(this.running.data).connection }, { poolSize: 1 });
    try {
      return await ask(source);
    } finally {
      await source.destroy();
    }
  }
}

let shared: Promise<Site> | null = null;

/** In its small form all rows that need a server have the same one, one after the other; else each has its own. */
export async function atSite<T>(size: Size, work: (site: Site) => Promise<T>): Promise<T> {
  if (size === 'small') return work(await (shared ??= Site.open()));
  // Long rows write more than should be kept in memory.
  const site = await Site.open({ data: mkdtempSync(path.join(tmpdir(), 'parley-test-')) });
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

export async function closeSites(): Promise<void> {
  const open = shared;
  shared = null;
  await (await open)?.close();
}
