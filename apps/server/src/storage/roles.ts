import type { DataSource } from 'typeorm';

/** The tables of the record. The server adds to them and reads them, and may do nothing else to them. */
export const RECORD_TABLES = ['log', 'log_head', 'entry', 'payload', 'act_id'] as const;

/** What nobody may change either: what was found to differ from the record, and which working groups there are: without its row a group's record would be nobody's. */
const ADDED_ONLY = [...RECORD_TABLES, 'difference', 'working_group'] as const;

/** Who a server signs in as. `password`: null where PostgreSQL asks for none. */
export interface ServerRole { readonly name: string; readonly password: string | null }

/** The role that a server signs in with may do more to the record than add to it, or less than it must. The message has the remedy. */
export class UnfitRole extends Error {
  override readonly name = 'UnfitRole';
}

/** Each statement for a person to run by hand, or for `grant`. `role` and `schema` are quoted already. */
const grants = (role: string, schema: string): readonly string[] => [
  `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
  `REVOKE UPDATE, DELETE ON ${[...ADDED_ONLY, 'migration'].map((table) => `${schema}.${table}`).join(', ')} FROM ${role}`,
  `REVOKE INSERT ON ${schema}.migration FROM ${role}`,
  // A lease changes hands and is never taken away: its number would begin anew.
  `REVOKE DELETE ON ${schema}.lease FROM ${role}`,
  // What was read stays read.
  `REVOKE DELETE ON ${schema}.read_position FROM ${role}`,
];

/** Makes the server's role when there is none, and gives it what it needs of the migrated tables, no more. Asked on a connection of their owner. */
export async function grantTo(owner: DataSource, { name, password }: ServerRole): Promise<void> {
  const [found] = await owner.query<{ role: string; schema: string; exists: boolean; make: string }[]>(
    `SELECT quote_ident($1) AS role, quote_ident(current_schema()) AS schema, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists,
       format('CREATE ROLE %I LOGIN', $1::text) || CASE WHEN $2::text IS NULL THEN '' ELSE format(' PASSWORD %L', $2::text) END AS make`, [name, password]);
  const { role, schema, exists, make } = found!;
  if (!exists) await owner.query(make).catch(refuseButTwins);
  await owner.transaction(async (manager) => {
    for (const statement of grants(role, schema)) await manager.query(statement);
  });
}

/** A role belongs to all databases of a PostgreSQL: somebody who prepares another one may have made it meanwhile. */
function refuseButTwins(error: unknown): void {
  if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
}

/** Throws `UnfitRole` when the role of this connection could change the record, because it owns it or was granted that; or when it may not write what it has to. */
export async function refuseUnfit(server: DataSource): Promise<void> {
  const [here] = await server.query<{ role: string; name: string; schema: string }[]>(
    'SELECT quote_ident(current_user) AS role, current_user AS name, quote_ident(current_schema()) AS schema');
  const { role, name, schema } = here!;
  const tables = await server.query<{ table: string; owns: boolean; changes: boolean; adds: boolean }[]>(
    `SELECT relname AS table, pg_has_role(current_user, relowner, 'MEMBER') AS owns,
       has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') OR has_any_column_privilege(oid, 'UPDATE') AS changes,
       has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT') AS adds
     FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r' AND relname = ANY ($1)`, [ADDED_ONLY]);
  if (tables.some(({ owns }) => owns)) throw new UnfitRole(
    `DATABASE_URL signs in as ${name}, which owns the record and could change it. Give DATABASE_URL a role of its own, such as parley_server, `
    + `and the present address to DATABASE_OWNER_URL: Parley then makes that role and grants it what it needs. By hand, as ${name}:\n`
    + ['CREATE ROLE parley_server LOGIN PASSWORD \'…\'', ...grants('parley_server', schema)].map((statement) => `  ${statement};`).join('\n'));
  const loose = tables.filter(({ changes, adds }) => changes || !adds).map(({ table }) => table);
  if (loose.length > 0) throw new UnfitRole(
    `DATABASE_URL signs in as ${name}, which may do more than add to and read ${loose.join(', ')}, or less. As the owner of the tables:\n`
    + [`REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role}`, ...grants(role, schema)].map((statement) => `  ${statement};`).join('\n'));
}
