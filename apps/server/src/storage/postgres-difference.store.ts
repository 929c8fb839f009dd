import type { DataSource } from 'typeorm';
import { logger } from '../logger.ts';
import { type Difference, type DifferenceKind, DifferenceStore } from '../record/difference.store.ts';

const LATEST = 100;

export class PostgresDifferenceStore extends DifferenceStore {
  constructor(private readonly dataSource: DataSource, private readonly group: string) {
    super();
  }

  async note(kind: DifferenceKind, logId: string, subject: string): Promise<void> {
    logger.error('the database differs from the record', { kind, group: this.group, log: logId, subject });
    await this.dataSource.query('INSERT INTO difference (group_id, kind, log_id, subject) VALUES ($1, $2, $3, $4)', [this.group, kind, logId, subject]);
  }

  async latest(logId: string): Promise<readonly Difference[]> {
    const rows = await this.dataSource.query<{ at: Date; kind: DifferenceKind; subject: string }[]>(
      'SELECT at, kind, subject FROM difference WHERE group_id = $1 AND log_id = $2 ORDER BY id DESC LIMIT $3', [this.group, logId, LATEST]);
    return rows.map(({ at, kind, subject }) => ({ at: at.getTime(), kind, subject }));
  }
}
