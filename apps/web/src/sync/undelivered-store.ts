import { wordsIn } from '@parley/sync';
import { type KeptWords, localDatabaseOf } from './local-database.ts';
import { keptOf } from './kept-of.ts';

/** The words of a document of a group that came back to this person and were not picked up yet, oldest first. */
export async function keptWords(user: string, group: string, doc: string): Promise<readonly KeptWords[]> {
  const name = await keptOf(user, group, doc);
  return (await localDatabaseOf(user)).getAllFromIndex('undelivered', 'doc', name);
}

export async function keepWords(user: string, words: readonly KeptWords[]): Promise<void> {
  const transaction = (await localDatabaseOf(user)).transaction('undelivered', 'readwrite');
  const asked = words.map((one) => transaction.store.put(one));
  transaction.commit();
  await Promise.all([...asked, transaction.done]);
}

export async function dropWords(user: string, ids: readonly string[]): Promise<void> {
  const transaction = (await localDatabaseOf(user)).transaction('undelivered', 'readwrite');
  await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
}

/**
 * Everything of this person's on this device that is not in a text, whatever the document: for one who may not open them any more. Changes of which nobody has
 * gathered the words come as one passage for each room and history.
 */
export async function allKeptWords(user: string): Promise<readonly KeptWords[]> {
  const device = await localDatabaseOf(user), gathered = await device.getAll('undelivered'), known = new Set(gathered.map(({ doc }) => doc));
  const rooms = new Map<string, { doc: string; room: string; updates: Uint8Array[] }>();
  for (const { doc, room, epoch, update } of (await device.getAll('changes')).filter((row) => !known.has(row.doc))) {
    const place = `${doc}/${epoch}/${room}`;
    rooms.set(place, { doc, room, updates: [...(rooms.get(place)?.updates ?? []), update] });
  }
  const rest = [...rooms].map(([id, { doc, room, updates }]): KeptWords => ({ id, doc, room, provision: '', name: '', slot: '', words: wordsIn(updates), why: '', waiting: true }));
  return [...gathered, ...rest.filter((one) => one.words.trim() !== '')];
}
