import { KeptReplays } from '../../apps/server/src/rooms/kept-replays.ts';
import type { Replayer } from '../../apps/server/src/rooms/replayer.ts';

/** Replays on this thread: TypeScript has to be built before a worker can run it. */
export function replayerHere(): Replayer {
  const kept = new KeptReplays();
  return {
    from: async (group, doc, index) => kept.from(group, doc, index),
    add: async (entries) => kept.add(entries),
    show: async () => kept.show(),
    close: async () => undefined,
  };
}
