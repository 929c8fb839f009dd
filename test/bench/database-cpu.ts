import pg from 'pg';
import { cpuUnder } from './processes.ts';

/** What the record itself says was written, and PostgreSQL of its work; asked in the way that any administrator could. */
export class DatabaseCpu {
  private constructor(private readonly client: pg.Client, private readonly pid: number) {}

  static async at({ pid, socket }: { readonly pid: number; readonly socket: string }): Promise<DatabaseCpu> {
    const client = new pg.Client({ host: socket, port: 5432, user: 'parley', database: 'postgres' });
    await client.connect();
    return new DatabaseCpu(client, pid);
  }

  /** Processor time of PostgreSQL's processes, for `cpuBetween`. */
  cpu(): ReadonlyMap<number, number> {
    return cpuUnder(this.pid);
  }

  /** What makes a commit durable, as it is set. */
  async durability(): Promise<string> {
    const { rows: [set] } = await this.client.query<{ fsync: string; commit: string; method: string }>(
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit, current_setting('wal_sync_method') AS method`);
    return `fsync ${set!.fsync}, synchronous_commit ${set!.commit} (${set!.method})`;
  }

  /** So far: entries of the shared log; transactions that wrote, by the numbers that PostgreSQL gives them. */
  async written(): Promise<{ readonly entries: number; readonly commits: number }> {
    const { rows: [so] } = await this.client.query<{ entries: string; commits: string }>(
      `SELECT size AS entries, pg_snapshot_xmax(pg_current_snapshot())::text AS commits FROM log_head WHERE log_id = 'shared'`);
    return { entries: Number(so!.entries), commits: Number(so!.commits) };
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}
