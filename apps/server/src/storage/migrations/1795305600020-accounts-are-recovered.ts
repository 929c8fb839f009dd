import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hashes of the codes by which owners recover their accounts: the one that holds, and one that holds when the seat is awake again. */
export class AccountsAreRecovered1795305600020 implements MigrationInterface {
  readonly name = 'AccountsAreRecovered1795305600020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account ADD COLUMN recovery_hash text, ADD COLUMN next_recovery_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN recovery_hash, DROP COLUMN next_recovery_hash');
  }
}
