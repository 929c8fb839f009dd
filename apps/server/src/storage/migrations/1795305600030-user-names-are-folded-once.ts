import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foldUserName } from '../../access/account.store.ts';

/** A user name is looked up as Parley folds it, no longer as the database does. */
export class UserNamesAreFoldedOnce1795305600030 implements MigrationInterface {
  readonly name = 'UserNamesAreFoldedOnce1795305600030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account ADD COLUMN user_name_folded text');
    const accounts = await runner.query('SELECT id, user_name AS name FROM account') as unknown as { readonly id: string; readonly name: string }[];
    for (const { id, name } of accounts) {
      await runner.query('UPDATE account SET user_name_folded = $2 WHERE id = $1', [id, foldUserName(name)]);
    }
    await runner.query('ALTER TABLE account ALTER COLUMN user_name_folded SET NOT NULL');
    await runner.query('DROP INDEX account_user_name_key');
    await runner.query('CREATE UNIQUE INDEX account_user_name_key ON account (user_name_folded)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN user_name_folded');
    await runner.query('CREATE UNIQUE INDEX account_user_name_key ON account (lower(user_name))');
  }
}
