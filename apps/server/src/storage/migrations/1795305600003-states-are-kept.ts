import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Short cuts for opening documents. Every row can be made again from the record, and may be removed at any time. */
export class StatesAreKept1795305600003 implements MigrationInterface {
  readonly name = 'StatesAreKept1795305600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE kept_state (
      log_id text NOT NULL,
      subject text NOT NULL,
      index bigint NOT NULL,
      leaf_hash bytea NOT NULL,
      version integer NOT NULL,
      bytes bytea NOT NULL,
      PRIMARY KEY (log_id, subject)
    )`);
    // Not compressed: it is read when somebody waits for it.
    await runner.query('ALTER TABLE kept_state ALTER COLUMN bytes SET STORAGE EXTERNAL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kept_state');
  }
}
