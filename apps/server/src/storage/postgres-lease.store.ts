import type { DataSource } from 'typeorm';
import { type Fence, LeaseStore, type Renewed, type Taken } from '../record/lease.store.ts';
import { poolOf } from './database.ts';

/** What processes are told when a group is asked for or let go; the payload is the group's id, the row is the truth. */
export const LEASE_CHANNEL = 'parley_lease';

/** A wish counts so long: whoever still has somebody to serve has asked again by then. */
const WISH_MS = 2_000;

export class PostgresLeaseStore extends LeaseStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  /** An end that lies farther ahead than a lease lasts was written before the database's clock went back: it is not waited for. */
  async take(group: string, holder: string, forMs: number): Promise<Taken> {
    const [row] = await this.rows<{ fence: string }>(`
      INSERT INTO lease AS l (group_id, holder, fence, expires) VALUES ($1, $2, 1, ${ahead('$3')})
      ON CONFLICT (group_id) DO UPDATE SET holder = excluded.holder, fence = l.fence + 1, expires = excluded.expires, wanted_by = NULL, wanted_at = NULL
        WHERE l.expires < clock_timestamp() OR l.expires > ${ahead('$3')}
      RETURNING fence`, [group, holder, forMs]);
    return { fence: row ? { group, holder, number: Number(row.fence) } : null };
  }

  async renew(fences: readonly Fence[], forMs: number): Promise<readonly Renewed[]> {
    return this.rows<Renewed>(`
      UPDATE lease SET expires = ${ahead('$4')}
      WHERE (group_id, holder, fence) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]))
      RETURNING group_id AS group, CASE WHEN wanted_at > ${ahead('$5')} THEN wanted_by END AS "wantedBy"`,
    [fences.map(({ group }) => group), fences.map(({ holder }) => holder), fences.map(({ number }) => number), forMs, -WISH_MS]);
  }

  async release({ group, holder, number }: Fence): Promise<void> {
    await this.rows(`
      WITH let_go AS (UPDATE lease SET expires = '-infinity' WHERE group_id = $1 AND holder = $2 AND fence = $3 RETURNING group_id)
      SELECT pg_notify('${LEASE_CHANNEL}', group_id) FROM let_go`, [group, holder, number]);
  }

  async ask(group: string, by: string): Promise<void> {
    await this.rows(`
      WITH asked AS (UPDATE lease SET wanted_by = $2, wanted_at = clock_timestamp() WHERE group_id = $1 AND holder <> $2 RETURNING group_id)
      SELECT pg_notify('${LEASE_CHANNEL}', group_id) FROM asked`, [group, by]);
  }

  private async rows<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    return (await poolOf(this.dataSource).query<Row>(sql, [...values])).rows;
  }
}

const ahead = (milliseconds: string): string => `clock_timestamp() + ${milliseconds}::double precision * interval '1 millisecond'`;
