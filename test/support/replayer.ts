import { ReplayCache } from '../../apps/server/src/documents/replay-cache.ts';
import type { Replayer } from '../../apps/server/src/documents/replayer.ts';

/** Replays on this thread: TypeScript has to be built before a worker can run it. */
export function replayerHere(): Replayer {
  const kept = new ReplayCache();
  return {
    from: async (group, doc, index) => kept.from(group, doc, index),
    add: async (entries) => kept.add(entries),
    show: async () => kept.show(),
    close: async () => undefined,
  };
}
