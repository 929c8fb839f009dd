import type { DataSource } from 'typeorm';
import { ReadPositionStore } from '../record/read-position.store.ts';

export class PostgresReadPositionStore extends ReadPositionStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async of(user: string, group: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.dataSource.query<{ doc: string; entry: string }[]>('SELECT document_id AS doc, entry FROM read_position WHERE account_id = $1 AND group_id = $2', [user, group]);
    return new Map(rows.map(({ doc, entry }) => [doc, Number(entry)]));
  }

  async advance(user: string, group: string, doc: string, entry: number): Promise<void> {
    await this.dataSource.query(`
      INSERT INTO read_position AS was (account_id, group_id, document_id, entry) VALUES ($1, $2, $3, $4)
      ON CONFLICT (account_id, group_id, document_id) DO UPDATE SET entry = excluded.entry WHERE was.entry < excluded.entry`, [user, group, doc, entry]);
  }
}
