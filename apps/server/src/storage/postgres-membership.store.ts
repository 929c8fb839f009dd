import type { DataSource } from 'typeorm';
import type { Fence } from '../record/lease.store.ts';
import { type Membership, MembershipStore } from '../record/membership.store.ts';

export class PostgresMembershipStore extends MembershipStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  of(user: string): Promise<readonly Membership[]> {
    return this.dataSource.query<Membership[]>(`SELECT ${COLUMNS} FROM membership WHERE account_id = $1 ORDER BY name, group_id`, [user]);
  }

  async at(user: string, group: string): Promise<Membership | null> {
    return (await this.dataSource.query<Membership[]>(`SELECT ${COLUMNS} FROM membership WHERE account_id = $1 AND group_id = $2`, [user, group]))[0] ?? null;
  }

  all(): Promise<readonly Membership[]> {
    return this.dataSource.query<Membership[]>(`SELECT ${COLUMNS} FROM membership ORDER BY account_id, name, group_id`);
  }

  async any(): Promise<boolean> {
    const [found] = await this.dataSource.query<{ any: boolean }[]>('SELECT EXISTS (SELECT FROM membership) AS any');
    return found!.any;
  }

  async put(group: string, places: readonly Omit<Membership, 'group'>[], { holder, number }: Fence): Promise<void> {
    await this.dataSource.query(PUT, [group, JSON.stringify(places), holder, number]);
  }
}

const COLUMNS = 'account_id AS "user", group_id AS "group", name, role, delegation, state';

/** In one statement: nobody sees a group without its people. Whose lease has been taken meanwhile writes nothing: what he knows is old. */
const PUT = `
  WITH held AS MATERIALIZED (
    SELECT FROM lease WHERE group_id = $1 AND holder = $3 AND fence = $4 FOR KEY SHARE
  ), given AS (
    SELECT p.* FROM held, jsonb_to_recordset($2::jsonb) AS p ("user" text, name text, role text, delegation text, state text)
  ), gone AS (
    DELETE FROM membership WHERE group_id = $1 AND EXISTS (SELECT FROM held) AND account_id NOT IN (SELECT "user" FROM given)
  )
  INSERT INTO membership (account_id, group_id, name, role, delegation, state) SELECT "user", $1, name, role, delegation, state FROM given
  ON CONFLICT (account_id, group_id) DO UPDATE SET name = excluded.name, role = excluded.role, delegation = excluded.delegation, state = excluded.state`;
