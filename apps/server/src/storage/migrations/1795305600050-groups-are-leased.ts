import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which process writes the logs of a working group. `fence` rises whenever the group changes hands and never falls; an append is made under the one that its process was given.
 * The unique index makes it a part of what FOR KEY SHARE locks: an append waits for whoever takes the group, and not for a lease that is only prolonged.
 */
export class GroupsAreLeased1795305600050 implements MigrationInterface {
  readonly name = 'GroupsAreLeased1795305600050';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lease');
    await runner.query('DROP FUNCTION guard_lease');
  }
}

const statements = [
  `CREATE TABLE lease (
     group_id text PRIMARY KEY,
     holder text NOT NULL,
     fence bigint NOT NULL CHECK (fence > 0),
     expires timestamptz NOT NULL,
     wanted_by text,
     wanted_at timestamptz,
     UNIQUE (group_id, fence)
   ) WITH (fillfactor = 50)`,
  `CREATE FUNCTION guard_lease() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF NEW.group_id = OLD.group_id AND (NEW.fence > OLD.fence OR NEW.fence = OLD.fence AND NEW.holder = OLD.holder) THEN RETURN NEW; END IF;
     RAISE EXCEPTION 'a lease changes hands under a higher number only' USING ERRCODE = 'LG003';
   END $$`,
  'CREATE TRIGGER lease_rises BEFORE UPDATE ON lease FOR EACH ROW EXECUTE FUNCTION guard_lease()',
  'ALTER TABLE lease ENABLE ALWAYS TRIGGER lease_rises',
];
