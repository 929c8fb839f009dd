import { isPrepared, prepare } from './prepared.ts';
import { temporaryFolder } from './folders.ts';
import { startParley } from './parley.ts';
import { seatedFromNothing } from './working-group.ts';

/** Sets up one working group for a run of tests, of which each test that needs one has a copy; gives what removes it. Two projects of a run share it. */
export async function setup(): Promise<(() => void) | undefined> {
  if (isPrepared()) return undefined;
  const parley = await startParley({ data: temporaryFolder() });
  return prepare(parley, await seatedFromNothing(parley));
}
