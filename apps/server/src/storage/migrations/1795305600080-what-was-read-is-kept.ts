import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to which entry each person has read a document; and an index by which the acts on a document are found without what was typed between them. */
export class WhatWasReadIsKept1795305600080 implements MigrationInterface {
  readonly name = 'WhatWasReadIsKept1795305600080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE read_position (
      account_id text NOT NULL,
      group_id text NOT NULL,
      document_id text NOT NULL,
      entry bigint NOT NULL CHECK (entry >= 0),
      PRIMARY KEY (account_id, group_id, document_id)
    )`);
    await runner.query('CREATE INDEX entry_act_subject ON entry (group_id, log_id, subject_of_leaf(leaf), index) WHERE act_of_leaf(leaf) IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX entry_act_subject');
    await runner.query('DROP TABLE read_position');
  }
}
