import type { DataSource } from 'typeorm';

/** The list of working groups is not that of the record beside it. The message says which row differs and what to do. */
export class AlteredGroupList extends Error {
  override readonly name = 'AlteredGroupList';
}

interface Fault { readonly id: string; readonly listed: string | null; readonly recorded: string | null; readonly remedy: string }

/** Groups that have a record and are not listed, or under another name than their record's; before them, what has to go first: listed ones without a record in the place of one that has. */
const FAULTS = `
  SELECT 2 AS step, r.group_id AS id, w.origin AS listed, r.origin AS recorded,
    CASE WHEN w.id IS NULL THEN format('INSERT INTO working_group (id, origin) VALUES (%L, %L)', r.group_id, r.origin)
      ELSE format('UPDATE working_group SET origin = %L WHERE id = %L', r.origin, w.id) END AS remedy
    FROM log r LEFT JOIN working_group w ON w.id = r.group_id WHERE r.id = 'shared' AND w.origin IS DISTINCT FROM r.origin
  UNION ALL
  SELECT 1, w.id, w.origin, NULL, format('DELETE FROM working_group WHERE id = %L', w.id)
    FROM working_group w WHERE NOT EXISTS (SELECT FROM log r WHERE r.group_id = w.id)
      AND EXISTS (SELECT FROM log r LEFT JOIN working_group o ON o.id = r.group_id WHERE o.id IS NULL OR (w.made_at, w.id) < (o.made_at, o.id))
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
    ...faults.map(told),
    'Restore the database as it was; or, where you know how this came about, do as the owner of the tables (DATABASE_OWNER_URL; of the embedded PostgreSQL, its owner) and start again:',
    ...faults.map(({ remedy }) => `  ${remedy};`),
  ].join('\n'));
}

function told({ id, listed, recorded }: Fault): string {
  if (recorded === null) return `  ${id}: listed in the place of a group that has a record, and has none.`;
  return listed === null ? `  ${id}: has a record (${recorded}) and is not listed.` : `  ${id}: listed as ${listed}; its record is that of ${recorded}.`;
}
