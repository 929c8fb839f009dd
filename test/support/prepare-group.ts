import { temporaryFolder } from './folders.ts';
import { startParley } from './parley.ts';
import { isPrepared, prepare } from './prepared.ts';
import { seatedFromNothing } from './working-group.ts';

/**
 * Sets up one working group for a run of tests, of which each spec that needs one has a copy; gives what removes it. Two projects of a run share it. Where that fails, each spec
 * sets up its own, and fails as it would have.
 */
export async function setup(): Promise<(() => void) | undefined> {
  if (isPrepared()) return undefined;
  const parley = await startParley({ data: temporaryFolder() });
  try {
    return await prepare(parley, await seatedFromNothing(parley));
  } catch (error) {
    console.warn('no working group could be prepared:', error);
    await parley.stop();
    return undefined;
  }
}
