import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists and look-ups read. Every row can be made again from the record; no rule reads one. */
export class ListsReadDerivedRows1795305600001 implements MigrationInterface {
  readonly name = 'ListsReadDerivedRows1795305600001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE entry_of (
      log_id text NOT NULL,
      subject text NOT NULL,
      index bigint NOT NULL,
      PRIMARY KEY (log_id, subject, index)
    )`);
    await runner.query(`CREATE TABLE document (
      id text PRIMARY KEY,
      title text NOT NULL,
      template text NOT NULL,
      stage text NOT NULL,
      opened_at timestamptz NOT NULL,
      last_entry bigint NOT NULL,
      progress jsonb,
      awaiting jsonb
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE document, entry_of');
  }
}
