import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An installation holds many working groups. All rows of a group stand together under its id; installation tables name a group by its id alone. The group that was there before is named
 * by the last part of its log's origin, which is drawn at random. No row of the record is written anew: a column with a constant is added without touching rows.
 */
export class GroupsLiveApart1795305600040 implements MigrationInterface {
  readonly name = 'GroupsLiveApart1795305600040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE working_group (
      id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
      origin text NOT NULL UNIQUE,
      made_at timestamptz NOT NULL DEFAULT now()
    )`);
    await runner.query(`INSERT INTO working_group (id, origin) SELECT regexp_replace(origin, '^.*/', ''), origin FROM log WHERE id = 'shared'`);
    const [before] = await runner.query('SELECT quote_literal(id) AS id FROM working_group') as [{ id: string }?];
    for (const table of tables) await this.tell(runner, table, before?.id);
    const [{ schema }] = await runner.query('SELECT quote_ident(current_schema()) AS schema') as [{ schema: string }];
    for (const statement of [...keys, ...leaves, ...growth(schema)]) await runner.query(statement);
    await runner.query(administrators);
  }

  async down(): Promise<void> {
    throw new Error('groups are not thrown together again');
  }

  private async tell(runner: QueryRunner, table: string, group: string | undefined): Promise<void> {
    await runner.query(`ALTER TABLE ${table} ADD COLUMN group_id text NOT NULL${group === undefined ? '' : ` DEFAULT ${group}`}`);
    await runner.query(`ALTER TABLE ${table} ALTER COLUMN group_id DROP DEFAULT`);
  }
}

const tables = ['log', 'log_head', 'entry', 'payload', 'act_id', 'kept_state', 'document', 'difference'];

const keys = [
  'ALTER TABLE log_head DROP CONSTRAINT log_head_log_id_fkey',
  'ALTER TABLE payload DROP CONSTRAINT payload_log_id_index_fkey',
  'ALTER TABLE act_id DROP CONSTRAINT act_id_log_id_index_fkey',
  'ALTER TABLE log DROP CONSTRAINT log_pkey, ADD PRIMARY KEY (group_id, id)',
  'ALTER TABLE log_head DROP CONSTRAINT log_head_pkey, ADD PRIMARY KEY (group_id, log_id), ADD FOREIGN KEY (group_id, log_id) REFERENCES log (group_id, id)',
  'ALTER TABLE entry DROP CONSTRAINT entry_pkey, ADD PRIMARY KEY (group_id, log_id, index)',
  'ALTER TABLE payload DROP CONSTRAINT payload_pkey, ADD PRIMARY KEY (group_id, log_id, index), ADD FOREIGN KEY (group_id, log_id, index) REFERENCES entry (group_id, log_id, index)',
  'ALTER TABLE act_id DROP CONSTRAINT act_id_pkey, ADD PRIMARY KEY (group_id, log_id, id), ADD FOREIGN KEY (group_id, log_id, index) REFERENCES entry (group_id, log_id, index)',
  'ALTER TABLE kept_state DROP CONSTRAINT kept_state_pkey, ADD PRIMARY KEY (group_id, log_id, subject)',
  'ALTER TABLE document DROP CONSTRAINT document_pkey, ADD PRIMARY KEY (group_id, id)',
];

/** What concerns the group itself has a subject that is the id of no document. */
const leaves = [
  'DROP INDEX entry_subject',
  'DROP INDEX entry_act',
  `CREATE OR REPLACE FUNCTION subject_of_leaf(leaf bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
   SELECT CASE WHEN substr(leaf, 1, 1) = '\\x7b' THEN (
     SELECT CASE WHEN said ->> 'at' IS NULL THEN coalesce((said ->> 'op')::json ->> 'doc', '@') ELSE split_part(said ->> 'at', '/', 1) END
     FROM (SELECT convert_from(leaf, 'UTF8')::json AS said) l
   ) END $$`,
  'CREATE INDEX entry_subject ON entry (group_id, log_id, subject_of_leaf(leaf), index)',
  'CREATE UNIQUE INDEX entry_act ON entry (group_id, log_id, act_of_leaf(leaf)) WHERE act_of_leaf(leaf) IS NOT NULL',
];

const growth = (schema: string) => [
  `CREATE OR REPLACE FUNCTION continue_log() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${schema}, pg_temp AS $$
   DECLARE
     part record;
     head bigint;
   BEGIN
     FOR part IN SELECT group_id, log_id, min(index) AS first, max(index) AS last, count(*) AS added FROM added_entry GROUP BY group_id, log_id ORDER BY group_id, log_id LOOP
       SELECT size INTO head FROM log_head WHERE group_id = part.group_id AND log_id = part.log_id FOR UPDATE;
       IF head IS NULL OR part.first <> head OR part.last - part.first + 1 <> part.added THEN
         RAISE EXCEPTION 'log % of group % has % entries: % to % do not continue it', part.log_id, part.group_id, head, part.first, part.last USING ERRCODE = 'LG001';
       END IF;
       UPDATE log_head SET size = head + part.added WHERE group_id = part.group_id AND log_id = part.log_id;
     END LOOP;
     RETURN NULL;
   END $$`,
  `CREATE OR REPLACE FUNCTION guard_log_head() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' AND NEW.size = 0 THEN RETURN NEW; END IF;
     IF TG_OP = 'UPDATE' AND NEW.group_id = OLD.group_id AND NEW.log_id = OLD.log_id AND NEW.size > OLD.size AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
     RAISE EXCEPTION 'a log begins empty and grows only by its entries: no %', TG_OP USING ERRCODE = 'LG002';
   END $$`,
  'DROP FUNCTION hold_log(text)',
  `CREATE FUNCTION hold_log(of_group text, which text) RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${schema}, pg_temp
   AS $$ SELECT size FROM log_head WHERE group_id = of_group AND log_id = which FOR UPDATE $$`,
];

/** Whoever sits as administrator of the one group there was, did everything that an administrator of the installation does. */
const administrators = `
  UPDATE account SET administrator = true WHERE id IN (
    SELECT who FROM (
      SELECT DISTINCT ON (who) who, role FROM (
        SELECT e.index, place, coalesce(event -> 'seat' ->> 'user', event ->> 'user') AS who, event -> 'seat' ->> 'role' AS role
        FROM entry e JOIN payload p ON p.group_id = e.group_id AND p.log_id = e.log_id AND p.index = e.index,
          jsonb_array_elements(convert_from(substr(p.blob, 33), 'UTF8')::jsonb -> 'events') WITH ORDINALITY AS said (event, place)
        WHERE e.log_id = 'shared' AND subject_of_leaf(e.leaf) = '@' AND event ->> 'e' IN ('seated', 'unseated')
      ) moves ORDER BY who, index DESC, place DESC
    ) seats WHERE role = 'administrator'
  )`;
