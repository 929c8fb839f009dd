import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which groups an account has a place, in words that lists of a person's groups need. Made from what acts say of seats; every group asks its own seats, and no rule reads a row of it. */
export class PlacesAreLookedUp1795305600060 implements MigrationInterface {
  readonly name = 'PlacesAreLookedUp1795305600060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE membership (
      account_id text NOT NULL,
      group_id text NOT NULL,
      name text NOT NULL,
      role text NOT NULL,
      delegation text,
      state text NOT NULL,
      PRIMARY KEY (account_id, group_id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE membership');
  }
}
