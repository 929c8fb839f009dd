import { localDatabaseOf } from './local-database.ts';

/** Under what name a document's words are kept: its id says which it is only within its group. No id has the sign between. */
export const nameOnDevice = (group: string, doc: string): string => `${group}/${doc}`;

/** Whether a document that the device names so is of a group, or may be: what was kept when there was one does not say. */
export const isKeptOf = (group: string, name: string): boolean => !name.includes('/') || name.startsWith(nameOnDevice(group, ''));

/**
 * The same, with all there is under it: what was kept when an installation had one group stands under the document's id alone, and is of the group in which that is opened. Of another
 * history than the document's it goes into no text, but comes back to its author (W27).
 */
export async function keptOf(user: string, group: string, doc: string): Promise<string> {
  const transaction = (await localDatabaseOf(user)).transaction(['changes', 'undelivered'], 'readwrite'), name = nameOnDevice(group, doc);
  for (let row = await transaction.objectStore('changes').index('doc').openCursor(doc); row; row = await row.continue()) await row.update({ ...row.value, doc: name });
  for (let row = await transaction.objectStore('undelivered').index('doc').openCursor(doc); row; row = await row.continue()) await row.update({ ...row.value, doc: name });
  await transaction.done;
  return name;
}
