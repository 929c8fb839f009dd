import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The record's tables. No later migration changes a row of them: trees, checkpoints and signatures are tables beside these.
 *
 * The triggers defend against accidents and injected SQL, and are ENABLE ALWAYS so that `session_replication_role` does not switch them off.
 * They do not defend against the owner of the tables, who can drop them: that is what checkpoints and witnesses are for.
 */
export class TheRecordIsAppendOnly1795305600000 implements MigrationInterface {
  readonly name = 'TheRecordIsAppendOnly1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...tables, ...functions, ...triggers]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the record cannot be taken back');
  }
}

const tables = [
  `CREATE TABLE log (
     id text PRIMARY KEY,
     origin text NOT NULL UNIQUE
   )`,
  `CREATE TABLE log_head (
     log_id text PRIMARY KEY REFERENCES log (id),
     size bigint NOT NULL DEFAULT 0 CHECK (size >= 0)
   )`,
  // That its log exists is continue_log's to check, once per batch: no foreign key.
  `CREATE TABLE entry (
     log_id text NOT NULL,
     index bigint NOT NULL CHECK (index >= 0),
     leaf bytea NOT NULL CHECK (octet_length(leaf) <= 65535),
     leaf_hash bytea NOT NULL,
     PRIMARY KEY (log_id, index),
     CONSTRAINT entry_leaf_hash_check CHECK (leaf_hash = sha256('\\x00'::bytea || leaf))
   )`,
  `CREATE TABLE payload (
     log_id text NOT NULL,
     index bigint NOT NULL,
     blob bytea NOT NULL CHECK (octet_length(blob) >= 32),
     PRIMARY KEY (log_id, index),
     FOREIGN KEY (log_id, index) REFERENCES entry (log_id, index)
   )`,
  `CREATE TABLE act_id (
     log_id text NOT NULL,
     id text NOT NULL,
     index bigint NOT NULL,
     PRIMARY KEY (log_id, id),
     FOREIGN KEY (log_id, index) REFERENCES entry (log_id, index)
   )`,
];

const functions = [
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION '% is append-only: no %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'LG002';
   END $$`,
  // Once per statement, over all its rows: the head is locked, so two writers of one log come one after the other.
  `CREATE FUNCTION continue_log() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     part record;
     head bigint;
   BEGIN
     FOR part IN SELECT log_id, min(index) AS first, max(index) AS last, count(*) AS added FROM added_entry GROUP BY log_id ORDER BY log_id LOOP
       SELECT size INTO head FROM log_head WHERE log_id = part.log_id FOR UPDATE;
       IF head IS NULL OR part.first <> head OR part.last - part.first + 1 <> part.added THEN
         RAISE EXCEPTION 'log % has % entries: % to % do not continue it', part.log_id, head, part.first, part.last USING ERRCODE = 'LG001';
       END IF;
       UPDATE log_head SET size = head + part.added WHERE log_id = part.log_id;
     END LOOP;
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION guard_log_head() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' AND NEW.size = 0 THEN RETURN NEW; END IF;
     IF TG_OP = 'UPDATE' AND NEW.log_id = OLD.log_id AND NEW.size > OLD.size AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
     RAISE EXCEPTION 'a log begins empty and grows only by its entries: no %', TG_OP USING ERRCODE = 'LG002';
   END $$`,
];

const appendOnly = ['log', 'entry', 'payload', 'act_id'];

const triggers = [
  ...appendOnly.flatMap((table) => [
    `CREATE TRIGGER ${table}_stays BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
    `CREATE TRIGGER ${table}_is_not_emptied BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_stays`,
    `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_is_not_emptied`,
  ]),
  `CREATE TRIGGER entry_continues AFTER INSERT ON entry REFERENCING NEW TABLE AS added_entry FOR EACH STATEMENT EXECUTE FUNCTION continue_log()`,
  `ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_continues`,
  `CREATE TRIGGER log_head_grows BEFORE INSERT OR UPDATE OR DELETE ON log_head FOR EACH ROW EXECUTE FUNCTION guard_log_head()`,
  `CREATE TRIGGER log_head_is_not_emptied BEFORE TRUNCATE ON log_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_grows`,
  `ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_is_not_emptied`,
];
