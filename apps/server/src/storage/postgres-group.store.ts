import type { DataSource } from 'typeorm';
import { AuthenticatedSnapshots } from '../record/authenticated-snapshots.ts';
import { type GroupRow, type GroupStorage, GroupStore } from '../record/group.store.ts';
import type { Fence } from '../record/lease.store.ts';
import type { SnapshotMac } from '../record/state-mac.ts';
import { PostgresDifferenceStore } from './postgres-difference.store.ts';
import { PostgresSnapshotStore } from './postgres-snapshot.store.ts';
import { PostgresRecordStore } from './postgres-record.store.ts';

const ALL = 'SELECT id, origin FROM working_group ORDER BY made_at, id';

/** Any number that nothing else in the database locks. */
const FIRST_GROUP_LOCK = 0x7061726c6567;

export class PostgresGroupStore extends GroupStore {
  /** `fenceOf`: under which a group's entries are appended; without it, nobody else may be writing. */
  constructor(private readonly dataSource: DataSource, private readonly mac: SnapshotMac, private readonly fenceOf?: (group: string) => Fence) {
    super();
  }

  all(): Promise<readonly GroupRow[]> {
    return this.dataSource.query<GroupRow[]>(ALL);
  }

  async byId(id: string): Promise<GroupRow | null> {
    return (await this.dataSource.query<GroupRow[]>('SELECT id, origin FROM working_group WHERE id = $1', [id]))[0] ?? null;
  }

  async insert({ id, origin }: GroupRow): Promise<void> {
    await this.dataSource.query('INSERT INTO working_group (id, origin) VALUES ($1, $2)', [id, origin]);
  }

  first({ id, origin }: GroupRow): Promise<GroupRow> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_GROUP_LOCK]);
      await manager.query('INSERT INTO working_group (id, origin) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM working_group)', [id, origin]);
      const [oldest] = await manager.query<GroupRow[]>(ALL);
      return oldest!;
    });
  }

  storageOf(id: string): GroupStorage {
    const differences = new PostgresDifferenceStore(this.dataSource, id), { fenceOf } = this;
    return {
      record: new PostgresRecordStore(this.dataSource, this.mac, id, fenceOf && (() => fenceOf(id))), differences,
      snapshots: new AuthenticatedSnapshots(new PostgresSnapshotStore(this.dataSource, id), this.mac, differences, id),
    };
  }
}
