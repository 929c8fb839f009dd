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
    refuseAlike(accounts.map(({ name }) => name));
    await runner.query('ALTER TABLE account ALTER COLUMN user_name_folded SET NOT NULL');
    await runner.query('DROP INDEX account_user_name_key');
    await runner.query('CREATE UNIQUE INDEX account_user_name_key ON account (user_name_folded)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE account DROP COLUMN user_name_folded');
    await runner.query('CREATE UNIQUE INDEX account_user_name_key ON account (lower(user_name))');
  }
}

/** Two names that the database told apart may be one when folded: their owners have to be asked, which no migration can. Nothing is changed then. */
function refuseAlike(names: readonly string[]): void {
  const alike = [...new Set(names.map(foldUserName))].map((folded) => names.filter((name) => foldUserName(name) === folded)).filter((group) => group.length > 1);
  if (alike.length === 0) return;
  const listed = alike.map((group) => group.map((name) => `“${name}”`).join(' and ')).join('; ');
  throw new Error(`these user names are the same in this version: ${listed}. Give all but one of each another name (UPDATE account SET user_name = … WHERE user_name = …, as the owner of the tables), tell its owner, and start again. Nothing was changed.`);
}
