import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyFolder } from './cluster.ts';
import { temporaryFolder } from './folders.ts';
import type { Seat } from './cast.ts';
import type { Parley } from './parley.ts';
import type { Person } from './person.ts';

/** Tells the workers of a run where its prepared installation is. Outside of a run of tests nothing is prepared. */
const PREPARED = 'PARLEY_TEST_PREPARED';
const SEATED = 'seated.json';
/** Its people's sessions end half an hour after they were last used: of an older one nobody takes a copy. */
const FRESH_MS = 12 * 60_000;

/** What the people of a working group know once they are seated. */
export interface Seated {
  /** The group's id. */
  readonly id: string;
  readonly delegations: readonly [string, string];
  readonly people: Readonly<Record<Seat, Pick<Person, 'user' | 'cookie' | 'keys'>>>;
}

export const isPrepared = (): boolean => process.env[PREPARED] !== undefined;

/** Ends a server whose working group is seated, and keeps its data folder for the workers of this run; gives the function that removes it. */
export async function prepare(parley: Parley, seated: Seated): Promise<() => void> {
  await parley.stop({ keep: true });
  writeFileSync(join(parley.data, SEATED), JSON.stringify(seated));
  process.env[PREPARED] = parley.data;
  return () => rmSync(parley.data, { recursive: true, force: true });
}

/** A data folder of its own with the prepared working group in it, and what its people know; null where none is prepared, or none lately. Ids, keys and sessions are the same in every copy. */
export function preparedCopy(): { readonly data: string; readonly seated: Seated } | null {
  const prepared = process.env[PREPARED];
  if (prepared === undefined || Date.now() - statSync(join(prepared, SEATED)).mtimeMs > FRESH_MS) return null;
  const data = temporaryFolder();
  for (const part of ['postgres', 'session-key']) copyFolder(join(prepared, part), join(data, part));
  return { data, seated: JSON.parse(readFileSync(join(prepared, SEATED), 'utf8')) as Seated };
}
