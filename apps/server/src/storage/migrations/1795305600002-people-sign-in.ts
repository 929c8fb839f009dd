import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, and the sessions in the shape that connect-pg-simple reads. */
export class PeopleSignIn1795305600002 implements MigrationInterface {
  readonly name = 'PeopleSignIn1795305600002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE account (
      id text PRIMARY KEY,
      user_name text NOT NULL,
      display_name text NOT NULL,
      password_hash text,
      administrator boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      disabled_at timestamptz
    )`);
    await runner.query('CREATE UNIQUE INDEX account_user_name_key ON account (lower(user_name))');
    // timestamptz, not the timestamp of that package's own script: a session must not depend on the connection's time zone.
    await runner.query('CREATE TABLE session (sid varchar PRIMARY KEY, sess json NOT NULL, expire timestamptz(6) NOT NULL)');
    await runner.query('CREATE INDEX session_expire ON session (expire)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session, account');
  }
}
