import type { DataSource } from 'typeorm';

/** The list of working groups is not that of the record beside it. The message says which row differs and what to do. */
export class AlteredGroupList extends Error {
  override readonly name = 'AlteredGroupList';
}

interface Fault { readonly id: string; readonly listed: string | null; readonly recorded: string | null; readonly remedy: string }

/**
 * Groups that have a record and are not listed, or under another name than their record's; before them, what has to go first: listed ones without a record under the name of one that has.
 * Another that is listed and has no record was never established: it stands in nobody's place.
 */
const FAULTS = `
  SELECT 2 AS step, r.group_id AS id, w.origin AS listed, r.origin AS recorded,
    CASE WHEN w.id IS NULL THEN format('INSERT INTO working_group (id, origin) VALUES (%L, %L)', r.group_id, r.origin)
      ELSE format('UPDATE working_group SET origin = %L WHERE id = %L', r.origin, w.id) END AS remedy
    FROM log r LEFT JOIN working_group w ON w.id = r.group_id WHERE r.id = 'shared' AND w.origin IS DISTINCT FROM r.origin
  UNION ALL
  SELECT 1, w.id, w.origin, NULL, format('DELETE FROM working_group WHERE id = %L', w.id)
    FROM working_group w JOIN log r ON r.id = 'shared' AND r.origin = w.origin AND r.group_id <> w.id
    WHERE NOT EXISTS (SELECT FROM log own WHERE own.group_id = w.id)
  ORDER BY step, id`;

/**
 * Throws `AlteredGroupList` where the list of groups and the record differ: nothing of Parley's own does that, and to go on would open an empty group, or another one, in the
 * place of the one that is in the record. The record's name counts: nobody can change that without its owner's rights over the leaves.
 */
export async function refuseAlteredList(source: DataSource): Promise<void> {
  const faults = await source.query<Fault[]>(FAULTS);
  if (faults.length === 0) return;
  throw new AlteredGroupList([
    'the table working_group is not that of the record beside it. Nothing was opened and nothing is lost.',
    ...faults.map(describe),
    'Restore the database as it was; or, where you know how this came about, do as the owner of the tables (DATABASE_OWNER_URL; of the embedded PostgreSQL, its owner) and start again:',
    ...faults.map(({ remedy }) => `  ${remedy};`),
  ].join('\n'));
}

function describe({ id, listed, recorded }: Fault): string {
  if (recorded === null) return `  ${id}: listed under the name of a group that has a record, and has none.`;
  return listed === null ? `  ${id}: has a record (${recorded}) and is not listed.` : `  ${id}: listed as ${listed}; its record is that of ${recorded}.`;
}
