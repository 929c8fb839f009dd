import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an entry concerns, and which act it records, is read from its leaf by the database itself: an index over the leaves cannot say what they do not.
 * It replaces `entry_of`, a table beside the leaves of which one lost row hid an entry.
 */
export class EntriesAreFoundByTheirLeaves1795305600010 implements MigrationInterface {
  readonly name = 'EntriesAreFoundByTheirLeaves1795305600010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...readers, ...indexes, 'DROP TABLE entry_of', ...rows]) await runner.query(statement);
    const [{ schema }] = await runner.query('SELECT quote_ident(current_schema()) AS schema') as [{ schema: string }];
    for (const statement of growth(schema)) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('what was made from the record is made again, not taken back');
  }
}

/** A leaf is canonical JSON in UTF-8. COST keeps the planner from reading many leaves where an index has the answer. */
const reader = (name: string, of: string) => `CREATE FUNCTION ${name}(leaf bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
   SELECT CASE WHEN substr(leaf, 1, 1) = '\\x7b' THEN (SELECT ${of} FROM (SELECT convert_from(leaf, 'UTF8')::json AS said) l) END $$`;

const readers = [
  reader('subject_of_leaf', `CASE WHEN said ->> 'at' IS NULL THEN coalesce((said ->> 'op')::json ->> 'doc', 'group') ELSE split_part(said ->> 'at', '/', 1) END`),
  reader('act_of_leaf', `(said ->> 'op')::json ->> 'id'`),
];

const indexes = [
  'CREATE INDEX entry_subject ON entry (log_id, subject_of_leaf(leaf), index)',
  'CREATE UNIQUE INDEX entry_act ON entry (log_id, act_of_leaf(leaf)) WHERE act_of_leaf(leaf) IS NOT NULL',
];

const rows = [
  // Absent in rows of before: they are made again from the record.
  'ALTER TABLE document ADD COLUMN mac bytea',
  `CREATE TABLE difference (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     at timestamptz NOT NULL DEFAULT now(),
     kind text NOT NULL,
     log_id text NOT NULL,
     subject text NOT NULL
   )`,
  `CREATE TRIGGER difference_stays BEFORE UPDATE OR DELETE ON difference FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER difference_is_not_emptied BEFORE TRUNCATE ON difference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

/** The head of a log grows with the rights of its owner: whoever appends needs none to change it. No other schema, and no temporary table, stands in for the record's. */
const growth = (schema: string) => [
  'ALTER FUNCTION continue_log() SECURITY DEFINER',
  `ALTER FUNCTION continue_log() SET search_path = ${schema}, pg_temp`,
  `CREATE FUNCTION hold_log(which text) RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${schema}, pg_temp
   AS $$ SELECT size FROM log_head WHERE log_id = which FOR UPDATE $$`,
];
