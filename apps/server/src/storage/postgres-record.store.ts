import type { DataSource } from 'typeorm';
import { AppendConflict, type DocumentRow, type NewEntry, RecordStore, type StoredEntry } from '../record/record.store.ts';
import { poolOf } from './database.ts';

/** The record in PostgreSQL. The tables' own triggers hold it gapless and append-only; this class cannot loosen that. */
export class PostgresRecordStore extends RecordStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async openLog(logId: string, origin: string): Promise<{ readonly size: number }> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('INSERT INTO log (id, origin) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [logId, origin]);
      await manager.query('INSERT INTO log_head (log_id) VALUES ($1) ON CONFLICT DO NOTHING', [logId]);
    });
    const [log] = await this.rows<{ origin: string; size: string }>(
      'SELECT origin, size FROM log JOIN log_head ON log_id = id WHERE id = $1', [logId]);
    if (log?.origin !== origin) throw new Error(`log ${logId} has the origin ${log?.origin}, not ${origin}`);
    return { size: Number(log.size) };
  }

  async append(
    logId: string, expectedSize: number, entries: readonly NewEntry[], documents: readonly DocumentRow[],
  ): Promise<void> {
    if (entries.length === 0 && documents.length === 0) return;
    const { rows: [head] } = await poolOf(this.dataSource).query<{ size: string }>({
      // Named, so that each connection plans it once: that is a third of a small append.
      name: 'append',
      text: APPEND,
      values: [
        logId,
        expectedSize,
        entries.map((entry) => entry.leaf),
        entries.map((entry) => entry.leafHash),
        entries.map((entry) => entry.blob),
        entries.map((entry) => entry.subject),
        entries.map((entry) => entry.actId ?? null),
        JSON.stringify(lastOfEach(documents)),
      ],
    });
    if (!head) throw new Error(`log ${logId} was never opened`);
    if (Number(head.size) !== expectedSize) throw new AppendConflict(logId, expectedSize, Number(head.size));
  }

  /** Row by row after the list of indexes: left to itself the planner may join with all entries there are, for each page anew. */
  async entriesOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.entries(`
      SELECT e.index, e.leaf, p.blob
      FROM (SELECT index FROM entry_of WHERE log_id = $1 AND subject = $2 AND index >= $3 ORDER BY index LIMIT $4) o
      JOIN LATERAL (SELECT index, leaf FROM entry WHERE log_id = $1 AND index = o.index OFFSET 0) e ON true
      JOIN LATERAL (SELECT blob FROM payload WHERE log_id = $1 AND index = o.index OFFSET 0) p ON true
      ORDER BY o.index`, [logId, subject, fromIndex, limit]);
  }

  async entriesBetween(logId: string, from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.entries(`
      SELECT e.index, e.leaf, p.blob FROM entry e
      JOIN payload p ON p.log_id = e.log_id AND p.index = e.index
      WHERE e.log_id = $1 AND e.index >= $2 AND e.index < $3 ORDER BY e.index`, [logId, from, to]);
  }

  async actIndex(logId: string, actId: string): Promise<number | null> {
    const [act] = await this.rows<{ index: string }>('SELECT index FROM act_id WHERE log_id = $1 AND id = $2', [logId, actId]);
    return act ? Number(act.index) : null;
  }

  async documents(): Promise<readonly DocumentRow[]> {
    const rows = await this.rows<DocumentRow & { openedAt: Date; lastEntry: string }>(`
      SELECT id, title, template, stage, opened_at AS "openedAt", last_entry AS "lastEntry", progress, awaiting
      FROM document ORDER BY opened_at, id`);
    return rows.map((row) => ({ ...row, openedAt: row.openedAt.getTime(), lastEntry: Number(row.lastEntry) }));
  }

  private async entries(sql: string, values: readonly unknown[]): Promise<readonly StoredEntry[]> {
    const rows = await this.rows<{ index: string; leaf: Buffer; blob: Buffer }>(sql, values);
    // Copies: the driver's buffers are windows into whole network chunks, which a kept entry would keep.
    return rows.map(({ index, leaf, blob }) => ({ index: Number(index), leaf: new Uint8Array(leaf), blob: new Uint8Array(blob) }));
  }

  private rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, [...values]);
  }
}

/**
 * The whole append in one statement, which is its own transaction: one round trip and one flush to disk for a batch. It locks the head
 * first and gives the size found there; when that is not the expected one it has written nothing.
 *
 * Rows go as arrays: a statement has at most 65,535 parameters, and the driver does not notice when there are more.
 */
const APPEND = `
  WITH head AS (
    SELECT size FROM log_head WHERE log_id = $1 FOR UPDATE
  ), given AS (
    SELECT size + place - 1 AS index, leaf, leaf_hash, blob, subject, act
    FROM head, unnest($3::bytea[], $4::bytea[], $5::bytea[], $6::text[], $7::text[])
      WITH ORDINALITY AS g (leaf, leaf_hash, blob, subject, act, place)
    WHERE size = $2
  ), entries AS (
    INSERT INTO entry (log_id, index, leaf, leaf_hash) SELECT $1, index, leaf, leaf_hash FROM given
  ), payloads AS (
    INSERT INTO payload (log_id, index, blob) SELECT $1, index, blob FROM given
  ), subjects AS (
    INSERT INTO entry_of (log_id, subject, index) SELECT $1, subject, index FROM given
  ), acts AS (
    INSERT INTO act_id (log_id, id, index) SELECT $1, act, index FROM given WHERE act IS NOT NULL
  ), lists AS (
    INSERT INTO document (id, title, template, stage, opened_at, last_entry, progress, awaiting)
    SELECT id, title, template, stage, to_timestamp("openedAt" / 1000.0), "lastEntry", progress, awaiting
    FROM head, jsonb_to_recordset($8::jsonb) AS d (id text, title text, template text, stage text,
      "openedAt" numeric, "lastEntry" bigint, progress jsonb, awaiting jsonb)
    WHERE size = $2
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, template = excluded.template, stage = excluded.stage,
      opened_at = excluded.opened_at, last_entry = excluded.last_entry, progress = excluded.progress, awaiting = excluded.awaiting
  )
  SELECT size FROM head`;

/** One statement may set a row once. */
const lastOfEach = (documents: readonly DocumentRow[]) => [...new Map(documents.map((document) => [document.id, document])).values()];
