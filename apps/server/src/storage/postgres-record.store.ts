import type { DataSource } from 'typeorm';
import { canonical, type Json } from '@parley/ledger';
import { type ActMade, AppendConflict, type DocumentRow, type Listed, type NewEntry, RecordStore, type StoredEntry } from '../record/record.store.ts';
import { type Fence, LeaseLost } from '../record/lease.store.ts';
import type { SnapshotMac } from '../record/state-mac.ts';
import { poolOf } from './database.ts';

/** The record of one working group in PostgreSQL. The tables' own triggers hold it gapless and append-only; this class cannot loosen that. */
export class PostgresRecordStore extends RecordStore {
  /** `fence`: under which everything is appended; without it, nobody else may be writing. */
  constructor(private readonly dataSource: DataSource, private readonly mac: SnapshotMac, private readonly group: string, private readonly fence?: () => Fence) {
    super();
  }

  async openLog(logId: string, origin: string): Promise<{ readonly size: number }> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('INSERT INTO log (group_id, id, origin) VALUES ($1, $2, $3) ON CONFLICT (group_id, id) DO NOTHING', [this.group, logId, origin]);
      await manager.query('INSERT INTO log_head (group_id, log_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [this.group, logId]);
    });
    const [log] = await this.rows<{ origin: string; size: string }>(
      'SELECT origin, size FROM log l JOIN log_head h ON h.group_id = l.group_id AND h.log_id = l.id WHERE l.group_id = $1 AND l.id = $2', [this.group, logId]);
    if (log?.origin !== origin) throw new Error(`log ${logId} has the origin ${log?.origin}, not ${origin}`);
    return { size: Number(log.size) };
  }

  async append(
    logId: string, expectedSize: number, entries: readonly NewEntry[], documents: readonly DocumentRow[],
  ): Promise<void> {
    if (entries.length === 0 && documents.length === 0) return;
    const fence = this.fence?.() ?? null;
    const { rows: [head] } = await poolOf(this.dataSource).query<{ size: string | null; fenced: boolean }>({
      // Named, so that each connection plans it once: that is a third of a small append.
      name: 'append',
      text: APPEND,
      values: [
        this.group,
        logId,
        expectedSize,
        entries.map((entry) => entry.leaf),
        entries.map((entry) => entry.leafHash),
        entries.map((entry) => entry.blob),
        entries.map((entry) => entry.actId ?? null),
        JSON.stringify(lastOfEach(documents).map((row) => ({ ...row, mac: this.mac.tag(...signed(this.group, row)).toString('hex') }))),
        fence && fence.holder, fence && fence.number,
      ],
    });
    if (head?.fenced !== true) throw new LeaseLost(this.group);
    if (head.size === null) throw new Error(`log ${logId} was never opened`);
    if (Number(head.size) !== expectedSize) throw new AppendConflict(logId, expectedSize, Number(head.size));
  }

  /** An entry whose payload is not there comes with an empty one: left out, it would be a gap that nobody notices. Payloads one by one: left to itself the planner may join with all there are, for each page anew. */
  async entriesOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.entries(`
      SELECT e.index, e.leaf, p.blob
      FROM (SELECT index, leaf FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) = $3 AND index >= $4 ORDER BY index LIMIT $5) e
      LEFT JOIN LATERAL (SELECT blob FROM payload WHERE group_id = $1 AND log_id = $2 AND index = e.index OFFSET 0) p ON true
      ORDER BY e.index`, [this.group, logId, subject, fromIndex, limit]);
  }

  async actsOf(logId: string, subject: string, fromIndex: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.entries(`
      SELECT e.index, e.leaf, p.blob
      FROM (SELECT index, leaf FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) = $3 AND index >= $4 AND act_of_leaf(leaf) IS NOT NULL ORDER BY index LIMIT $5) e
      LEFT JOIN LATERAL (SELECT blob FROM payload WHERE group_id = $1 AND log_id = $2 AND index = e.index OFFSET 0) p ON true
      ORDER BY e.index`, [this.group, logId, subject, fromIndex, limit]);
  }

  async lastActs(logId: string, subjects: readonly string[], limit: number): Promise<ReadonlyMap<string, readonly ActMade[]>> {
    const rows = await this.rows<{ subject: string; index: string; by: string }>(`
      SELECT of.subject, e.index, convert_from(e.leaf, 'UTF8')::json ->> 'by' AS by
      FROM unnest($3::text[]) AS of (subject) CROSS JOIN LATERAL (
        SELECT index, leaf FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) = of.subject AND act_of_leaf(leaf) IS NOT NULL ORDER BY index DESC LIMIT $4) e
      ORDER BY e.index`, [this.group, logId, subjects, limit]);
    const found = new Map<string, ActMade[]>(subjects.map((subject) => [subject, []]));
    for (const { subject, index, by } of rows) found.get(subject)!.push({ index: Number(index), by });
    return found;
  }

  async entriesBetween(logId: string, from: number, to: number): Promise<readonly StoredEntry[]> {
    return this.entries(`
      SELECT e.index, e.leaf, p.blob FROM entry e
      LEFT JOIN payload p ON p.group_id = e.group_id AND p.log_id = e.log_id AND p.index = e.index
      WHERE e.group_id = $1 AND e.log_id = $2 AND e.index >= $3 AND e.index < $4 ORDER BY e.index`, [this.group, logId, from, to]);
  }

  async actIndex(logId: string, actId: string): Promise<number | null> {
    const [act] = await this.rows<{ index: string }>(
      'SELECT index FROM entry WHERE group_id = $1 AND log_id = $2 AND act_of_leaf(leaf) = $3', [this.group, logId, actId]);
    return act ? Number(act.index) : null;
  }

  async listed(): Promise<Listed> {
    const found = await this.rows<DocumentRow & { openedAt: Date; lastEntry: string; mac: Buffer | null }>(`
      SELECT id, title, template, stage, opened_at AS "openedAt", last_entry AS "lastEntry", progress, awaiting, mac
      FROM document WHERE group_id = $1 ORDER BY opened_at, id`, [this.group]);
    const proven = found.map(({ mac, openedAt, lastEntry, ...rest }) => {
      const row: DocumentRow = { ...rest, openedAt: openedAt.getTime(), lastEntry: Number(lastEntry) };
      return { row, proof: this.mac.prove(mac, ...signed(this.group, row)) };
    });
    const of = (proof: string) => proven.filter((one) => one.proof === proof).map(({ row }) => row);
    return { rows: of('genuine'), altered: of('altered').map(({ id }) => id), unproven: of('other-key').map(({ id }) => id) };
  }

  /** From one subject to the next by the index: it reads two entries of each, however many there are. */
  async lastEntries(logId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.rows<{ subject: string; last: string }>(`
      WITH RECURSIVE found AS (
        (SELECT subject_of_leaf(leaf) AS subject FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) >= '' ORDER BY 1 LIMIT 1)
        UNION ALL
        SELECT (SELECT subject_of_leaf(leaf) FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) > found.subject ORDER BY 1 LIMIT 1)
        FROM found WHERE found.subject IS NOT NULL
      )
      SELECT subject, (SELECT index FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) = subject ORDER BY index DESC LIMIT 1) AS last
      FROM found WHERE subject IS NOT NULL`, [this.group, logId]);
    return new Map(rows.map(({ subject, last }) => [subject, Number(last)]));
  }

  async overtaken(logId: string): Promise<readonly string[]> {
    const rows = await this.rows<{ id: string }>(`
      SELECT id FROM document WHERE group_id = $1 AND EXISTS (
        SELECT FROM entry WHERE group_id = $1 AND log_id = $2 AND subject_of_leaf(leaf) = id AND index > last_entry AND act_of_leaf(leaf) IS NOT NULL)`, [this.group, logId]);
    return rows.map(({ id }) => id);
  }

  private async entries(sql: string, values: readonly unknown[]): Promise<readonly StoredEntry[]> {
    const rows = await this.rows<{ index: string; leaf: Buffer; blob: Buffer | null }>(sql, values);
    // Copies: the driver's buffers are windows into whole network chunks, which a kept entry would keep.
    return rows.map(({ index, leaf, blob }) => ({ index: Number(index), leaf: new Uint8Array(leaf), blob: new Uint8Array(blob ?? []) }));
  }

  private rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, [...values]);
  }
}

/**
 * The whole append in one statement, which is its own transaction: one round trip and one flush to disk for a batch. It holds the lease under which it is made, then the
 * head, and gives the size found there; when the lease is somebody else's, or the size is not the expected one, it has written nothing.
 *
 * Rows go as arrays: a statement has at most 65,535 parameters, and the driver does not notice when there are more.
 */
const APPEND = `
  WITH held AS (
    SELECT FROM lease WHERE group_id = $1 AND holder = $9 AND fence = $10 FOR KEY SHARE
  ), fence AS MATERIALIZED (
    SELECT $9::text IS NULL OR EXISTS (SELECT FROM held) AS holds
  ), head AS (
    SELECT size FROM fence CROSS JOIN LATERAL hold_log($1, $2) AS size WHERE holds AND size IS NOT NULL
  ), given AS (
    SELECT size + place - 1 AS index, leaf, leaf_hash, blob, act
    FROM head, unnest($4::bytea[], $5::bytea[], $6::bytea[], $7::text[])
      WITH ORDINALITY AS g (leaf, leaf_hash, blob, act, place)
    WHERE size = $3
  ), entries AS (
    INSERT INTO entry (group_id, log_id, index, leaf, leaf_hash) SELECT $1, $2, index, leaf, leaf_hash FROM given
  ), payloads AS (
    INSERT INTO payload (group_id, log_id, index, blob) SELECT $1, $2, index, blob FROM given
  ), acts AS (
    INSERT INTO act_id (group_id, log_id, id, index) SELECT $1, $2, act, index FROM given WHERE act IS NOT NULL
  ), lists AS (
    INSERT INTO document (group_id, id, title, template, stage, opened_at, last_entry, progress, awaiting, mac)
    SELECT $1, id, title, template, stage, to_timestamp("openedAt" / 1000.0), "lastEntry", progress, awaiting, decode(mac, 'hex')
    FROM head, jsonb_to_recordset($8::jsonb) AS d (id text, title text, template text, stage text,
      "openedAt" numeric, "lastEntry" bigint, progress jsonb, awaiting jsonb, mac text)
    WHERE size = $3
    ON CONFLICT (group_id, id) DO UPDATE SET title = excluded.title, template = excluded.template, stage = excluded.stage,
      opened_at = excluded.opened_at, last_entry = excluded.last_entry, progress = excluded.progress, awaiting = excluded.awaiting, mac = excluded.mac
  )
  SELECT holds AS fenced, (SELECT size FROM head) AS size FROM fence`;

/** Everything that a row says. */
const signed = (group: string, { id, title, template, stage, openedAt, lastEntry, progress, awaiting }: DocumentRow): string[] =>
  ['document row', group, canonical({ id, title, template, stage, openedAt, lastEntry, progress, awaiting } as { [field: string]: Json })];

/** One statement may set a row once. */
const lastOfEach = (documents: readonly DocumentRow[]) => [...new Map(documents.map((document) => [document.id, document])).values()];
