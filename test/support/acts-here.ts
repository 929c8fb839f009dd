import { ActReading } from '../../apps/server/src/groups/act-reading.ts';
import { LargeActs } from '../../apps/server/src/groups/large-acts.ts';

/** Reads acts on this thread, and counts nothing of it: TypeScript has to be built before a worker can run it, and what a test sees must not depend on how fast the machine reads. */
export function actsHere(): ActReading {
  const standing = (): number => 0, acts = new LargeActs(standing);
  return new ActReading({ read: async (body) => acts.read(body), piece: async (n) => acts.piece(n), close: async () => undefined }, standing);
}
