import type { DataSource } from 'typeorm';
import { type StoredSnapshot, SnapshotStore } from '../record/snapshot.store.ts';

export class PostgresSnapshotStore extends SnapshotStore {
  constructor(private readonly dataSource: DataSource, private readonly group: string) {
    super();
  }

  async read(logId: string, subject: string): Promise<StoredSnapshot | null> {
    const [row] = await this.dataSource.query<Row[]>(
      'SELECT index, leaf_hash AS "leafHash", version, bytes FROM kept_state WHERE group_id = $1 AND log_id = $2 AND subject = $3', [this.group, logId, subject]);
    // Copies: the driver's buffers are windows into whole network chunks.
    return row ? { index: Number(row.index), leafHash: new Uint8Array(row.leafHash), version: row.version, bytes: new Uint8Array(row.bytes) } : null;
  }

  async write(logId: string, subject: string, { index, leafHash, version, bytes }: StoredSnapshot): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO kept_state (group_id, log_id, subject, index, leaf_hash, version, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (group_id, log_id, subject) DO UPDATE
       SET index = excluded.index, leaf_hash = excluded.leaf_hash, version = excluded.version, bytes = excluded.bytes`,
      [this.group, logId, subject, index, leafHash, version, bytes]);
  }
}

interface Row { readonly index: string; readonly leafHash: Buffer; readonly version: number; readonly bytes: Buffer }
